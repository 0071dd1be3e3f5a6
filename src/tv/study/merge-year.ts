import { decideCredit, type CreditDecision } from '../../domain/credit/decide-credit.ts';
import type { CreditHistory } from '../../domain/credit/evidence.ts';
import { localDate, localYear } from '../../domain/credit/local-date.ts';
import type { PolicyBook } from '../../domain/credit/policy.ts';
import {
  lessonStudy,
  studyYear,
  type LedgerEntry,
  type LessonStudy,
  type StudyYear,
} from '../../domain/credit/study-year.ts';
import { parsePlayedSegments } from '../../domain/watching/played-segments.ts';
import { subtract, totalSeconds, union } from '../../domain/watching/ranges.ts';
import { registrationId } from '../../domain/watching/registration.ts';
import type { LessonHistory } from './history.ts';

/** Seconds of local play that the service may not show: rounding at the ends of segments. */
const SAME_WITHIN = 1;

/**
 * The service's year with what it has not heard of yet, judged by its own rules. Where the service covers
 * what is known here, or has credited the lesson, its word stands alone: nothing is counted twice.
 *
 * @param histories of that year.
 * @returns the year, and the lessons in it that stand by this box's word only.
 */
export function mergeYear(
  service: StudyYear,
  histories: readonly LessonHistory[],
  book: PolicyBook,
): { study: StudyYear; provisional: string[] } {
  const { person, year, role } = service;
  const entries: LedgerEntry[] = [...service.entries];
  const lessons = new Map(service.lessons.map((lesson) => [lesson.registration, lesson]));
  const provisional: string[] = [];

  for (const history of [...histories].sort((a, b) => a.lastAt - b.lastAt)) {
    const { lesson } = history;
    const registration = registrationId(person, lesson.lessonId, history.period);
    const known = lessons.get(registration);
    if (known && covers(known, history)) continue;
    if (entries.some((entry) => entry.registration === registration)) continue;
    const decision = decideCredit(
      { lesson, sessions: history.sessions, before: onlyThere(known, history) },
      book,
      earned(entries, lesson.lessonId, book),
    );
    const study = lessonStudy(lesson, { registration, mode: 'individual' }, decision);
    lessons.set(registration, study);
    provisional.push(lesson.lessonId);
    if (decision.status === 'credited') entries.push(provisionalEntry(history, study, decision, person));
  }
  return { study: studyYear({ person, year, role }, entries, [...lessons.values()], book), provisional };
}

/** The service needs no more proof for the lesson. */
export function isCredited(service: StudyYear, history: LessonHistory): boolean {
  const registration = registrationId(service.person, history.lesson.lessonId, history.period);
  return service.lessons.some(
    (lesson) => lesson.registration === registration && lesson.status === 'credited',
  );
}

function covers(known: LessonStudy, { played }: LessonHistory): boolean {
  return (
    known.status === 'credited' ||
    totalSeconds(subtract(played, parsePlayedSegments(known.segments) ?? [])) <= SAME_WITHIN
  );
}

/** Play that only the service has proof of. */
function onlyThere(known: LessonStudy | undefined, { sessions }: LessonHistory) {
  const here = union(...sessions.map(({ links }) => union(...links.map(({ segments }) => segments))));
  return subtract(parsePlayedSegments(known?.segments ?? '') ?? [], here);
}

/** What the year's entries leave of the caps, and whether the lesson has counted already. */
function earned(entries: readonly LedgerEntry[], lessonId: string, { timeZone }: PolicyBook): CreditHistory {
  const byDay: Record<string, number> = {};
  for (const { at, creditedSeconds } of entries) {
    const day = localDate(Date.parse(at), timeZone);
    byDay[day] = (byDay[day] ?? 0) + creditedSeconds;
  }
  const same = entries.filter((entry) => entry.lessonId === lessonId);
  return { byDay, lessonYears: same.map(({ at }) => localYear(Date.parse(at), timeZone)) };
}

function provisionalEntry(
  { lesson }: LessonHistory,
  { registration, mode, playedSeconds, lastAt, reasons }: LessonStudy,
  { creditedSeconds, hours, policyFrom }: CreditDecision,
  person: string,
): LedgerEntry {
  return {
    id: `provisional:${registration}`,
    registration,
    person,
    lessonId: lesson.lessonId,
    kind: lesson.kind,
    mode,
    playedSeconds,
    creditedSeconds,
    hours,
    at: lastAt,
    rules: reasons,
    evidence: 'B',
    statementId: null,
    policyFrom,
    corrects: null,
  };
}
