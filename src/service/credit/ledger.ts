import type { Kysely, Selectable } from 'kysely';
import { v4 } from 'uuid';
import type { CreditDecision } from '../../domain/credit/decide-credit.ts';
import type { CreditHistory, LessonFacts } from '../../domain/credit/evidence.ts';
import type { StudyMode } from '../../domain/credit/policy.ts';
import type { RuleResult } from '../../domain/credit/rules.ts';
import type { LedgerEntry } from '../../domain/credit/study-year.ts';
import type { Database, LedgerTable } from '../db/schema.ts';
import type { StudyUnit } from './sessions.ts';

export type LedgerRecord = Selectable<LedgerTable>;
/** An entry that may not have its number yet. */
type Written = Omit<LedgerRecord, 'seq'>;
type ByDay = Record<string, number>;

/** Less than this, in seconds, is not worth a line of its own. */
const WORTH_A_LINE = 0.5;
const DAY = 86_400_000;

export function ofUnit({ person, registration, lessonId }: StudyUnit): (entry: Written) => boolean {
  return (entry) =>
    entry.person === person && entry.registration === registration && entry.lesson_id === lessonId;
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
      .where('person', 'in', [...new Set(units.map(({ person }) => person))])
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
export function historyOf(entries: readonly Written[], unit: StudyUnit): CreditHistory {
  const isOwn = ofUnit(unit);
  const others = entries.filter((entry) => !isOwn(entry));
  return {
    byDay: sumByDay(others),
    lessonYears: others.filter((entry) => entry.lesson_id === unit.lessonId).map(({ period }) => period),
  };
}

/** Counted seconds by local day. */
export function sumByDay(entries: readonly Written[]): ByDay {
  const sum: ByDay = {};
  for (const entry of entries)
    for (const [day, seconds] of Object.entries(JSON.parse(entry.by_day) as ByDay))
      sum[day] = (sum[day] ?? 0) + seconds;
  return sum;
}

/**
 * The line that a decision adds to the ledger: a first entry, what late evidence adds to it, or none. Nothing
 * that was credited is ever taken back by evidence that comes late.
 */
export function nextEntry(
  { person, registration, lessonId }: StudyUnit,
  lesson: LessonFacts,
  mode: string,
  decision: CreditDecision,
  own: readonly Written[],
  source: Pick<LedgerRecord, 'statement_id' | 'statements_upto' | 'checkpoints_upto'>,
  now: number,
): Written | undefined {
  if (decision.status !== 'credited' || decision.decidingSession === undefined) return undefined;
  const before = sumByDay(own);
  const byDay: ByDay = {};
  for (const [day, seconds] of Object.entries(decision.creditedByDay)) {
    const more = Math.round((seconds - (before[day] ?? 0)) * 1000) / 1000;
    if (more > 0) byDay[day] = more;
  }
  const seconds = Math.round(Object.values(byDay).reduce((sum, more) => sum + more, 0) * 1000) / 1000;
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
    evidence: decision.online ? 'A' : 'B',
    at: Math.round(decision.lastAt),
    session_id: decision.decidingSession,
    policy_from: decision.policyFrom,
    corrects: own[0]?.id ?? null,
    ...source,
    written_at: now,
  };
}

/** The lesson as an entry judged it, whatever the catalogue says today. */
export function judgedLesson({ lesson_id, kind, length, threshold }: Written): LessonFacts {
  return {
    lessonId: lesson_id,
    kind: kind as LessonFacts['kind'],
    length,
    ...(threshold === null ? {} : { threshold }),
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
  };
}
