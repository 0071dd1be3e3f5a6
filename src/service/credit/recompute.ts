import type { Kysely } from 'kysely';
import { decideFromSessions } from '../../domain/credit/decide-credit.ts';
import { lessonIdOf } from '../../domain/statements/iris.ts';
import type { RuleResult } from '../../domain/credit/rules.ts';
import type { Content } from '../catalogue/content.ts';
import type { Database } from '../db/schema.ts';
import { termsOf } from '../../domain/credit/admit-session.ts';
import { admissionOf } from './admissions.ts';
import { correctionEntry, readCorrections } from './corrections.ts';
import { standing } from './evidence.ts';
import { historyOf, judgedLesson, nextEntry, playOf, takenBack, type LedgerRecord } from './ledger.ts';
import { budgetDifferences } from './recompute-budgets.ts';
import { acceptSources, keyOf, lessonFacts, type StudyUnit } from './sessions.ts';
import { readSources, unitOf } from './update-credit.ts';

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
 * Decides all credit anew from the stored statements, checkpoints, admissions, voids and corrections, each entry
 * from the sources that had arrived when it was written, and compares with the ledger; grants the boxes' time
 * anew from what they asked for. Changes nothing.
 */
export async function recompute(db: Kysely<Database>, rules: Content): Promise<RecomputeReport> {
  const persons = await db
    .selectFrom('sessions')
    .select('person')
    .union(db.selectFrom('ledger').select('person'))
    .union(db.selectFrom('corrections').select('person'))
    .orderBy('person')
    .execute();
  const report: RecomputeReport = { persons: persons.length, entries: 0, differences: [] };
  report.differences.push(...(await sourcesWithoutSession(db)));
  report.differences.push(...(await budgetDifferences(db, rules.policy)));
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
  const admissions = await readAdmissions(db, person);
  const corrections = await readCorrections(db, person);
  const differences: LedgerDifference[] = [];

  const decide = (unit: StudyUnit, before: readonly LedgerRecord[], entry: LedgerRecord | undefined) => {
    const own = sessions.filter(
      ({ registration, lesson_id }) => registration === unit.registration && lesson_id === unit.lessonId,
    );
    const judged = entry ?? before.find(playOf(unit));
    const lesson = judged ? judgedLesson(judged) : lessonFacts(unit.lessonId, own, lessons);
    const accepted = own.flatMap(({ session_id: sessionId }) => {
      const key = keyOf({ person, registration: unit.registration, sessionId });
      const { statements, checkpoints } = standing(sources.get(key) ?? { statements: [], checkpoints: [] }, {
        statements: entry?.statements_upto ?? Infinity,
        checkpoints: entry?.checkpoints_upto ?? Infinity,
      });
      if (statements.length + checkpoints.length === 0) return [];
      const decided = (admissions.get(key) ?? []).filter(
        ({ seq }) => seq <= (entry?.admissions_upto ?? Infinity),
      );
      const terms = admissionOf({ admission: decided[decided.length - 1]?.json ?? null });
      return acceptSources(
        sessionId,
        { statements, checkpoints },
        lesson.kind,
        policy,
        terms ? termsOf(terms) : {},
      );
    });
    const decision = decideFromSessions(lesson, accepted, policy, historyOf(before, unit));
    const play = before.filter(playOf(unit));
    const source = { statement_id: null, statements_upto: 0, checkpoints_upto: 0, admissions_upto: 0 };
    const next =
      entry?.correction === 'void'
        ? takenBack(unit, decision, play, { id: entry.reason ?? '', by: entry.made_by ?? '' }, source, 0)
        : nextEntry(unit, lesson, own[0]?.mode ?? '', decision, play, source, 0);
    return { decision, next };
  };

  ledger.forEach((entry, index) => {
    const unit = { person, registration: entry.registration, lessonId: entry.lesson_id };
    const before = ledger.slice(0, index);
    const correction = corrections.get(entry.id);
    const next =
      entry.correction === 'person'
        ? correction && correctionEntry(correction, before, { lessons, policy })
        : decide(unit, before, entry).next;
    for (const field of compared)
      if (entry[field] !== next?.[field] && !(field === 'rules' && next && sameOldRules(entry, next.rules)))
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
  const missing = (unit: StudyUnit, seconds: number): void => {
    differences.push({ ...unit, entry: null, field: 'credited_seconds', ledger: 0, recomputed: seconds });
  };
  for (const unit of units.values()) {
    const { decision, next } = decide(unit, ledger, undefined);
    const deciding = sessions.find(({ session_id }) => session_id === decision.decidingSession);
    if (next && (decision.settled || deciding?.settled === 1)) missing(unit, next.credited_seconds);
  }
  const entered = new Set(ledger.map(({ id }) => id));
  for (const { id, request } of corrections.values())
    if (!entered.has(id))
      missing({ person, registration: '', lessonId: request.lessonId ?? '' }, request.seconds);
  return { entries: ledger.length, differences };
}

/** What was decided of a person's sessions, by {@link keyOf}, oldest first. */
async function readAdmissions(
  db: Kysely<Database>,
  person: string,
): Promise<Map<string, { seq: number; json: string }[]>> {
  const rows = await db
    .selectFrom('admissions')
    .innerJoin('sessions', (join) =>
      join
        .onRef('sessions.session_id', '=', 'admissions.session_id')
        .onRef('sessions.person', '=', 'admissions.person')
        .onRef('sessions.registration', '=', 'admissions.registration'),
    )
    .select(['admissions.seq', 'admissions.registration', 'admissions.session_id', 'admissions.json'])
    .where('sessions.person', '=', person)
    .orderBy('admissions.seq')
    .execute();
  const found = new Map<string, { seq: number; json: string }[]>();
  for (const { seq, registration, session_id: sessionId, json } of rows) {
    const key = keyOf({ person, registration, sessionId });
    const list = found.get(key);
    if (list) list.push({ seq, json });
    else found.set(key, [{ seq, json }]);
  }
  return found;
}

/**
 * Whether an entry from before there were admissions was judged as it would be today: it says nothing of rules
 * that are younger, which then must not stand against it.
 */
function sameOldRules(entry: LedgerRecord, recomputed: string): boolean {
  if (entry.admissions_upto > 0) return false;
  const then = JSON.parse(entry.rules) as RuleResult[];
  const today = JSON.parse(recomputed) as RuleResult[];
  const known = today.filter(({ rule }) => then.some((one) => one.rule === rule));
  const younger = today.filter((result) => !known.includes(result));
  return JSON.stringify(known) === JSON.stringify(then) && younger.every(({ passed }) => passed);
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
  'correction',
  'reason',
  'made_by',
] as const satisfies readonly (keyof LedgerRecord)[];
