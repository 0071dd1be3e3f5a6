import type { Kysely } from 'kysely';
import { maskedList, maskedName } from '../../domain/roster/masked-name.ts';
import type { Database } from '../db/schema.ts';
import { placeOf } from './bindings.ts';
import { peopleOfBranch } from './roster.ts';

interface Named {
  id: string;
  name: string;
}

/** Where a box stands and who is there, as its screen may show it. */
export type BoxView =
  | { state: 'unbound' }
  | {
      state: 'home';
      home: Named;
      village: Named;
      /** Names stay masked until a PIN is given. */
      people: { id: string; masked: string; role: string; hasPin: boolean }[];
    }
  | {
      state: 'room';
      room: Named;
      branch: Named | null;
      village: Named;
      /** The roll that the host calls: masked too, a room's screen and its box are anybody's. */
      people: { id: string; name: string; role: string }[];
    };

export async function boxView(db: Kysely<Database>, boxId: string): Promise<BoxView> {
  const place = await placeOf(db, boxId);
  if (!place) return { state: 'unbound' };
  const { id, name, village } = place;
  if (place.kind === 'home') {
    const people = await db
      .selectFrom('people')
      .leftJoin('pins', 'pins.person', 'people.id')
      .select(['people.id', 'people.name', 'people.role', 'pins.set_at'])
      .where('people.home', '=', id)
      .orderBy('people.id')
      .execute();
    return {
      state: 'home',
      home: { id, name: maskedHome(name) },
      village,
      people: maskedList(people).map(({ id, masked, tail }, index) => ({
        id,
        // Two of the same surname would else not know which of them is which.
        masked: tail === undefined ? masked : `${masked} ${tail}`,
        role: people[index]!.role,
        hasPin: people[index]!.set_at !== null,
      })),
    };
  }
  const branch = await db
    .selectFrom('rooms')
    .innerJoin('branches', 'branches.id', 'rooms.branch')
    .select(['branches.id', 'branches.name'])
    .where('rooms.id', '=', id)
    .executeTakeFirst();
  const people = branch ? await peopleOfBranch(db, branch.id) : [];
  return {
    state: 'room',
    room: { id, name },
    branch: branch ?? null,
    village,
    people: people.map(({ id, name, role }) => ({ id, name: maskedName(name), role })),
  };
}

/** A home is often called after a person: `王桂兰家` is shown as `王○○家`. */
export function maskedHome(name: string): string {
  const [, person, rest] = /^(.{2,4}?)(家|户|的家)$/.exec(name) ?? [];
  return person === undefined ? maskedName(name) : `${maskedName(person)}${rest ?? ''}`;
}
