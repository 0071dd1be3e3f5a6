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

/**
 * As {@link isOneOf}, for two columns together: of two lists the databases would look up each value of one with each
 * of the other.
 */
export function isOneOfPairs(
  db: Kysely<Database>,
  columns: readonly [string, string],
  pairs: readonly (readonly [string, string])[],
): RawBuilder<boolean> {
  const names = sql.join(columns.map((column) => sql.ref(column)));
  if (!(db.getExecutor().adapter instanceof PostgresAdapter))
    return sql<boolean>`(${names}) in (values ${sql.join(pairs.map(([one, other]) => sql`(${one}, ${other})`))})`;
  const [ones, others] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
  return sql<boolean>`(${names}) in (select * from unnest(${ones}::text[], ${others}::text[]))`;
}
