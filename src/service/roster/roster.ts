import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { WriteTransaction } from '../db/write-queue.ts';
import { Problem } from '../http/problems.ts';
import type { RosterPart } from './roster-schema.ts';

/** A village, branch, home, room or person, as it is read and written. */
export interface RosterEntry {
  id: string;
  name: string;
  village?: string;
  branch?: string | null;
  home?: string | null;
  role?: string;
}

/** A person as the roster has them. */
export interface RosterPerson {
  id: string;
  name: string;
  role: string;
  branch: string | null;
  home: string | null;
}

/** What each part points at. */
const references = {
  villages: {},
  branches: { village: 'villages' },
  homes: { village: 'villages' },
  rooms: { village: 'villages', branch: 'branches' },
  people: { branch: 'branches', home: 'homes' },
} as const satisfies Record<RosterPart, Partial<Record<'village' | 'branch' | 'home', RosterPart>>>;

/** What is not said is nothing. */
const unsaid = {
  villages: {},
  branches: {},
  homes: {},
  rooms: { branch: null },
  people: { branch: null, home: null },
} as const satisfies Record<RosterPart, Partial<RosterEntry>>;

/**
 * Writes an entry under its id, whole; the same again changes nothing.
 *
 * @returns 422 if it points at something that is not there.
 */
export async function putEntry(
  trx: WriteTransaction,
  part: RosterPart,
  { id, ...said }: RosterEntry,
  now: number,
): Promise<{ created: boolean; entry: RosterEntry } | Problem> {
  const entry = { ...unsaid[part], ...said };
  for (const [key, target] of Object.entries(references[part])) {
    const wanted = entry[key as keyof typeof entry];
    if (typeof wanted === 'string' && !(await findEntry(trx, target, wanted)))
      return new Problem(422, 'no-such-reference', `There is no such ${key}; write it first.`, {
        errors: [{ path: `/${key}`, message: 'is not in the roster' }],
      });
  }
  const old = await findEntry(trx, part, id);
  const values = { ...entry, updated_at: now };
  if (old) await trx.updateTable(part).set(values).where('id', '=', id).execute();
  // The columns of a part are the properties of its schema, which the entry has passed.
  else
    await trx
      .insertInto(part)
      .values({ id, ...values })
      .execute();
  return { created: !old, entry: { id, ...entry } };
}

export async function findEntry(
  db: Kysely<Database>,
  part: RosterPart,
  id: string,
): Promise<RosterEntry | undefined> {
  return db.selectFrom(part).selectAll().where('id', '=', id).executeTakeFirst();
}

/** Entries in the order of their ids. */
export async function listEntries(
  db: Kysely<Database>,
  part: RosterPart,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<RosterEntry[]> {
  let query = db.selectFrom(part).selectAll().orderBy('id').limit(limit);
  if (after !== undefined) query = query.where('id', '>', after);
  return query.execute();
}

/** The people of a branch, in the order of their ids. */
export async function peopleOfBranch(db: Kysely<Database>, branch: string): Promise<RosterPerson[]> {
  return db
    .selectFrom('people')
    .select(['id', 'name', 'role', 'branch', 'home'])
    .where('branch', '=', branch)
    .orderBy('id')
    .execute();
}

/** A person's role, or `undefined` if the roster does not know them. */
export async function roleOf(db: Kysely<Database>, person: string): Promise<string | undefined> {
  const found = await db.selectFrom('people').select('role').where('id', '=', person).executeTakeFirst();
  return found?.role;
}
