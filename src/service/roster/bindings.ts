import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { WriteTransaction } from '../db/write-queue.ts';
import { endFamilies } from './tokens.ts';

/** Where a box may stand. */
export type Place = { home: string; room: null } | { home: null; room: string };

/** A place in words, for the one who has to confirm it. */
export interface PlaceInWords {
  kind: 'home' | 'room';
  id: string;
  name: string;
  village: { id: string; name: string };
}

/** Puts a box into a home or room; what it was given at an earlier place is void. */
export async function bind(
  trx: WriteTransaction,
  boxId: string,
  { home, room }: Place,
  by: string,
  now: number,
): Promise<void> {
  const values = { home, room, bound_at: now, bound_by: by };
  await endFamilies(trx, boxId);
  await trx
    .insertInto('bindings')
    .values({ box_id: boxId, ...values })
    .onConflict((conflict) => conflict.column('box_id').doUpdateSet(values))
    .execute();
}

/** Takes a box out of its home or room: its tokens end, codes and cards it holds are void. */
export async function unbind(trx: WriteTransaction, boxId: string): Promise<void> {
  await endFamilies(trx, boxId);
  await trx.deleteFrom('device_authorizations').where('box_id', '=', boxId).execute();
  await trx.updateTable('binding_cards').set({ spent: 1 }).where('box_id', '=', boxId).execute();
  await trx.deleteFrom('bindings').where('box_id', '=', boxId).execute();
}

/** Where a box stands; `undefined` if it is unbound. */
export async function placeOf(db: Kysely<Database>, boxId: string): Promise<PlaceInWords | undefined> {
  const binding = await db
    .selectFrom('bindings')
    .select(['home', 'room'])
    .where('box_id', '=', boxId)
    .executeTakeFirst();
  return binding && placeInWords(db, binding);
}

/** `undefined` if there is no such home or room. */
export async function placeInWords(
  db: Kysely<Database>,
  { home, room }: { home: string | null; room: string | null },
): Promise<PlaceInWords | undefined> {
  const kind = home === null ? 'room' : 'home';
  const id = home ?? room ?? '';
  const place = await db
    .selectFrom(kind === 'home' ? 'homes' : 'rooms')
    .select(['name', 'village'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!place) return undefined;
  const village = await db
    .selectFrom('villages')
    .select(['id', 'name'])
    .where('id', '=', place.village)
    .executeTakeFirstOrThrow();
  return { kind, id, name: place.name, village };
}
