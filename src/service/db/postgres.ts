import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { preparing } from './prepared-statements.ts';
import type { Database } from './schema.ts';

/**
 * A pool of connections to PostgreSQL 14 or newer.
 *
 * @param onIdleError told when a connection that nobody is using breaks (the server was restarted); the pool
 *   makes a new one.
 */
export function openPostgres(url: string, onIdleError: (error: Error) => void): Kysely<Database> {
  const types = new pg.TypeOverrides();
  // Sequence numbers and milliseconds are far below 2^53.
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    // However quiet it is: a restore asks the database whether somebody is still connected.
    min: 1,
    connectionTimeoutMillis: 5000,
    types,
  });
  pool.on('error', onIdleError);
  return new Kysely({ dialect: new PostgresDialect({ pool: preparing(pool) }) });
}
