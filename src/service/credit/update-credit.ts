import { sql, type Kysely, type Selectable } from 'kysely';
import { decideFromSessions } from '../../domain/credit/decide-credit.ts';
import { lessonIdOf, verbIris } from '../../domain/statements/iris.ts';
import type { Content } from '../catalogue/content.ts';
import type { Database, StatementTable } from '../db/schema.ts';
import { isOneOf } from '../db/is-one-of.ts';
import { insertRows, upsertRows } from '../db/insert-rows.ts';
import { metrics } from '../operations/metrics.ts';
import type { WriteTransaction } from '../db/write-queue.ts';
import type { CheckpointRecord, SessionSources, StatementRecord } from './evidence.ts';
import { admitSessions } from './admissions.ts';
import {
  historyOf,
  judgedLesson,
  nextEntry,
  playOf,
  readLedger,
  takenBack,
  type LedgerRecord,
  type NewEntry,
  type VoidedStatement,
} from './ledger.ts';
import {
  acceptedOf,
  keyOf,
  lessonFacts,
  readSessions,
  type JudgedSession,
  type SessionKey,
  type SessionRecord,
  type StudyUnit,
} from './sessions.ts';

type Rules = Pick<Content, 'lessons' | 'policy'>;

/** A session of which something has just arrived. */
export interface Touched extends SessionKey {
  /** The box that brought it; `null` for one of the county's programs, and for a void. */
  boxId: string | null;
  /** Whether one of its statements was voided: what that spoke for is taken back. */
  voided?: boolean;
}

export function broughtBy(boxId: string | null): (key: SessionKey) => Touched {
  return ({ person, registration, sessionId }) => ({ person, registration, sessionId, boxId });
}

export function voided({ person, registration, sessionId }: SessionKey): Touched {
  return { person, registration, sessionId, boxId: null, voided: true };
}

/** Name by which the writes of one box are kept apart. */
export function boxKey(boxId: string): string {
  return `box ${boxId}`;
}

/**
 * Works out anew what is believed of sessions of which something has just arrived, and writes down the
 * credit that has become due. Part of the transaction that stores what arrived.
 *
 * @param now milliseconds since 1970.
 * @param fresh the statements that this transaction has stored, if it has: they need not be read back.
 * @returns ids of the sessions that a newer one of the same person, on another box, has ended.
 */
export async function updateCredit(
  trx: WriteTransaction,
  touched: readonly Touched[],
  rules: Rules,
  now: number,
  fresh: readonly StatementSource[] = [],
): Promise<ReadonlySet<string>> {
  const keys = [...new Map(touched.map((key) => [keyOf(key), key])).values()];
  if (keys.length === 0) return new Set();
  const sources = await readSources(
    trx,
    keys.map(({ sessionId }) => sessionId),
    // Of a session that loses a statement everything is read: its people may not have been kept apart.
    touched.some((key) => key.voided) ? [] : fresh,
  );
  const arrived = keys.map((key) => ({ ...key, sources: sources.get(keyOf(key)) ?? none }));
  const known = await readSessions(trx, arrived);
  const { judged, superseded } = await admitSessions(trx, arrived, known, rules, now);
  if (judged.length === 0) return superseded;
  const records = judged.map(({ record }) => record);
  await upsertRows(trx, 'sessions', records, ['person', 'registration', 'session_id']);
  const voids = new Map(
    touched
      .filter((key) => key.voided)
      .flatMap((key) => {
        const record = records.find((one) => one.session_id === key.sessionId && one.person === key.person);
        const what = lastVoid(sources.get(keyOf(key)) ?? none);
        return record && what ? [[unitKey(unitOf(record)), what] as const] : [];
      }),
  );
  for (const { person, registration, session_id } of records)
    known.delete(keyOf({ person, registration, sessionId: session_id }));
  await writeDueCredit(trx, records.map(unitOf), [...judged, ...judgedBefore(known)], rules, now, voids);
  return superseded;
}

/**
 * Adds units' next lines to the ledger, where credit is settled and there is a line to add.
 *
 * @param all sessions of the units; others may be among them.
 * @param voids by {@link unitKey}: what was voided just now of the unit's statements.
 */
