import type { Kysely, Selectable } from 'kysely';
import { v4 } from 'uuid';
import type { CreditDecision } from '../../domain/credit/decide-credit.ts';
import type { CreditHistory, LessonFacts } from '../../domain/credit/evidence.ts';
import type { StudyMode } from '../../domain/credit/policy.ts';
import type { RuleResult } from '../../domain/credit/rules.ts';
import type { Correction, LedgerEntry } from '../../domain/credit/study-year.ts';
import { isOneOf } from '../db/is-one-of.ts';
import type { Database, LedgerTable } from '../db/schema.ts';
import type { StudyUnit } from './sessions.ts';

export type LedgerRecord = Selectable<LedgerTable>;
/** An entry that may not have its number yet. */
export type NewEntry = Omit<LedgerRecord, 'seq'>;
type ByDay = Record<string, number>;

/** What was voided, and by which statement. */
export interface VoidedStatement {
  id: string;
  by: string;
}

/** Less than this, in seconds, is not worth a line of its own. */
const WORTH_A_LINE = 0.5;
const DAY = 86_400_000;

/** Whether an entry is about a unit's play; what a person entered beside it stands for itself. */
export function playOf({ person, registration, lessonId }: StudyUnit): (entry: NewEntry) => boolean {
  return (entry) =>
    entry.person === person &&
    entry.registration === registration &&
    entry.lesson_id === lessonId &&
    entry.correction !== 'person';
}

/**
 * The entries that decisions on units depend on, oldest first.
 *
 * @param since when the first of the units' sessions began, milliseconds since 1970.
 */
export function readLedger(
  db: Kysely<Database>,
  units: readonly StudyUnit[],
  since: number,
): Promise<LedgerRecord[]> {
  return (
    db
      .selectFrom('ledger')
      .selectAll()
      .where(isOneOf(db, 'person', [...new Set(units.map(({ person }) => person))]))
      // An entry's time is that of its last play: an older entry holds none of the units' days.
      .where((where) =>
        where.or([
          where('lesson_id', 'in', [...new Set(units.map(({ lessonId }) => lessonId))]),
          where('at', '>=', since - DAY),
        ]),
      )
      .orderBy('seq')
      .execute()
  );
}

/** The history that a decision on a unit needs, from a person's entries. */
export function historyOf(entries: readonly NewEntry[], unit: StudyUnit): CreditHistory {
  const isOwn = playOf(unit);
  const others = entries.filter((entry) => !isOwn(entry));
  return {
    byDay: sumByDay(others),
    lessonYears: others
      .filter((entry) => entry.lesson_id === unit.lessonId && entry.corrects === null)
      .map(({ period }) => period),
  };
}

/** Counted seconds by local day. */
export function sumByDay(entries: readonly NewEntry[]): ByDay {
  const sum: ByDay = {};
  for (const entry of entries)
    for (const [day, seconds] of Object.entries(JSON.parse(entry.by_day) as ByDay))
      sum[day] = (sum[day] ?? 0) + seconds;
  return sum;
}

/** How far the sources had come, and the statement that claimed the credit. */
export type EntrySources = Pick<
  LedgerRecord,
  'statement_id' | 'statements_upto' | 'checkpoints_upto' | 'admissions_upto'
>;

/**
 * The line that a decision adds to the ledger: a first entry, what late evidence adds to it, or none. Nothing
 * that was credited is ever taken back by evidence that comes late.
 */
