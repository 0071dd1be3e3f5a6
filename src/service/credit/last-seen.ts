import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { slices } from '../db/slices.ts';

/** When some people last studied, alone, together or by a sheet of paper: milliseconds since 1970. */
export async function lastSeen(
  db: Kysely<Database>,
  persons: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const some of slices(persons)) {
    const rows = await db
      .selectFrom('sessions')
      .select(['person', ({ fn }) => fn.max('last_at').as('at')])
      .where('person', 'in', [...some])
      // Of a session that was voided, or that never got so far, nothing was played.
      .where('json', 'not like', '%"claimed":[]%')
      .groupBy('person')
      .execute();
    for (const { person, at } of rows) found.set(person, Number(at));
  }
  return found;
}
