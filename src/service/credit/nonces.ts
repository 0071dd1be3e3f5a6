import type { Kysely } from 'kysely';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { NonceVerdict } from '../../domain/credit/evidence.ts';
import type { Database } from '../db/schema.ts';

const NAME = 'checkpoint-nonces';
/** Seconds. */
const STEP = 10;
/** A nonce from a little in the future was made by another process. */
const CLOCKS_AGREE = 30;
/** Bytes of the code that are sent. */
const LENGTH = 16;

/**
 * Nonces of checkpoints: the time they were made, as a step of 10 s, and a code over box, session and step
 * that only the service can make. Nothing is stored but one secret, so that any process of the service knows
 * the nonces of all.
 *
 * Source: RFC 2104 (HMAC), here with SHA-256.
 */
export class Nonces {
  readonly #db: Kysely<Database>;
  #secret: Promise<Buffer> | undefined;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** @param now milliseconds since 1970. */
  async make(boxId: string, sessionId: string, now: number): Promise<string> {
    const step = Math.floor(now / 1000 / STEP);
    return `${step.toString(36)}.${(await this.#code(boxId, sessionId, step)).toString('base64url')}`;
  }

  /**
   * @param goodFor seconds after which a nonce is old.
   * @param now milliseconds since 1970.
   */
  async check(
    nonce: string,
    boxId: string,
    sessionId: string,
    goodFor: number,
    now: number,
  ): Promise<Exclude<NonceVerdict, 'reused'>> {
    const [, text = '', code = ''] = /^([0-9a-z]{1,11})\.([\w-]{1,64})$/.exec(nonce) ?? [];
    const step = parseInt(text, 36);
    if (!Number.isSafeInteger(step)) return 'wrong';
    const right = await this.#code(boxId, sessionId, step);
    const given = Buffer.from(code, 'base64url');
    if (given.length !== right.length || !timingSafeEqual(given, right)) return 'wrong';
    const age = now / 1000 - step * STEP;
    return age > goodFor + STEP || age < -CLOCKS_AGREE ? 'old' : 'right';
  }

  async #code(boxId: string, sessionId: string, step: number): Promise<Buffer> {
    const hmac = createHmac('sha256', await this.#key());
    return hmac
      .update(JSON.stringify([boxId, sessionId, step]))
      .digest()
      .subarray(0, LENGTH);
  }

  #key(): Promise<Buffer> {
    this.#secret ??= this.#load().catch((error: unknown) => {
      this.#secret = undefined;
      throw error;
    });
    return this.#secret;
  }

  /** The first process that asks makes the secret. */
  async #load(): Promise<Buffer> {
    await this.#db
      .insertInto('secrets')
      .values({ name: NAME, secret: randomBytes(32).toString('hex') })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { secret } = await this.#db
      .selectFrom('secrets')
      .select('secret')
      .where('name', '=', NAME)
      .executeTakeFirstOrThrow();
    return Buffer.from(secret, 'hex');
  }
}
