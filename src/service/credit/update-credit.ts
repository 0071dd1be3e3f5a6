import type { Kysely } from 'kysely';
import { decideFromSessions } from '../../domain/credit/decide-credit.ts';
import { verbIris } from '../../domain/statements/iris.ts';
import type { Content } from '../catalogue/content.ts';
import type { Database } from '../db/schema.ts';
import type { WriteTransaction } from '../db/write-queue.ts';
import type { CheckpointRecord, SessionSources, StatementRecord } from './evidence.ts';
import { judgedLesson, nextEntry, readHistory } from './ledger.ts';
import {
  acceptedOf,
  lessonFacts,
  sessionRecord,
  type SessionKey,
  type SessionRecord,
  type StudyUnit,
} from './sessions.ts';

type Rules = Pick<Content, 'lessons' | 'policy'>;

/**
 * Works out anew what is believed of sessions of which something has just arrived, and writes down the
 * credit that has become due. Part of the transaction that stores what arrived.
 *
 * @param now milliseconds since 1970.
 */
export async function updateCredit(
  trx: WriteTransaction,
  touched: readonly SessionKey[],
  rules: Rules,
  now: number,
): Promise<void> {
  const keys = [...new Map(touched.map((key) => [keyOf(key), key])).values()];
  if (keys.length === 0) return;
  const sources = await readSources(
    trx,
    keys.map(({ sessionId }) => sessionId),
  );
  const records = keys.flatMap((key) => sessionRecord(key, sources.get(keyOf(key)) ?? none, rules) ?? []);
  if (records.length === 0) return;
  await saveSessions(trx, records);
  const units = records.map((record) => unitOf(record));
  for (const unit of new Map(units.map((unit) => [`${unit.registration} ${unit.lessonId}`, unit])).values())
    await writeDueCredit(trx, unit, rules, now);
}

/** Adds a unit's next line to the ledger, if its credit is settled and there is one to add. */
export async function writeDueCredit(
  trx: WriteTransaction,
  unit: StudyUnit,
  { lessons, policy }: Rules,
  now: number,
): Promise<void> {
  const sessions = await readSessions(trx, unit);
  const today = lessonFacts(unit.lessonId, sessions, lessons);
  const accepted = sessions.map(acceptedOf);
  // Most arrivals complete nothing: that is seen without reading the ledger.
  if (decideFromSessions(today, accepted, policy).status !== 'credited') return;
  const since = Math.min(...accepted.map(({ startedAt }) => startedAt));
  const { own, history } = await readHistory(trx, unit, since);
  // A lesson that was credited stays judged as it was, should the catalogue have changed it since.
  const lesson = own[0] ? judgedLesson(own[0]) : today;
  const decision = decideFromSessions(lesson, accepted, policy, history);
  const deciding = sessions.find(({ session_id }) => session_id === decision.decidingSession);
  if (!deciding || !(decision.settled || deciding.settled === 1)) return;
  const source = { statement_id: await completion(trx, unit), ...(await arrivedUpTo(trx, unit)) };
  const entry = nextEntry(unit, lesson, deciding.mode, decision, own, source, now);
  if (entry) await trx.insertInto('ledger').values(entry).execute();
}

export function unitOf({ person, registration, lesson_id }: SessionRecord): StudyUnit {
  return { person, registration, lessonId: lesson_id };
}

export function keyOf({ person, registration, sessionId }: SessionKey): string {
  return JSON.stringify([person, registration, sessionId]);
}

const none: SessionSources = { statements: [], checkpoints: [] };

/** The stored sources of sessions, by {@link keyOf}. A session id that two people use makes two sessions. */
export async function readSources(
  db: Kysely<Database>,
  sessionIds: readonly string[],
): Promise<Map<string, SessionSources>> {
  const ids = [...new Set(sessionIds)];
  if (ids.length === 0) return new Map();
  const statements = await db
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
    .where('session_id', 'in', ids)
    .orderBy('seq')
    .execute();
  const checkpoints = await db
    .selectFrom('checkpoints')
    .selectAll()
    .where('session_id', 'in', ids)
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

async function saveSessions(trx: WriteTransaction, records: readonly SessionRecord[]): Promise<void> {
  await trx
    .insertInto('sessions')
    .values([...records])
    .onConflict((conflict) =>
      conflict.columns(['person', 'registration', 'session_id']).doUpdateSet((row) => ({
        lesson_id: row.ref('excluded.lesson_id'),
        mode: row.ref('excluded.mode'),
        length: row.ref('excluded.length'),
        last_at: row.ref('excluded.last_at'),
        received_at: row.ref('excluded.received_at'),
        settled: row.ref('excluded.settled'),
        json: row.ref('excluded.json'),
      })),
    )
    .execute();
}

export function readSessions(
  db: Kysely<Database>,
  { person, registration, lessonId }: StudyUnit,
): Promise<SessionRecord[]> {
  return db
    .selectFrom('sessions')
    .selectAll()
    .where('person', '=', person)
    .where('registration', '=', registration)
    .where('lesson_id', '=', lessonId)
    .execute();
}

/** The statement that claimed what is now credited. */
async function completion(
  trx: WriteTransaction,
  { person, registration }: StudyUnit,
): Promise<string | null> {
  const row = await trx
    .selectFrom('statements')
    .select('id')
    .where('registration', '=', registration)
    .where('person', '=', person)
    .where('verb', '=', verbIris.completed)
    .orderBy('seq')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** How far the sources had come: a later recomputation looks at the same ones. */
async function arrivedUpTo(
  trx: WriteTransaction,
  { person, registration }: StudyUnit,
): Promise<{ statements_upto: number; checkpoints_upto: number }> {
  const last = async (table: 'statements' | 'checkpoints'): Promise<number> => {
    const row = await trx
      .selectFrom(table)
      .select(({ fn }) => fn.max('seq').as('seq'))
      .where('registration', '=', registration)
      .where('person', '=', person)
      .executeTakeFirst();
    return Number(row?.seq ?? 0);
  };
  return { statements_upto: await last('statements'), checkpoints_upto: await last('checkpoints') };
}
