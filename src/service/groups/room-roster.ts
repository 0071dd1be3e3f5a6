import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';

/** A person who may be on the list of a room. */
export interface RoomPerson {
  id: string;
  name: string;
}

/** The room a box is bound to, if it is bound to one. */
export async function roomOf(db: Kysely<Database>, boxId: string): Promise<string | undefined> {
  const binding = await db
    .selectFrom('bindings')
    .select('room')
    .where('box_id', '=', boxId)
    .executeTakeFirst();
  return binding?.room ?? undefined;
}

/** The people of a room: of its branch, or of its village where it belongs to no branch. By id. */
export async function peopleOfRoom(db: Kysely<Database>, room: string): Promise<RoomPerson[]> {
  const place = await db
    .selectFrom('rooms')
    .select(['village', 'branch'])
    .where('id', '=', room)
    .executeTakeFirst();
  if (!place) return [];
  const people = db.selectFrom('people').select(['people.id', 'people.name']).orderBy('people.id');
  if (place.branch !== null) return people.where('branch', '=', place.branch).execute();
  return people
    .leftJoin('homes', 'homes.id', 'people.home')
    .leftJoin('branches', 'branches.id', 'people.branch')
    .where((where) =>
      where.or([where('homes.village', '=', place.village), where('branches.village', '=', place.village)]),
    )
    .execute();
}

/** Those of some persons whom the roster knows. */
export async function knownPeople(db: Kysely<Database>, persons: readonly string[]): Promise<Set<string>> {
  if (persons.length === 0) return new Set();
  const rows = await db
    .selectFrom('people')
    .select('id')
    .where('id', 'in', [...persons])
    .execute();
  return new Set(rows.map(({ id }) => id));
}

export async function roomName(db: Kysely<Database>, room: string): Promise<string | undefined> {
  const row = await db.selectFrom('rooms').select('name').where('id', '=', room).executeTakeFirst();
  return row?.name;
}

/** Nothing heard of a session for so long, and it is over or without network: its code is no use then. */
const SILENCE = 3_600_000;

/** The sessions that are under way, by village and room. */
export function openSessions(
  db: Kysely<Database>,
  now: number,
): Promise<{ session: string; room: string; village: string }[]> {
  return db
    .selectFrom('group_sessions')
    .innerJoin('rooms', 'rooms.id', 'group_sessions.room')
    .innerJoin('villages', 'villages.id', 'rooms.village')
    .select(['group_sessions.id as session', 'rooms.name as room', 'villages.name as village'])
    .where('group_sessions.seconds_at', '>', now - SILENCE)
    .orderBy('villages.id')
    .orderBy('rooms.id')
    .execute();
}
