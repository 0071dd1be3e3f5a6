import type { Kysely } from 'kysely';
import { randomInt } from 'node:crypto';
import { codePrefix, makeCode, readCode, userCodes, WRONG_TRIES } from '../../domain/roster/binding-code.ts';
import {
  answerPoll,
  CODE_LIFETIME,
  COLLECT_WITHIN,
  POLL_INTERVAL,
  type PollAnswer,
} from '../../domain/roster/device-authorization.ts';
import type { Database, DeviceAuthorizationTable } from '../db/schema.ts';
import type { WriteQueue, WriteTransaction } from '../db/write-queue.ts';
import { bind, placeInWords, type Place } from './bindings.ts';
import { isSecret, newSecret, secretHash } from './secrets.ts';
import { lockOf, startFamily, type TokenPair } from './tokens.ts';

/** A code that a box shows and the code by which it asks what became of it. */
export interface StartedAuthorization {
  deviceCode: string;
  userCode: string;
}

/** A code somebody typed that is waiting for a yes or no. */
export interface WaitingBox {
  boxId: string;
  expiresAt: number;
  triesLeft: number;
}

/** A code somebody typed and the waiting code that begins like it. */
export interface NearCode {
  code: string;
  deviceHash: string;
  boxId: string;
}

/** How long it is remembered what became of a code, milliseconds. */
const REMEMBERED = COLLECT_WITHIN * 1000;

/**
 * Binding with a phone: the box shows a code, somebody confirms it.
 *
 * Source: RFC 8628
 */
export class DeviceAuthorizations {
  readonly #db: Kysely<Database>;
  readonly #writes: WriteQueue;
  readonly #now: () => number;

  constructor(db: Kysely<Database>, writes: WriteQueue, now: () => number) {
    this.#db = db;
    this.#writes = writes;
    this.#now = now;
  }

  /** A new code for a box; its earlier ones are void. */
  start(boxId: string): Promise<StartedAuthorization> {
    const deviceCode = newSecret();
    return this.#writes.run([lockOf(boxId)], async (trx) => {
      const now = this.#now();
      await trx
        .deleteFrom('device_authorizations')
        .where((where) => where.or([where('box_id', '=', boxId), where('expires_at', '<', now - REMEMBERED)]))
        .execute();
      const userCode = await unusedCode(trx);
      await trx
        .insertInto('device_authorizations')
        .values({
          device_hash: secretHash(deviceCode),
          prefix: codePrefix(userCode),
          user_hash: secretHash(userCode),
          box_id: boxId,
          status: 'pending',
          wrong_tries: 0,
          interval_seconds: POLL_INTERVAL,
          polled_at: null,
          expires_at: now + CODE_LIFETIME * 1000,
        })
        .execute();
      return { deviceCode, userCode };
    });
  }

  /**
   * What the box hears. A confirmed code is answered with tokens until one of them is used: the first answer
   * may never have arrived.
   */
  poll(
    boxId: string,
    deviceCode: string,
  ): Promise<TokenPair | Exclude<PollAnswer, 'approved'> | 'invalid_grant'> {
    return this.#writes.run([lockOf(boxId)], async (trx) => {
      const now = this.#now();
      const hash = secretHash(deviceCode);
      const row = await trx
        .selectFrom('device_authorizations')
        .selectAll()
        .where('device_hash', '=', hash)
        .where('box_id', '=', boxId)
        .executeTakeFirst();
      if (!row) return 'invalid_grant';
      const { answer, intervalSeconds } = answerPoll(
        {
          status: row.status,
          expiresAt: row.expires_at,
          intervalSeconds: row.interval_seconds,
          polledAt: row.polled_at,
        },
        now,
      );
      await trx
        .updateTable('device_authorizations')
        .set({ polled_at: now, interval_seconds: intervalSeconds })
        .where('device_hash', '=', hash)
        .execute();
      return answer === 'approved' ? startFamily(trx, boxId, now) : answer;
    });
  }

  /** The box whose code begins like the one somebody typed, to be given to what follows. */
  async near(typed: string): Promise<NearCode | undefined> {
    const code = readCode(userCodes, typed);
    if (code === undefined) return undefined;
    const row = await this.#db
      .selectFrom('device_authorizations')
      .select(['device_hash', 'box_id'])
      .where('prefix', '=', codePrefix(code))
      .executeTakeFirst();
    return row && { code, deviceHash: row.device_hash, boxId: row.box_id };
  }
}

/** The box behind a code that waits, or `undefined`. A wrong code counts against the one it was near. */
export async function lookUpCode(
  trx: WriteTransaction,
  near: NearCode,
  now: number,
): Promise<WaitingBox | undefined> {
  const row = await waiting(trx, near, now);
  return row && { boxId: row.box_id, expiresAt: row.expires_at, triesLeft: WRONG_TRIES - row.wrong_tries };
}

/**
 * Puts the box of a code where somebody says it stands.
 *
 * @returns `no-place` if there is no such home or room, `no-code` if no such code waits.
 */
export async function confirmCode(
  trx: WriteTransaction,
  near: NearCode,
  place: Place,
  by: string,
  now: number,
): Promise<'confirmed' | 'no-place' | 'no-code'> {
  const row = await waiting(trx, near, now);
  if (!row) return 'no-code';
  if (!(await placeInWords(trx, place))) return 'no-place';
  await bind(trx, row.box_id, place, by, now);
  await settle(trx, row, 'approved');
  return 'confirmed';
}

/** @returns whether such a code waited. */
export async function denyCode(trx: WriteTransaction, near: NearCode, now: number): Promise<boolean> {
  const row = await waiting(trx, near, now);
  if (row) await settle(trx, row, 'denied');
  return row !== undefined;
}

async function waiting(
  trx: WriteTransaction,
  { code, deviceHash }: NearCode,
  now: number,
): Promise<DeviceAuthorizationTable | undefined> {
  const row = await trx
    .selectFrom('device_authorizations')
    .selectAll()
    .where('device_hash', '=', deviceHash)
    .executeTakeFirst();
  if (row?.status !== 'pending' || row.expires_at <= now) return undefined;
  if (isSecret(code, row.user_hash)) return row;
  const wrong_tries = row.wrong_tries + 1;
  await trx
    .updateTable('device_authorizations')
    .set({ wrong_tries, status: wrong_tries < WRONG_TRIES ? 'pending' : 'denied' })
    .where('device_hash', '=', row.device_hash)
    .execute();
  return undefined;
}

async function settle(
  trx: WriteTransaction,
  { device_hash }: DeviceAuthorizationTable,
  status: 'approved' | 'denied',
): Promise<void> {
  await trx
    .updateTable('device_authorizations')
    .set({ status })
    .where('device_hash', '=', device_hash)
    .execute();
}

async function unusedCode(trx: WriteTransaction): Promise<string> {
  for (;;) {
    const code = makeCode(userCodes, randomInt);
    const taken = await trx
      .selectFrom('device_authorizations')
      .select('prefix')
      .where('prefix', '=', codePrefix(code))
      .executeTakeFirst();
    if (!taken) return code;
  }
}
