import { hoursText } from '../../../domain/text/durations.ts';
import type { LedgerEntry, LessonStudy, StudyYear } from '../../../domain/credit/study-year.ts';
import type { Services } from '../../app/services.ts';
import { t } from '../../locales/i18n.ts';
import type { RowContent } from '../../ui/ListRow.ts';
import { color } from '../../ui/theme.ts';
import { dotted } from '../shared/lesson-words.ts';

export interface StudyRow extends RowContent {
  lessonId: string;
  registration: string;
  /** It stands by this box's word only. */
  provisional: boolean;
  entries: readonly LedgerEntry[];
}

const modePaint: Record<string, number> = {
  individual: 0xff2f6b40,
  group: 0xff8b2f2f,
  live: 0xff2d5f7c,
  replay: 0xff2d5f7c,
  paper: 0xff6b5a2a,
};

/** A day for people: `11月15日`. */
function dayWords(iso: string): string {
  const date = new Date(iso);
  return t('date.monthDay', { month: date.getMonth() + 1, day: date.getDate() });
}

/** Every lesson that was watched in the year: what it earned, or why it does not count yet and what to do. */
export function studyRows(
  services: Services,
  { lessons, entries }: StudyYear,
  waiting: ReadonlySet<string>,
): StudyRow[] {
  const titleOf = (id: string): string => services.text(services.catalogue().lessons.get(id)?.title) || id;
  const entriesOf = (registration: string): LedgerEntry[] =>
    entries.filter((entry) => entry.registration === registration);
  const rowOf = (
    { lessonId, registration, mode }: Pick<LedgerEntry, 'lessonId' | 'registration' | 'mode'>,
    credited: boolean,
    [status, note]: readonly [string, string],
  ): StudyRow => {
    const own = entriesOf(registration);
    const title = titleOf(lessonId);
    const value = credited ? t('study.plus', { hours: hoursText(sumOf(own)) }) : status;
    return {
      ...{ lessonId, registration, entries: own, provisional: waiting.has(lessonId) },
      tag: { words: t(`study.mode.${mode}`), paint: modePaint[mode] ?? color.groundRaised },
      ...{ title, value, valueColor: credited ? color.text : color.focus, note },
      announcement: dotted(t(`study.mode.${mode}`), title, value, note),
    };
  };
  const marks = (registration: string): string => {
    const own = entriesOf(registration);
    return dotted(
      own.some(({ correction }) => correction) ? t('study.corrected') : undefined,
      own.some(({ review }) => review) ? t('study.reviewMark') : undefined,
    );
  };

  const played = lessons.map((lesson) => {
    const credited = lesson.status === 'credited';
    const provisional = waiting.has(lesson.lessonId) ? t('study.waitingMark') : undefined;
    const note = credited
      ? dotted(dayWords(lesson.lastAt), marks(lesson.registration), provisional)
      : whyNot(lesson);
    return rowOf(lesson, credited, [t(`study.status.${lesson.status}`), note]);
  });
  // What no play speaks for, such as a sheet of paper that somebody entered, is a row of its own.
  const shown = new Set(lessons.map(({ registration }) => registration));
  const entered = entries
    .filter(({ registration, corrects }) => !shown.has(registration) && corrects === null)
    .map((entry) => rowOf(entry, true, ['', dotted(dayWords(entry.at), marks(entry.registration))]));
  return [...played, ...entered];
}

/** Where the minutes come from and what was changed, a line each, for the row in full. */
export function sourceLines({ entries, provisional }: StudyRow): string[] {
  const lines: string[] = [];
  if (provisional) lines.push(t('study.source.waiting'));
  let before = 0;
  for (const { hours, at, mode, evidence, correction, review } of [...entries].reverse()) {
    const day = dayWords(at);
    if (!correction) lines.push(t(`study.source.${mode}`, { day }), t(`study.evidence.${evidence}`));
    else
      lines.push(
        t('study.correction', {
          from: hoursText(before),
          to: hoursText(before + hours),
          reason: correction.kind === 'person' ? correction.reason : t('study.voided'),
        }),
      );
    if (review)
      lines.push(t('study.review', { share: inPercent(review.share), limit: inPercent(review.limit) }));
    before += hours;
  }
  return lines;
}

function inPercent(share: number): number {
  return Math.round(share * 100);
}

function sumOf(entries: readonly LedgerEntry[]): number {
  return entries.reduce((sum, { hours }) => sum + hours, 0);
}

/** The first rule that failed, in plain words with what to do next. */
function whyNot(lesson: LessonStudy): string {
  const failed = lesson.reasons.find(({ passed }) => !passed);
  if (!failed) return t('study.why.checking');
  const percent = Math.floor(failed.figure * 100);
  return t(`study.why.${failed.rule}`, {
    percent,
    figure: Math.round(failed.figure),
    limit: Math.round(failed.limit),
  });
}
