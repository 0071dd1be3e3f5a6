import type { FastifyRequest } from 'fastify';
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { v4 } from 'uuid';
import type { WriteQueue, WriteTransaction } from '../db/write-queue.ts';
import type { Caller } from './auth.ts';
import { Problem } from './problems.ts';

/** What a request is answered with. */
export interface Answer<Body extends object = object> {
  status: number;
  body: Body;
}

/** How long an answer is kept, milliseconds. */
const KEPT = 86_400_000;
/** After this a request under way is taken for lost with its process, milliseconds; longer than any may take. */
const UNDER_WAY = 120_000;

/** A structured-field string, or for those who forget the quotation marks a plain word. */
const keyFormat = /^(?:"((?:[ !#-[\]-~]|\\["\\]){1,255})"|([A-Za-z0-9._~:+/=-]{1,255}))$/;

/**
 * POSTs that may come again: a request with an `Idempotency-Key` is done once, and answered as the first time
 * when it comes again within a day.
 *
 * Source: https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
export class Idempotency {
  readonly #writes: WriteQueue;
  readonly #now: () => number;

  constructor(writes: WriteQueue, now: () => number) {
    this.#writes = writes;
    this.#now = now;
  }

  /**
   * Runs a write, at most once for each key of a caller. The write and its answer are committed together.
   *
   * @param who keeps the keys of one caller apart from those of others.
   * @param locks as {@link WriteQueue.run}.
   * @param act gives the answer, or a problem before it has written anything; a problem is not kept.
   * @throws {@link Problem} what `act` gave; 400 for a key that is none, 409 while the first request is under
   *   way, 422 for a key that came with another body.
   */
  async write<Body extends object>(
    request: FastifyRequest,
    who: string,
    locks: readonly string[],
    act: (trx: WriteTransaction) => Promise<Answer<Body> | Problem>,
  ): Promise<Answer<Body>> {
    const key = keyOf(request);
    return key === undefined
      ? orThrow(await this.#writes.run(locks, act))
      : this.#once(request, [who, request.method, request.url, key], locks, act);
  }

  async #once<Body extends object>(
    { body }: FastifyRequest,
    name: readonly string[],
    locks: readonly string[],
    act: (trx: WriteTransaction) => Promise<Answer<Body> | Problem>,
  ): Promise<Answer<Body>> {
    const id = digest(['id', ...name]).toString('hex');
    const lock = `idempotency:${id}`;
    const fingerprint = digest([body]).toString('hex');
    const owner = v4();
    const first = await this.#writes.run([lock], (trx) =>
      begin(trx, { id, fingerprint, owner }, this.#now()),
    );
    if (first instanceof Problem) throw first;
    if (first !== 'mine') return open<Answer<Body>>(first.answer, name);
    try {
      return orThrow(
        await this.#writes.run([lock, ...locks], async (trx) => {
          const mine = trx.updateTable('idempotency_keys').where('id', '=', id).where('owner', '=', owner);
          const { numUpdatedRows } = await mine.set({ started_at: this.#now() }).executeTakeFirst();
          if (numUpdatedRows === 0n) return underWay();
          const answer = await act(trx);
          if (!(answer instanceof Problem)) await mine.set({ answer: seal(answer, name) }).execute();
          return answer;
        }),
      );
    } catch (error) {
      await this.#writes.run([lock], (trx) =>
        trx
          .deleteFrom('idempotency_keys')
          .where('id', '=', id)
          .where('owner', '=', owner)
          .where('answer', 'is', null)
          .execute(),
      );
      throw error;
    }
  }
}

/** Whose keys these are. */
export function ownerOfKeys(caller: Caller): string {
  return caller.kind === 'box' ? `box:${caller.boxId}` : `integration:${caller.name}`;
}

async function begin(
  trx: WriteTransaction,
  { id, fingerprint, owner }: { id: string; fingerprint: string; owner: string },
  now: number,
): Promise<'mine' | { answer: string } | Problem> {
  await trx
    .deleteFrom('idempotency_keys')
    .where('started_at', '<', now - KEPT)
    .execute();
  const there = await trx
    .selectFrom('idempotency_keys')
    .select(['fingerprint', 'started_at', 'answer'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!there) {
    await trx
      .insertInto('idempotency_keys')
      .values({ id, fingerprint, owner, started_at: now, answer: null })
      .execute();
    return 'mine';
  }
  if (there.fingerprint !== fingerprint)
    return new Problem(422, 'idempotency-key-reused', 'This Idempotency-Key came with another request.');
  if (there.answer !== null) return { answer: there.answer };
  if (now - there.started_at < UNDER_WAY) return underWay();
  await trx.updateTable('idempotency_keys').set({ owner, started_at: now }).where('id', '=', id).execute();
  return 'mine';
}

function underWay(): Problem {
  return new Problem(409, 'request-under-way', 'The first request with this Idempotency-Key is under way.', {
    headers: { 'retry-after': '1' },
  });
}

function keyOf({ headers }: FastifyRequest): string | undefined {
  const header = headers['idempotency-key'];
  if (header === undefined) return undefined;
  const [, quoted, plain] = keyFormat.exec(String(header)) ?? [];
  const key = quoted ?? plain;
  if (key === undefined)
    throw new Problem(
      400,
      'invalid-idempotency-key',
      'Idempotency-Key must be a string of 1 to 255 characters.',
      {
        errors: [{ path: '/Idempotency-Key', message: 'is not valid' }],
      },
    );
  return key;
}

function orThrow<T>(result: T | Problem): T {
  if (result instanceof Problem) throw result;
  return result;
}

/**
 * Answers may hold what is told only once, such as the number of a card. They are kept encrypted with the
 * caller's key, of which only a hash is stored.
 */
function seal(answer: Answer, name: readonly string[]): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', digest(['answer', ...name]), nonce);
  const text = Buffer.concat([cipher.update(JSON.stringify(answer), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64');
}

function open<T>(sealed: string, name: readonly string[]): T {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', digest(['answer', ...name]), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
  return JSON.parse(text.toString('utf8')) as T;
}

function digest(parts: readonly unknown[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}
