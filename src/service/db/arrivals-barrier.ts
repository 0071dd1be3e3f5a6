import { sql, type Kysely } from 'kysely';
import type { Dialect } from './migrations/dialect.ts';
import type { Database } from './schema.ts';

/** An advisory lock with two numbers never meets those of one number that keep people's writes apart. */
const arrivals = sql`1, 1`;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Says that a transaction may number rows, as part of a `select`. First of all, before any other lock: who waits in
 * {@link arrivedForGood} waits for nothing else.
 */
export const mayNumberRows = sql`pg_advisory_xact_lock_shared(${arrivals})`;

/**
 * The number up to which all statements that will ever be there are there. PostgreSQL numbers rows before
 * their commit: while a transaction is under way, one with a higher number may be visible already and one
 * with a lower number not yet. Waits for the transactions under way, and new ones wait meanwhile.
 *
 * @returns `undefined` if a transaction took longer than a second: ask again.
 */
export async function arrivedForGood(db: Kysely<Database>, dialect: Dialect): Promise<number | undefined> {
  const last = async (on: Kysely<Database>): Promise<number> => {
    const row = await on
      .selectFrom('statements')
      .select(({ fn }) => fn.max('seq').as('seq'))
      .executeTakeFirst();
    return row?.seq ?? 0;
  };
  // One writer at a time: what is visible is all.
  if (dialect === 'sqlite') return last(db);
  try {
    return await db.transaction().execute(async (trx) => {
      await sql`set local lock_timeout = '1s'`.execute(trx);
      await sql`select pg_advisory_xact_lock(${arrivals})`.execute(trx);
      return last(trx);
    });
  } catch (error) {
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return undefined;
    throw error;
  }
}
