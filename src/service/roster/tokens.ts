import type { Kysely } from 'kysely';
import { v4 } from 'uuid';
import {
  ACCESS_LIFETIME,
  isFresh,
  REFRESH_LIFETIME,
  standingOf,
  UNUSED_KEPT,
} from '../../domain/roster/token-rotation.ts';
import type { Database } from '../db/schema.ts';
import type { WriteQueue, WriteTransaction } from '../db/write-queue.ts';
import type { Box } from './boxes.ts';
import { newSecret, secretHash } from './secrets.ts';

/** What a bound box is given. */
export interface TokenPair {
  accessToken: string;
  refreshToken: string;
  /** Of the access token, seconds. */
  expiresIn: number;
}

/** `<family>.<generation>.<secret>`: tells a superseded token from a mistyped one long after it was issued. */
const refreshFormat = /^([0-9a-f-]{36})\.(\d{1,9})\.([A-Za-z0-9_-]{43})$/;

/** The tokens of bound boxes: random, kept as hashes, in families that end together. */
export class Tokens {
  readonly #db: Kysely<Database>;
  readonly #writes: WriteQueue;
  readonly #now: () => number;

  constructor(db: Kysely<Database>, writes: WriteQueue, now: () => number) {
    this.#db = db;
    this.#writes = writes;
    this.#now = now;
  }

  /**
   * The bound box of an access token, with the people it may act for. The first use of a new token ends the
   * refresh tokens before it.
   */
  async find(accessToken: string): Promise<Box | undefined> {
    const now = this.#now();
    const hash = secretHash(accessToken);
    const rows = await this.#db
      .selectFrom('token_pairs')
      .innerJoin('token_families', 'token_families.id', 'token_pairs.family')
      .innerJoin('boxes', 'boxes.box_id', 'token_families.box_id')
      .innerJoin('bindings', 'bindings.box_id', 'boxes.box_id')
      .leftJoin('people', 'people.home', 'bindings.home')
      .select([
        'boxes.box_id',
        'boxes.person',
        'people.id as member',
        'token_pairs.generation',
        'token_pairs.issued_at',
        'token_families.generation as used',
      ])
      .where('token_pairs.access_hash', '=', hash)
      .execute();
    const [token] = rows;
    if (!token || !isFresh(token.issued_at, ACCESS_LIFETIME, now)) return undefined;
    if (standingOf(token.generation, token.used) === 'waiting' && !(await this.#use(token.box_id, hash)))
      return undefined;
    return {
      boxId: token.box_id,
      person: token.person,
      people: [token.person, ...rows.flatMap(({ member }) => member ?? [])],
    };
  }

  /**
   * The next pair for a refresh token.
   *
   * @returns `undefined` if the token is not good (any more); a superseded one ends its family.
   */
  async refresh(boxId: string, refreshToken: string): Promise<TokenPair | undefined> {
    const [, family = '', claimed, secret] = refreshFormat.exec(refreshToken) ?? [];
    if (secret === undefined) return undefined;
    return this.#writes.run([lockOf(boxId)], async (trx) => {
      const now = this.#now();
      const known = await trx
        .selectFrom('token_families')
        .select('generation')
        .where('id', '=', family)
        .where('box_id', '=', boxId)
        .executeTakeFirst();
      if (!known) return undefined;
      if (standingOf(Number(claimed), known.generation) === 'superseded') {
        await trx.deleteFrom('token_families').where('id', '=', family).execute();
        return undefined;
      }
      const pair = await trx
        .selectFrom('token_pairs')
        .select(['access_hash', 'generation', 'issued_at'])
        .where('refresh_hash', '=', secretHash(refreshToken))
        .executeTakeFirst();
      if (!pair || !isFresh(pair.issued_at, REFRESH_LIFETIME, now)) return undefined;
      if (standingOf(pair.generation, known.generation) === 'waiting')
        await markUsed(trx, boxId, pair.access_hash, now);
      return issuePair(trx, family, pair.generation + 1, now);
    });
  }

  /** @returns whether the token was still there. */
  #use(boxId: string, accessHash: string): Promise<boolean> {
    return this.#writes.run([lockOf(boxId)], (trx) => markUsed(trx, boxId, accessHash, this.#now()));
  }
}

/** What writes that touch a box's binding and tokens keep apart. */
export function lockOf(boxId: string): string {
  return `box:${boxId}`;
}

/** Begins a family for a box that has just been bound. */
export async function startFamily(trx: WriteTransaction, boxId: string, now: number): Promise<TokenPair> {
  const id = v4();
  await trx
    .insertInto('token_families')
    .values({ id, box_id: boxId, generation: 0, started_at: now })
    .execute();
  return issuePair(trx, id, 1, now);
}

/** Ends all families of a box. */
export async function endFamilies(trx: WriteTransaction, boxId: string): Promise<void> {
  await trx.deleteFrom('token_families').where('box_id', '=', boxId).execute();
}

async function issuePair(
  trx: WriteTransaction,
  family: string,
  generation: number,
  now: number,
): Promise<TokenPair> {
  const unused = await trx
    .selectFrom('token_pairs')
    .select('refresh_hash')
    .where('family', '=', family)
    .where('generation', '=', generation)
    .orderBy('issued_at', 'desc')
    .orderBy('refresh_hash')
    .execute();
  const tooMany = unused.slice(UNUSED_KEPT - 1).map(({ refresh_hash }) => refresh_hash);
  if (tooMany.length > 0) await trx.deleteFrom('token_pairs').where('refresh_hash', 'in', tooMany).execute();
  const accessToken = newSecret();
  const refreshToken = `${family}.${generation}.${newSecret()}`;
  await trx
    .insertInto('token_pairs')
    .values({
      refresh_hash: secretHash(refreshToken),
      access_hash: secretHash(accessToken),
      family,
      generation,
      issued_at: now,
    })
    .execute();
  return { accessToken, refreshToken, expiresIn: ACCESS_LIFETIME };
}

/**
 * Notes the first use of a pair: its sisters and the refresh tokens before it are dead. With a family's very
 * first use the code or card that began it is spent, and families that were never used end.
 */
async function markUsed(
  trx: WriteTransaction,
  boxId: string,
  accessHash: string,
  now: number,
): Promise<boolean> {
  const pair = await trx
    .selectFrom('token_pairs')
    .innerJoin('token_families', 'token_families.id', 'token_pairs.family')
    .select(['token_pairs.family', 'token_pairs.generation', 'token_families.generation as used'])
    .where('access_hash', '=', accessHash)
    .executeTakeFirst();
  if (!pair) return false;
  const { family, generation, used } = pair;
  if (standingOf(generation, used) !== 'waiting') return true;
  await trx.updateTable('token_families').set({ generation }).where('id', '=', family).execute();
  await trx
    .deleteFrom('token_pairs')
    .where('family', '=', family)
    .where('access_hash', '!=', accessHash)
    .where((where) =>
      // An access token lives its hour out, so that a request under way is not turned back.
      where.or([
        where('generation', '>=', generation),
        where('issued_at', '<', now - ACCESS_LIFETIME * 1000),
      ]),
    )
    .execute();
  if (used === 0) {
    await trx.deleteFrom('token_families').where('box_id', '=', boxId).where('generation', '=', 0).execute();
    await trx.deleteFrom('device_authorizations').where('box_id', '=', boxId).execute();
    await trx.updateTable('binding_cards').set({ spent: 1 }).where('box_id', '=', boxId).execute();
  }
  return true;
}
