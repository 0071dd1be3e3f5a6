import { sql, type Kysely } from 'kysely';
import type { Dialect } from './migrations/dialect.ts';
import type { Database } from './schema.ts';

/** Months that are made ahead: a service that is not looked after for so long still has its partitions. */
const AHEAD = 3;

/** When a month begins, UTC, in milliseconds since 1970. */
export function monthStart(now: number, later: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1);
}

/** PostgreSQL's codes for a span that has a partition already, or rows in the default one. */
const TAKEN = ['42P17', '23514'];

/**
 * Makes the partitions of the coming months on PostgreSQL, where there are none. What is stored in a month
 * without one goes to the default partition, and stays there.
 *
 * @param now milliseconds since 1970.
 * @returns names of the partitions that were made.
 */
export async function makeMonths(db: Kysely<Database>, dialect: Dialect, now: number): Promise<string[]> {
  if (dialect === 'sqlite') return [];
  const made: string[] = [];
  for (let later = 1; later <= AHEAD; later += 1) {
    const from = monthStart(now, later);
    const name = `statements_${new Date(from).toISOString().slice(0, 7).replace('-', '_')}`;
    if (await makeMonth(db, name, from, monthStart(now, later + 1))) made.push(name);
  }
  return made;
}

async function makeMonth(db: Kysely<Database>, name: string, from: number, to: number): Promise<boolean> {
  try {
    return await db.transaction().execute(async (trx) => {
      // Of several processes one makes it.
      await sql`select pg_advisory_xact_lock(hashtextextended('statement months', 0))`.execute(trx);
      const { rows } = await sql`select where to_regclass(${name}) is null`.execute(trx);
      if (rows.length === 0) return false;
      await sql`create table ${sql.table(name)} partition of statements
        for values from (${sql.lit(from)}) to (${sql.lit(to)})`.execute(trx);
      return true;
    });
  } catch (error) {
    if (TAKEN.includes((error as { code?: string }).code ?? '')) return false;
    throw error;
  }
}