export function nextEntry(
  { person, registration, lessonId }: StudyUnit,
  lesson: LessonFacts,
  mode: string,
  decision: CreditDecision,
  own: readonly NewEntry[],
  source: EntrySources,
  now: number,
): NewEntry | undefined {
  if (decision.status !== 'credited' || decision.decidingSession === undefined) return undefined;
  const before = sumByDay(own);
  const byDay: ByDay = {};
  for (const [day, seconds] of Object.entries(decision.creditedByDay)) {
    const more = thousandths(seconds - (before[day] ?? 0));
    if (more > 0) byDay[day] = more;
  }
  const seconds = thousandths(Object.values(byDay).reduce((sum, more) => sum + more, 0));
  const hours = decision.hours - own.reduce((sum, entry) => sum + entry.hours, 0);
  if (own.length > 0 && seconds < WORTH_A_LINE) return undefined;
  return {
    id: v4(),
    person,
    registration,
    lesson_id: lessonId,
    period: decision.period,
    kind: lesson.kind,
    mode,
    length: lesson.length ?? 0,
    threshold: lesson.threshold ?? null,
    played_seconds: decision.playedSeconds,
    credited_seconds: seconds,
    hours: Math.max(0, Math.round(hours * 1e4) / 1e4),
    by_day: JSON.stringify(byDay),
    rules: JSON.stringify(decision.reasons),
    evidence: decision.evidence,
    at: Math.round(decision.lastAt),
    session_id: decision.decidingSession,
    policy_from: decision.policyFrom,
    corrects: own[0]?.id ?? null,
    ...source,
    correction: null,
    reason: null,
    made_by: null,
    written_at: now,
  };
}

/** The line that takes back what a voided statement had spoken for, and no other evidence speaks for. */
export function takenBack(
  { person, registration, lessonId }: StudyUnit,
  decision: CreditDecision,
  own: readonly NewEntry[],
  what: VoidedStatement | undefined,
  source: EntrySources,
  now: number,
): NewEntry | undefined {
  const first = own[0];
  if (!what || !first) return undefined;
  const before = sumByDay(own);
  const byDay: ByDay = {};
  for (const [day, seconds] of Object.entries(before)) {
    const less = thousandths(Math.min(0, (decision.creditedByDay[day] ?? 0) - seconds));
    if (less < 0) byDay[day] = less;
  }
  const seconds = thousandths(Object.values(byDay).reduce((sum, less) => sum + less, 0));
  if (seconds > -WORTH_A_LINE) return undefined;
  const hours = decision.hours - own.reduce((sum, entry) => sum + entry.hours, 0);
  return {
    id: v4(),
    person,
    registration,
    lesson_id: lessonId,
    period: first.period,
    kind: first.kind,
    mode: first.mode,
    length: first.length,
    threshold: first.threshold,
    evidence: first.evidence,
    at: first.at,
    session_id: first.session_id,
    policy_from: first.policy_from,
    played_seconds: decision.playedSeconds,
    credited_seconds: seconds,
    hours: Math.min(0, Math.round(hours * 1e4) / 1e4),
    by_day: JSON.stringify(byDay),
    rules: JSON.stringify(decision.reasons),
    corrects: first.id,
    ...source,
    statement_id: what.id,
    correction: 'void',
    reason: what.id,
    made_by: what.by,
    written_at: now,
  };
}

/** The lesson as an entry judged it, whatever the catalogue says today. */
export function judgedLesson({ lesson_id, kind, length, threshold, rules }: NewEntry): LessonFacts {
  const unlisted = (JSON.parse(rules) as RuleResult[]).some(({ rule }) => rule === 'catalogue');
  return {
    lessonId: lesson_id,
    kind: kind as LessonFacts['kind'],
    length,
    ...(threshold === null ? {} : { threshold }),
    ...(unlisted ? { unlisted } : {}),
  };
}

export function ledgerEntry(record: LedgerRecord): LedgerEntry {
  return {
    id: record.id,
    registration: record.registration,
    person: record.person,
    lessonId: record.lesson_id,
    kind: record.kind as LedgerEntry['kind'],
    mode: record.mode as StudyMode,
    playedSeconds: record.played_seconds,
    creditedSeconds: record.credited_seconds,
    hours: record.hours,
    at: new Date(record.at).toISOString(),
    rules: JSON.parse(record.rules) as RuleResult[],
    evidence: record.evidence as LedgerEntry['evidence'],
    statementId: record.statement_id,
    policyFrom: record.policy_from,
    corrects: record.corrects,
    ...(record.correction === null
      ? {}
      : {
          correction: {
            kind: record.correction as Correction['kind'],
            reason: record.reason ?? '',
            by: record.made_by ?? '',
          },
        }),
  };
}

function thousandths(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
