import type { Kysely } from 'kysely';
import type { AcceptedSession } from '../../domain/credit/accept-session.ts';
import { admitSession, type Admission } from '../../domain/credit/admit-session.ts';
import { budgetKey, newBoxBudget, type BoxBudget } from '../../domain/credit/box-budget.ts';
import { timeElsewhere, type OtherSession } from '../../domain/credit/elsewhere.ts';
import type { Content } from '../catalogue/content.ts';
import type { Database } from '../db/schema.ts';
import { isOneOf } from '../db/is-one-of.ts';
import { insertRows, upsertRows } from '../db/insert-rows.ts';
import type { WriteTransaction } from '../db/write-queue.ts';
import { sessionEvidence, sessionSubject, standing, type SessionSources } from './evidence.ts';
import {
  acceptedOf,
  keyOf,
  sessionRecord,
  type JudgedSession,
  type SessionKey,
  type SessionRecord,
} from './sessions.ts';

/** A session of which something has just arrived. */
export interface Arrived extends SessionKey {
  /** The box that brought it; `null` for one of the county's programs, and for a void. */
  boxId: string | null;
  sources: SessionSources;
}

/** Boxes keep what they could not send for 90 days; sessions longer ago meet no other, milliseconds. */
const LONGEST_AGO = 100 * 86_400_000;

/**
 * Judges sessions of which something has just arrived, one after the other, by what is known of their boxes and
 * of their people's other sessions, and writes down what is decided.
 *
 * @param known the sessions as they stood before, by {@link keyOf}.
 * @param now milliseconds since 1970.
 * @returns the sessions as they now stand, and the ids of those that a newer one on another box has ended.
 */
export async function admitSessions(
  trx: WriteTransaction,
  arrived: readonly Arrived[],
  known: ReadonlyMap<string, SessionRecord>,
  { lessons, policy: book }: Pick<Content, 'lessons' | 'policy'>,
  now: number,
): Promise<{ judged: JudgedSession[]; superseded: Set<string> }> {
  const budgets = await readBudgets(trx, arrived);
  const people = await readOthers(trx, arrived, known, now - LONGEST_AGO);
  const judged: JudgedSession[] = [];
  const superseded = new Set<string>();
  const admissions = [];
  const spent = new Map<string, BoxBudget>();
  for (const { person, registration, sessionId, boxId, sources } of inOrder(arrived)) {
    const subject = sessionSubject(sources);
    if (!subject) continue;
    const key = { person, registration, sessionId };
    const earlier = known.get(keyOf(key));
    const kind = lessons.get(subject.lessonId)?.kind ?? 'farming';
    const box = boxId ?? earlier?.box_id ?? null;
    const others = people.get(person) ?? new Map<string, OtherSession>();
    people.set(person, others);
    const step = admitSession(
      sessionEvidence(sessionId, standing(sources), book),
      { kind, book },
      admissionOf(earlier),
      boxId === null ? undefined : (budgets.get(budgetKey(boxId, person)) ?? newBoxBudget(now)),
      (session) => {
        const elsewhere = timeElsewhere(session, box, [...others.values()], now);
        if (elsewhere.superseded) superseded.add(sessionId);
        return elsewhere.taken;
      },
      now,
    );
    if (boxId !== null && step.budget) budgets.set(budgetKey(boxId, person), step.budget);
    if (step.decided) {
      const { admission, asked, granted } = step.decided;
      const row = { box_id: boxId, person, registration, session_id: sessionId, at: now };
      admissions.push({
        ...row,
        asked: JSON.stringify(asked),
        granted: JSON.stringify(granted),
        json: JSON.stringify(admission),
      });
      if (boxId !== null && step.budget) spent.set(budgetKey(boxId, person), step.budget);
    }
    const admission = step.decided ? JSON.stringify(step.decided.admission) : (earlier?.admission ?? null);
    const record = sessionRecord(key, subject, sources, step.accepted, { box_id: box, admission });
    judged.push({ record, accepted: step.accepted });
    others.set(sessionId, otherSession(record, step.accepted));
  }
  await insertRows(trx, 'admissions', admissions);
  const states = [...spent].map(([box_id, budget]) => ({ box_id, json: JSON.stringify(budget) }));
  await upsertRows(trx, 'box_budgets', states, ['box_id']);
  return { judged, superseded };
}