export async function writeDueCredit(
  trx: WriteTransaction,
  some: readonly StudyUnit[],
  all: readonly JudgedSession[],
  { lessons, policy }: Rules,
  now: number,
  voids: ReadonlyMap<string, VoidedStatement> = new Map(),
): Promise<void> {
  const units = [...new Map(some.map((unit) => [unitKey(unit), unit])).values()];
  const sessions = byUnit(all);
  // Most arrivals complete nothing: that is seen without reading the ledger.
  const due = units.flatMap((unit) => {
    const own = sessions.get(unitKey(unit)) ?? [];
    const records = own.map(({ record }) => record);
    const accepted = own.map((session) => session.accepted);
    const lesson = lessonFacts(unit.lessonId, records, lessons);
    const { status } = decideFromSessions(lesson, accepted, policy);
    metrics.creditDecisions.inc({ result: status });
    return status === 'credited' || voids.has(unitKey(unit)) ? [{ unit, records, lesson, accepted }] : [];
  });
  if (due.length === 0) return;

  const since = Math.min(...due.flatMap(({ accepted }) => accepted.map(({ startedAt }) => startedAt)));
  const ledger = await readLedger(
    trx,
    due.map(({ unit }) => unit),
    since,
  );
  const claims = await readClaims(
    trx,
    due.map(({ unit }) => unit),
  );
  const upTo = await arrivedUpTo(trx);
  const added: NewEntry[] = [];
  for (const { unit, records, lesson: today, accepted } of due) {
    const entries = [...ledger, ...added].filter(({ person }) => person === unit.person);
    const own = entries.filter(playOf(unit));
    // A lesson that was credited stays judged as it was, should the catalogue have changed it since.
    const lesson = own[0] ? judgedLesson(own[0]) : today;
    const decision = decideFromSessions(lesson, accepted, policy, historyOf(entries, unit));
    const void_ = voids.get(unitKey(unit));
    const deciding = records.find(({ session_id }) => session_id === decision.decidingSession);
    const settled = decision.settled || deciding?.settled === 1;
    const source = { statement_id: claims.get(unitKey(unit)) ?? null, ...upTo };
    const entry =
      takenBack(unit, decision, own, void_, source, now) ??
      (deciding && settled ? nextEntry(unit, lesson, deciding.mode, decision, own, source, now) : undefined);
    if (entry) added.push(entry);
  }
  await insertRows(trx, 'ledger', added);
  metrics.ledgerEntries.inc(added.length);
}

export function unitOf({ person, registration, lesson_id }: SessionRecord): StudyUnit {
  return { person, registration, lessonId: lesson_id };
}

/** Sessions of which nothing new has come in, with what was believed of them. */
export function judgedBefore(sessions: ReadonlyMap<string, SessionRecord>): JudgedSession[] {
  return [...sessions.values()].map((record) => ({ record, accepted: acceptedOf(record) }));
}

const none: SessionSources = { statements: [], checkpoints: [] };

/** The statement of a session that was voided last. */
function lastVoid({ statements }: SessionSources): VoidedStatement | undefined {
  const gone = statements.filter(({ voided_seq }) => voided_seq !== null);
  const last = gone.sort((a, b) => a.voided_seq! - b.voided_seq!)[gone.length - 1];
  return last && { id: last.id, by: last.voided_by! };
}

/** A statement as far as it is a source of credit. */
export type StatementSource = Omit<StatementRecord, 'voided_seq' | 'voided_by'> &
  Pick<Selectable<StatementTable>, 'person' | 'registration' | 'session_id'>;

/** The stored sources of sessions, by {@link keyOf}. A session id that two people use makes two sessions. */
export async function readSources(
  db: Kysely<Database>,
  sessionIds: readonly string[],
  fresh: readonly StatementSource[] = [],
): Promise<Map<string, SessionSources>> {
  const ids = [...new Set(sessionIds)];
  if (ids.length === 0) return new Map();
  const wanted = new Set(ids);
  const newer = fresh.filter(({ session_id }) => session_id !== null && wanted.has(session_id));
  // Nobody else stores statements of these people meanwhile: what was there before has lower numbers.
  const before = newer.reduce((least, { seq }) => Math.min(least, seq), Number.MAX_SAFE_INTEGER);
  const older: StatementSource[] = await db
    .selectFrom('statements')
    .select([
      'seq',
      'id',
      'person',
      'registration',
      'session_id',
      'verb',
      'activity',
      'happened_at',
      'stored_at',
      'json',
    ])
    .where(isOneOf(db, 'session_id', ids))
    // "+ 0" keeps the databases from going through all lower numbers instead of the sessions' few rows.
    .where(sql<boolean>`seq + 0 < ${before}`)
    .orderBy('seq')
    .execute();
  const said = [...older, ...newer];
  const voids = await readVoids(
    db,
    said.map(({ id }) => id),
  );
  const statements = said.map((row) => ({ ...row, ...(voids.get(row.id) ?? notVoided) }));
  const checkpoints = await db
    .selectFrom('checkpoints')
    .selectAll()
    .where(isOneOf(db, 'session_id', ids))
    .orderBy('seq')
    .execute();
  const found = new Map<string, { statements: StatementRecord[]; checkpoints: CheckpointRecord[] }>();
  const at = (person: string | null, registration: string | null, sessionId: string | null) => {
    const key = keyOf({ person: person ?? '', registration: registration ?? '', sessionId: sessionId ?? '' });
    const sources = found.get(key) ?? { statements: [], checkpoints: [] };
    found.set(key, sources);
    return sources;
  };
  for (const row of statements) at(row.person, row.registration, row.session_id).statements.push(row);
  for (const row of checkpoints) at(row.person, row.registration, row.session_id).checkpoints.push(row);
  return found;
}

