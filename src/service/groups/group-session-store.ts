import type { Kysely, Selectable } from 'kysely';
import { timingSafeEqual } from 'node:crypto';
import type { Database, GroupCheckInTable, GroupSessionTable } from '../db/schema.ts';
import type { WriteTransaction } from '../db/write-queue.ts';

export type GroupSessionRow = Selectable<GroupSessionTable>;
export type CheckInRow = Selectable<GroupCheckInTable>;

/** What a room's box says of the session it leads. */
export interface SessionNews {
  id: string;
  boxId: string;
  room: string;
  /** Hex. */
  secret: string;
  /** Session seconds now. */
  seconds: number;
}

export type NewsOutcome = 'open' | 'recorded' | 'foreign';

/** Name by which the writes of one session are kept apart. */
export function sessionKey(id: string): string {
  return `group ${id}`;
}

/** Opens a session, or learns how far it is. */
export async function takeNews(
  trx: WriteTransaction,
  { id, boxId, room, secret, seconds }: SessionNews,
  now: number,
): Promise<NewsOutcome> {
  const recorded = await trx
    .selectFrom('group_records')
    .select('session')
    .where('session', '=', id)
    .executeTakeFirst();
  if (recorded) return 'recorded';
  const known = await findSession(trx, id);
  if (!known) {
    await trx
      .insertInto('group_sessions')
      .values({
        id,
        box_id: boxId,
        room,
        secret,
        seconds,
        seconds_at: now,
        opened_seconds: seconds,
        opened_at: now,
        wrong_codes: 0,
      })
      .execute();
    return 'open';
  }
  if (known.box_id !== boxId || !sameText(known.secret, secret)) return 'foreign';
  // Never back: a request that was long on its way must not make old codes good again.
  if (seconds > known.seconds)
    await trx.updateTable('group_sessions').set({ seconds, seconds_at: now }).where('id', '=', id).execute();
  return 'open';
}

export function findSession(db: Kysely<Database>, id: string): Promise<GroupSessionRow | undefined> {
  return db.selectFrom('group_sessions').selectAll().where('id', '=', id).executeTakeFirst();
}

/** In the order in which they came. */
export function readCheckIns(db: Kysely<Database>, session: string): Promise<CheckInRow[]> {
  return db
    .selectFrom('group_check_ins')
    .selectAll()
    .where('session', '=', session)
    .orderBy('received_at')
    .orderBy('person')
    .execute();
}

/**
 * Session seconds now, as far as the service can tell: by the box's last word and the time since. While the
 * power is off in the room the session stands still and this runs ahead, until the box is heard of again.
 */
export function secondsNow({ seconds, seconds_at }: GroupSessionRow, now: number): number {
  return seconds + Math.max(0, now - seconds_at) / 1000;
}

function sameText(one: string, two: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(two)];
  return a.length === b.length && timingSafeEqual(a, b);
}
