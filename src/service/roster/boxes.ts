import type { Kysely } from 'kysely';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Database } from '../db/schema.ts';
import type { WriteTransaction } from '../db/write-queue.ts';

/** A set-top box, and the people whose records it may read and write. */
export interface Box {
  boxId: string;
  /** The default viewer of its home. */
  person: string;
  /** The default viewer and, for a box with a token of its home, the people of the home. */
  people: readonly string[];
}

export type Registration = 'registered' | 'known' | 'box-key-mismatch' | 'person-mismatch' | 'person-has-box';

/** What a box's id looks like. */
export const boxIdPattern = '^[A-Za-z0-9_-]{3,64}$';

export function isBoxId(text: string): boolean {
  return new RegExp(boxIdPattern).test(text);
}

/** How many boxes are kept in memory; the rest are looked up. */
const REMEMBERED = 20_000;

/** The boxes that have introduced themselves. Only a hash of a box's key is kept. */
export class Boxes {
  readonly #db: Kysely<Database>;
  readonly #known = new Map<string, { keyHash: Buffer; person: string }>();

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** The box with this id and key, or `undefined`. */
  async find(boxId: string, boxKey: string): Promise<Box | undefined> {
    const box = this.#known.get(boxId) ?? (await this.#load(boxId));
    if (!box || !timingSafeEqual(box.keyHash, hash(boxKey))) return undefined;
    return { boxId, person: box.person, people: [box.person] };
  }

  async #load(boxId: string): Promise<{ keyHash: Buffer; person: string } | undefined> {
    const row = await this.#db
      .selectFrom('boxes')
      .select(['key_hash', 'person'])
      .where('box_id', '=', boxId)
      .executeTakeFirst();
    if (!row) return undefined;
    const box = { keyHash: Buffer.from(row.key_hash, 'hex'), person: row.person };
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(boxId, box);
    return box;
  }
}

/**
 * Registers a box; the same box, key and person again change nothing. A person has one box until people can
 * be bound to more by a later means than an open door.
 */
export async function registerBox(
  trx: WriteTransaction,
  { boxId, boxKey, person }: { boxId: string; boxKey: string; person: string },
  now: number,
): Promise<Registration> {
  const keyHash = hash(boxKey);
  const found = await trx
    .selectFrom('boxes')
    .select(['box_id', 'key_hash', 'person'])
    .where((where) => where.or([where('box_id', '=', boxId), where('person', '=', person)]))
    .execute();
  const box = found.find(({ box_id }) => box_id === boxId);
  if (box) {
    if (!timingSafeEqual(Buffer.from(box.key_hash, 'hex'), keyHash)) return 'box-key-mismatch';
    return box.person === person ? 'known' : 'person-mismatch';
  }
  if (found.length > 0) return 'person-has-box';
  await trx
    .insertInto('boxes')
    .values({ box_id: boxId, key_hash: keyHash.toString('hex'), person, registered_at: now })
    .execute();
  return 'registered';
}

function hash(boxKey: string): Buffer {
  return createHash('sha256').update(boxKey).digest();
}
