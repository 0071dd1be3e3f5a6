import type { Kysely } from 'kysely';
import type { KnownPlaces } from '../../domain/roster/roster-file.ts';
import type { PersonRole, Roster } from '../../domain/roster/roster.ts';
import type { Database } from '../db/schema.ts';
import { slices } from '../db/slices.ts';
import type { WriteTransaction } from '../db/write-queue.ts';

/** How many of a kind came new, are different from now on, or were the same already. */
export interface Counts {
  added: number;
  changed: number;
  unchanged: number;
}

export type RosterChanges = Readonly<Record<keyof Roster, Counts>>;

/** Referred to first. */
const kinds = ['villages', 'branches', 'homes', 'rooms', 'people'] as const;

/** The whole roster, in the order of ids. */
export async function readRosterTables(db: Kysely<Database>): Promise<Roster> {
  const [villages, branches, homes, rooms, people] = await Promise.all([
    db.selectFrom('villages').select(['id', 'name']).orderBy('id').execute(),
    db.selectFrom('branches').select(['id', 'name', 'village']).orderBy('id').execute(),
    db.selectFrom('homes').select(['id', 'name', 'village']).orderBy('id').execute(),
    db.selectFrom('rooms').select(['id', 'name', 'village', 'branch']).orderBy('id').execute(),
    db.selectFrom('people').select(['id', 'name', 'role', 'branch', 'home']).orderBy('id').execute(),
  ]);
  return {
    villages,
    branches,
    homes,
    rooms,
    people: people.map((person) => ({ ...person, role: person.role as PersonRole })),
  };
}

export function knownPlaces({ villages, branches, homes }: Roster): KnownPlaces {
  return {
    villages: new Map(villages.map(({ id }) => [id, ''])),
    branches: new Map(branches.map(({ id, village }) => [id, village])),
    homes: new Map(homes.map(({ id, village }) => [id, village])),
  };
}

/** What putting one roster over another changes; what is not in it stays as it is. */
export function compareRosters(before: Roster, put: Roster): RosterChanges {
  const counts = (kind: keyof Roster): Counts => {
    const there = new Map(before[kind].map((one) => [one.id, textOf(one)]));
    const result = { added: 0, changed: 0, unchanged: 0 };
    for (const one of put[kind]) {
      const known = there.get(one.id);
      result[known === undefined ? 'added' : known === textOf(one) ? 'unchanged' : 'changed'] += 1;
    }
    return result;
  };
  return {
    villages: counts('villages'),
    branches: counts('branches'),
    homes: counts('homes'),
    rooms: counts('rooms'),
    people: counts('people'),
  };
}

/** Puts villages, branches, homes, rooms and people into the roster; those that are there are replaced. */
export async function putRoster(trx: WriteTransaction, roster: Roster, now: number): Promise<void> {
  for (const kind of kinds) {
    const lines: { id: string }[] = [...roster[kind]];
    for (const some of slices(lines)) {
      const rows = some.map((one) => ({ ...one, updated_at: now })) as never[];
      const names = Object.keys(rows[0] ?? {}).filter((name) => name !== 'id');
      await trx
        .insertInto(kind)
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet((set) =>
              Object.fromEntries(names.map((name) => [name, set.ref(`excluded.${name}` as never)])),
            ),
        )
        .execute();
    }
  }
}

function textOf(one: object): string {
  return JSON.stringify(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
}
