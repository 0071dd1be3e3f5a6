import type { Kysely } from 'kysely';
import { decideFromSessions } from '../../domain/credit/decide-credit.ts';
import { lessonIdOf } from '../../domain/statements/iris.ts';
import type { Content } from '../catalogue/content.ts';
import type { Database } from '../db/schema.ts';
import { historyOf, judgedLesson, nextEntry, ofUnit, type LedgerRecord } from './ledger.ts';
import { acceptSources, lessonFacts, type StudyUnit } from './sessions.ts';
import { keyOf, readSources, unitOf } from './update-credit.ts';

/** A line of the ledger, or a line that should be there, that its sources do not bear out. */
export interface LedgerDifference {
  person: string;
  registration: string;
  lessonId: string;
  /** The entry in question; `null` when one is missing. */
  entry: string | null;
  field: string;
  ledger: unknown;
  recomputed: unknown;
}

export interface RecomputeReport {
  persons: number;
  entries: number;
  differences: LedgerDifference[];
}

/**
 * Decides all credit anew from the stored statements and checkpoints, each entry from the sources that had
 * arrived when it was written, and compares with the ledger. Changes nothing.
 */
export async function recompute(db: Kysely<Database>, rules: Content): Promise<RecomputeReport> {
  const persons = await db
    .selectFrom('sessions')
    .select('person')
    .union(db.selectFrom('ledger').select('person'))
    .orderBy('person')
    .execute();
  const report: RecomputeReport = { persons: persons.length, entries: 0, differences: [] };
  report.differences.push(...(await sourcesWithoutSession(db)));
  for (const { person } of persons) {
    const { entries, differences } = await recomputePerson(db, person, rules);
    report.entries += entries;
    report.differences.push(...differences);
  }
  return report;
}

/** Statements of watch sessions that were stored and never looked at. */
async function sourcesWithoutSession(db: Kysely<Database>): Promise<LedgerDifference[]> {
  const rows = await db
    .selectFrom('statements')
    .leftJoin('sessions', (join) =>
      join
        .onRef('sessions.person', '=', 'statements.person')
        .onRef('sessions.registration', '=', 'statements.registration')
        .onRef('sessions.session_id', '=', 'statements.session_id'),
    )
    .select(['statements.person', 'statements.registration', 'statements.session_id', 'statements.activity'])
    .where('statements.person', 'is not', null)
    .where('statements.registration', 'is not', null)
    .where('statements.session_id', 'is not', null)
    .where('statements.activity', 'like', '%/lessons/%')
    .where('sessions.session_id', 'is', null)
    .limit(100)
    .execute();
  return rows.map(({ person, registration, session_id, activity }) => ({
    person: person ?? '',
    registration: registration ?? '',
    lessonId: lessonIdOf(activity ?? '') ?? '',
    entry: null,
    field: 'session',
    ledger: null,
    recomputed: session_id,
  }));
}

async function recomputePerson(
  db: Kysely<Database>,
  person: string,
  { lessons, policy }: Content,
): Promise<{ entries: number; differences: LedgerDifference[] }> {
  const ledger = await db
    .selectFrom('ledger')
    .selectAll()
    .where('person', '=', person)
    .orderBy('seq')
    .execute();
  const sessions = await db.selectFrom('sessions').selectAll().where('person', '=', person).execute();
  const sources = await readSources(
    db,
    sessions.map(({ session_id }) => session_id),
  );
  const differences: LedgerDifference[] = [];

  const decide = (unit: StudyUnit, before: readonly LedgerRecord[], entry: LedgerRecord | undefined) => {
    const own = sessions.filter(
      ({ registration, lesson_id }) => registration === unit.registration && lesson_id === unit.lessonId,
    );
    const judged = entry ?? before.find(ofUnit(unit));
    const lesson = judged ? judgedLesson(judged) : lessonFacts(unit.lessonId, own, lessons);
    const accepted = own.flatMap(({ session_id: sessionId }) => {
      const key = keyOf({ person, registration: unit.registration, sessionId });
      const all = sources.get(key) ?? { statements: [], checkpoints: [] };
      const statements = all.statements.filter(({ seq }) => seq <= (entry?.statements_upto ?? Infinity));
      const checkpoints = all.checkpoints.filter(({ seq }) => seq <= (entry?.checkpoints_upto ?? Infinity));
      if (statements.length + checkpoints.length === 0) return [];
      return acceptSources(sessionId, { statements, checkpoints }, lesson.kind, policy);
    });
    const decision = decideFromSessions(lesson, accepted, policy, historyOf(before, unit));
    const next = nextEntry(
      unit,
      lesson,
      own[0]?.mode ?? '',
      decision,
      before.filter(ofUnit(unit)),
      { statement_id: null, statements_upto: 0, checkpoints_upto: 0 },
      0,
    );
    return { decision, next };
  };

  ledger.forEach((entry, index) => {
    const unit = { person, registration: entry.registration, lessonId: entry.lesson_id };
    const { next } = decide(unit, ledger.slice(0, index), entry);
    for (const field of compared)
      if (entry[field] !== next?.[field])
        differences.push({
          ...unit,
          entry: entry.id,
          field,
          ledger: entry[field],
          recomputed: next?.[field] ?? null,
        });
  });

  const units = new Map(
    sessions.map((session) => [`${session.registration} ${session.lesson_id}`, unitOf(session)]),
  );
  for (const unit of units.values()) {
    const { decision, next } = decide(unit, ledger, undefined);
    const deciding = sessions.find(({ session_id }) => session_id === decision.decidingSession);
    if (next && (decision.settled || deciding?.settled === 1))
      differences.push({
        ...unit,
        entry: null,
        field: 'credited_seconds',
        ledger: 0,
        recomputed: next.credited_seconds,
      });
  }
  return { entries: ledger.length, differences };
}

/** What follows from the sources; the rest of an entry is its name and when it was written. */
const compared = [
  'played_seconds',
  'credited_seconds',
  'hours',
  'by_day',
  'rules',
  'evidence',
  'at',
  'period',
  'session_id',
  'policy_from',
  'corrects',
] as const satisfies readonly (keyof LedgerRecord)[];
