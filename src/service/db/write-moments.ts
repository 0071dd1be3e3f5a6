import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Database } from './schema.ts';

/** First number of these locks; `arrivals-barrier.ts` has 1. */
const MOMENTS = 2;

/**
 * Says from which moment on a transaction on PostgreSQL may stamp rows with the time of storing, as part of a
 * `select`: a lock that keeps nobody out and that all processes see until what was stamped is visible. So a
 * transaction must tell the time only after it.
 *
 * @param moment milliseconds since 1970; the lock holds its lower 32 bits, which come again after 49 days.
 */
export function mayStampFrom(moment: number): RawBuilder<unknown> {
  return sql`pg_advisory_xact_lock_shared(${MOMENTS}, ${moment | 0})`;
}

/**
 * The earliest moment that a transaction under way, of any process, may stamp rows with; `undefined` if all of them
 * are later than now. As good as the clocks of the processes' machines agree.
 *
 * @param now milliseconds since 1970.
 */
export async function earliestStamp(db: Kysely<Database>, now: number): Promise<number | undefined> {
  const { rows } = await sql<{ moment: number }>`
    select objid::bigint as moment from pg_locks
    where locktype = 'advisory' and classid = ${MOMENTS} and objsubid = 2
      and database = (select oid from pg_database where datname = current_database())`.execute(db);
  const ages = rows.map(({ moment }) => (now - moment) | 0).filter((age) => age >= 0);
  return ages.length === 0 ? undefined : now - Math.max(...ages);
}
