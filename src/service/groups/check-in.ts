import { createHmac, randomBytes } from 'node:crypto';
import { CODE_SECONDS, judgeCode } from '../../domain/groups/check-in-code.ts';
import { MOST_GUESTS } from '../../domain/groups/group-session.ts';
import type { WriteTransaction } from '../db/write-queue.ts';
import { guestsByPhone } from './guests.ts';
import { findSession, secondsNow, type GroupSessionRow } from './group-session-store.ts';
import { peopleOfRoom, type RoomPerson } from './room-roster.ts';

/** Wrong codes after which a session takes none any more; the host's ticks go on. Of a million, a thousandth of a percent each. */
export const WRONG_CODES = 100;
/** How long somebody may take to find their name, milliseconds. */
const TICKET_LIFETIME = 300_000;

export type CheckInRefusal =
  | 'no-such-session'
  | 'session-over'
  | 'too-many-guesses'
  | 'code-wrong'
  | 'code-too-old'
  | 'ticket-wrong'
  | 'ticket-too-old'
  | 'ticket-used'
  | 'not-on-the-list'
  | 'already-checked-in'
  | 'room-is-full';

export interface Refused {
  refused: CheckInRefusal;
}

/** What proves that somebody was before the room's screen. */
export type Proof = { code: string; step?: number } | { ticket: string };

interface Proven {
  session: GroupSessionRow;
  /** Session second at which the code came on the screen. */
  seconds: number;
  /** Of the ticket, if it was one. */
  nonce: string | null;
}

/**
 * Takes a code for a ticket with which one person can check in during the next five minutes, and the room's
 * people to choose from: an old hand needs longer to find a name than a code is shown.
 */
export async function issueTicket(
  trx: WriteTransaction,
  id: string,
  proof: { code: string; step?: number },
  now: number,
): Promise<{ ticket: string; room: string; people: RoomPerson[] } | Refused> {
  const proven = await prove(trx, id, proof, now);
  if ('refused' in proven) return proven;
  const { session, seconds } = proven;
  const content = `${now + TICKET_LIFETIME}.${seconds}.${randomBytes(9).toString('base64url')}`;
  return {
    ticket: `${content}.${seal(session, content)}`,
    room: session.room,
    people: await peopleOfRoom(trx, session.room),
  };
}

/** Why a code or ticket is none, `undefined` if it is good; wrong codes are counted. */
export async function refusalOf(
  trx: WriteTransaction,
  id: string,
  proof: Proof,
  now: number,
): Promise<Refused | undefined> {
  const proven = await prove(trx, id, proof, now);
  return 'refused' in proven ? proven : undefined;
}

/** Counts somebody who is on no list, once a ticket: no name, and no credit. */
export async function countGuest(
  trx: WriteTransaction,
  id: string,
  ticket: string,
  now: number,
): Promise<{ room: string } | Refused> {
  const proven = await prove(trx, id, { ticket }, now);
  if ('refused' in proven) return proven;
  const nonce = proven.nonce ?? '';
  if (await isUsed(trx, id, nonce)) return { refused: 'ticket-used' };
  if ((await guestsByPhone(trx, id)) >= MOST_GUESTS) return { refused: 'room-is-full' };
  await trx.insertInto('group_guests').values({ session: id, ticket: nonce, received_at: now }).execute();
  return { room: proven.session.room };
}

/** Checks one person in, once. */
export async function checkIn(
  trx: WriteTransaction,
  id: string,
  person: string,
  proof: Proof,
  now: number,
): Promise<{ room: string; seconds: number } | Refused> {
  const proven = await prove(trx, id, proof, now);
  if ('refused' in proven) return proven;
  const { session, seconds, nonce } = proven;
  const people = await peopleOfRoom(trx, session.room);
  if (!people.some((one) => one.id === person)) return { refused: 'not-on-the-list' };
  const there = await trx
    .selectFrom('group_check_ins')
    .select('person')
    .where('session', '=', id)
    .where('person', '=', person)
    .executeTakeFirst();
  if (there) return { refused: 'already-checked-in' };
  if (nonce !== null && (await isUsed(trx, id, nonce))) return { refused: 'ticket-used' };
  await trx
    .insertInto('group_check_ins')
    .values({ session: id, person, seconds, ticket: nonce, received_at: now })
    .execute();
  return { room: session.room, seconds };
}

/** Whether somebody has checked in or counted themselves with a ticket. */
async function isUsed(trx: WriteTransaction, session: string, nonce: string): Promise<boolean> {
  const used = await Promise.all(
    (['group_check_ins', 'group_guests'] as const).map((table) =>
      trx
        .selectFrom(table)
        .select('session')
        .where('session', '=', session)
        .where('ticket', '=', nonce)
        .executeTakeFirst(),
    ),
  );
  return used.some((row) => row !== undefined);
}

async function prove(
  trx: WriteTransaction,
  id: string,
  proof: Proof,
  now: number,
): Promise<Proven | Refused> {
  const session = await findSession(trx, id);
  if (!session) {
    const over = await trx
      .selectFrom('group_records')
      .select('session')
      .where('session', '=', id)
      .executeTakeFirst();
    return { refused: over ? 'session-over' : 'no-such-session' };
  }
  return 'ticket' in proof
    ? proveByTicket(session, proof.ticket, now)
    : proveByCode(trx, session, proof, now);
}

async function proveByCode(
  trx: WriteTransaction,
  session: GroupSessionRow,
  { code, step }: { code: string; step?: number },
  now: number,
): Promise<Proven | Refused> {
  if (session.wrong_codes >= WRONG_CODES) return { refused: 'too-many-guesses' };
  const judged = judgeCode(session.secret, code, secondsNow(session, now), step);
  if (judged.verdict === 'good') return { session, seconds: judged.step * CODE_SECONDS, nonce: null };
  if (judged.verdict === 'too-old') return { refused: 'code-too-old' };
  await trx
    .updateTable('group_sessions')
    .set({ wrong_codes: session.wrong_codes + 1 })
    .where('id', '=', session.id)
    .execute();
  return { refused: 'code-wrong' };
}

function proveByTicket(session: GroupSessionRow, ticket: string, now: number): Proven | Refused {
  const match = /^((\d{1,16})\.(\d{1,6})\.([\w-]{12}))\.([0-9a-f]{64})$/.exec(ticket);
  if (!match || seal(session, match[1]!) !== match[5]) return { refused: 'ticket-wrong' };
  if (now > Number(match[2])) return { refused: 'ticket-too-old' };
  return { session, seconds: Number(match[3]), nonce: match[4]! };
}

function seal({ id, secret }: GroupSessionRow, content: string): string {
  return createHmac('sha256', Buffer.from(secret, 'hex')).update(`ticket ${id} ${content}`).digest('hex');
}