const notVoided = { voided_by: null, voided_seq: null };

/**
 * What has been voided of some statements, by their ids. Asked apart from the statements: in one command a
 * database without statistics reads all statements to find those that void.
 */
async function readVoids(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<Map<string, { voided_by: string; voided_seq: number | null }>> {
  if (ids.length === 0) return new Map();
  const voids = await db
    .selectFrom('voids')
    .select(['statement_id', 'voided_by'])
    .where(isOneOf(db, 'statement_id', ids))
    .execute();
  if (voids.length === 0) return new Map();
  const voiding = await db
    .selectFrom('statements')
    .select(['id', 'seq'])
    .where(
      'id',
      'in',
      voids.map(({ voided_by }) => voided_by),
    )
    .execute();
  const seqs = new Map(voiding.map(({ id, seq }) => [id, seq]));
  return new Map(
    voids.map(({ statement_id, voided_by }) => [
      statement_id,
      { voided_by, voided_seq: seqs.get(voided_by) ?? null },
    ]),
  );
}

/** By {@link unitKey}. */
function byUnit(sessions: readonly JudgedSession[]): Map<string, JudgedSession[]> {
  const found = new Map<string, JudgedSession[]>();
  for (const session of sessions) {
    const key = unitKey(unitOf(session.record));
    const some = found.get(key);
    if (some) some.push(session);
    else found.set(key, [session]);
  }
  return found;
}

/** The statements that claimed what is to be credited, by {@link unitKey}: of several, the first. */
async function readClaims(trx: WriteTransaction, units: readonly StudyUnit[]): Promise<Map<string, string>> {
  const rows = await trx
    .selectFrom('statements')
    .select(['id', 'person', 'registration', 'activity'])
    .where(isOneOf(trx, 'registration', distinct(units.map(({ registration }) => registration))))
    .where('verb', '=', verbIris.completed)
    .orderBy('seq', 'desc')
    .execute();
  return new Map(
    rows.map(({ id, person, registration, activity }) => [
      unitKey({
        person: person ?? '',
        registration: registration ?? '',
        lessonId: lessonIdOf(activity ?? '') ?? '',
      }),
      id,
    ]),
  );
}

/**
 * How far the sources had come: a later recomputation looks at the same ones. A person's writes come one after
 * the other, so that none of theirs is still on the way under a lower number.
 */
async function arrivedUpTo(
  trx: WriteTransaction,
): Promise<Pick<LedgerRecord, 'statements_upto' | 'checkpoints_upto' | 'admissions_upto'>> {
  const row = await trx
    .selectNoFrom((from) => [
      from
        .selectFrom('statements')
        .select(({ fn }) => fn.max('seq').as('seq'))
        .as('statements_upto'),
      from
        .selectFrom('checkpoints')
        .select(({ fn }) => fn.max('seq').as('seq'))
        .as('checkpoints_upto'),
      from
        .selectFrom('admissions')
        .select(({ fn }) => fn.max('seq').as('seq'))
        .as('admissions_upto'),
    ])
    .executeTakeFirstOrThrow();
  return {
    statements_upto: row.statements_upto ?? 0,
    checkpoints_upto: row.checkpoints_upto ?? 0,
    admissions_upto: row.admissions_upto ?? 0,
  };
}

function unitKey({ person, registration, lessonId }: StudyUnit): string {
  return JSON.stringify([person, registration, lessonId]);
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
