import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { PhonePerson } from '../roster/phone-sessions.ts';

/** The rooms of a village, by id. */
export function roomsOf(db: Kysely<Database>, village: string): Promise<{ id: string; name: string }[]> {
  return db.selectFrom('rooms').select(['id', 'name']).where('village', '=', village).orderBy('id').execute();
}

/** Whether somebody is the secretary of the village in which a room is. */
export async function looksAfter(
  db: Kysely<Database>,
  { role, village }: PhonePerson,
  room: string,
): Promise<boolean> {
  const found = await db.selectFrom('rooms').select('village').where('id', '=', room).executeTakeFirst();
  return role === 'branch-secretary' && village !== null && found?.village === village;
}
