import { PostgresAdapter, sql, type Kysely, type RawBuilder } from 'kysely';
import type { Database } from './schema.ts';

/**
 * `column in (values)`; on PostgreSQL with one parameter for all values: a command with hundreds of parameters, and
 * another number of them each time, takes it longer to read and to plan than to run.
 *
 * @param column as in the command, with the name of its table if there are several.
 */
export function isOneOf(
  db: Kysely<Database>,
  column: string,
  values: readonly string[],
): RawBuilder<boolean> {
  return db.getExecutor().adapter instanceof PostgresAdapter
    ? sql<boolean>`${sql.ref(column)} = any(${[...values]}::text[])`
    : sql<boolean>`${sql.ref(column)} in (${sql.join([...values])})`;
}