export function admissionOf(record: Pick<SessionRecord, 'admission'> | undefined): Admission | undefined {
  return record?.admission ? (JSON.parse(record.admission) as Admission) : undefined;
}

/** What began first has the first claim on its person's time. */
function inOrder(arrived: readonly Arrived[]): Arrived[] {
  const begun = ({ sources: { statements, checkpoints } }: Arrived): number =>
    Math.min(
      ...statements.map(({ happened_at }) => happened_at),
      ...checkpoints.map(({ received_at }) => received_at),
    );
  return arrived
    .map((one) => ({ one, at: begun(one) }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

/** By {@link budgetKey}: every person's time at each box. */
async function readBudgets(
  db: Kysely<Database>,
  arrived: readonly Arrived[],
): Promise<Map<string, BoxBudget>> {
  const ids = distinct(arrived.flatMap(({ boxId }) => boxId ?? []));
  if (ids.length === 0) return new Map();
  const keys = distinct(
    arrived.flatMap(({ boxId, person }) => (boxId === null ? [] : budgetKey(boxId, person))),
  );
  const boxes = await db
    .selectFrom('boxes')
    .select(['box_id', 'registered_at'])
    .where('box_id', 'in', ids)
    .execute();
  const spent = await db.selectFrom('box_budgets').selectAll().where('box_id', 'in', keys).execute();
  const since = new Map(boxes.map(({ box_id, registered_at }) => [box_id, registered_at]));
  const budgets = new Map(spent.map(({ box_id, json }) => [box_id, JSON.parse(json) as BoxBudget]));
  for (const { boxId, person } of arrived) {
    const registeredAt = since.get(boxId ?? '');
    if (boxId === null || registeredAt === undefined) continue;
    const key = budgetKey(boxId, person);
    if (!budgets.has(key)) budgets.set(key, newBoxBudget(registeredAt));
  }
  return budgets;
}

/** By person and session id: the sessions that may lie at the time of those that arrived. */
async function readOthers(
  db: Kysely<Database>,
  arrived: readonly Arrived[],
  known: ReadonlyMap<string, SessionRecord>,
  earliest: number,
): Promise<Map<string, Map<string, OtherSession>>> {
  const moments = arrived.flatMap((one) =>
    [
      ...one.sources.statements.map(({ happened_at }) => happened_at),
      ...one.sources.checkpoints.map(({ received_at }) => received_at),
      known.get(keyOf(one))?.started_at ?? [],
    ].flat(),
  );
  if (moments.length === 0) return new Map();
  const from = Math.max(
    earliest,
    moments.reduce((least, at) => Math.min(least, at), Infinity),
  );
  const rows = await db
    .selectFrom('sessions')
    .selectAll()
    .where(isOneOf(db, 'person', distinct(arrived.map(({ person }) => person))))
    .where('last_at', '>=', from)
    .where('started_at', 'is not', null)
    .execute();
  const people = new Map<string, Map<string, OtherSession>>();
  for (const row of rows) {
    const sessions = people.get(row.person) ?? new Map<string, OtherSession>();
    people.set(row.person, sessions);
    sessions.set(row.session_id, otherSession(row, acceptedOf(row)));
  }
  return people;
}

function otherSession(record: SessionRecord, accepted: AcceptedSession): OtherSession {
  return {
    sessionId: record.session_id,
    boxId: record.box_id,
    startedAt: record.started_at ?? record.last_at,
    receivedAt: record.received_at,
    accepted,
  };
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
