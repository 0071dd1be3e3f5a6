import { CompiledQuery, PostgresAdapter, sql, type Insertable, type Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Adds many rows of the same columns; on the write path of every request. */
export async function insertRows<Table extends keyof Database>(
  db: Kysely<Database>,
  table: Table,
  rows: readonly Insertable<Database[Table]>[],
): Promise<void> {
  await insert(db, table, rows, '');
}

/** As {@link insertRows}; a row with the same key is replaced. */
export async function upsertRows<Table extends keyof Database>(
  db: Kysely<Database>,
  table: Table,
  rows: readonly Insertable<Database[Table]>[],
  key: readonly (keyof Database[Table] & string)[],
): Promise<void> {
  const others = Object.keys(rows[0] ?? {}).filter((column) => !(key as readonly string[]).includes(column));
  const set = others.map((column) => `${column} = excluded.${column}`).join();
  await insert(db, table, rows, ` on conflict (${key.join()}) do update set ${set}`);
}

/** As {@link insertRows}; the rows' numbers in the order of arrival, by their ids. */
export async function insertStatements(
  db: Kysely<Database>,
  rows: readonly Insertable<Database['statements']>[],
): Promise<Map<string, number>> {
  const numbered = await insert(db, 'statements', rows, ' returning id, seq');
  return new Map((numbered as { id: string; seq: number }[]).map(({ id, seq }) => [id, seq]));
}

async function insert<Table extends keyof Database>(
  db: Kysely<Database>,
  table: Table,
  rows: readonly Insertable<Database[Table]>[],
  clause: string,
): Promise<unknown[]> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) return insertAsJson(db, table, rows, clause);
  if (rows.length === 0) return [];
  const columns = Object.keys(rows[0]!);
  const places = columns.map(() => '?').join();
  const text = `insert into ${table} (${columns.join()}) values (${places}) ${clause}`;
  const values = rows.map((row) => columns.map((column) => (row as Record<string, unknown>)[column]));
  return (await db.executeQuery(CompiledQuery.raw(text, values))).rows;
}

/** What no JSON text contains. */
const SEPARATOR = '\x1e';

/**
 * On PostgreSQL all rows travel as two values, instead of a parameter for each column of each row, which both
 * sides would have to read one by one: the columns named `json` as one text, so that their many quotes need not be
 * marked and unmarked, the others as JSON, which is taken apart by the table's own types. Not for tables with bytes.
 */
async function insertAsJson<Table extends keyof Database>(
  db: Kysely<Database>,
  table: Table,
  rows: readonly Insertable<Database[Table]>[],
  clause: string,
): Promise<unknown[]> {
  if (rows.length === 0) return [];
  const columns = Object.keys(rows[0]!);
  const texts: unknown[] = [];
  const others = rows.map(({ json, ...row }: { json?: unknown }) => {
    if (json !== undefined) texts.push(json);
    return row;
  });
  const of = sql`json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(others)}::json)`;
  const source = columns.includes('json')
    ? sql`rows from (${of}, unnest(string_to_array(${texts.join(SEPARATOR)}, ${SEPARATOR})))`
    : of;
  const selected = sql.join(columns.map((column) => sql.ref(column === 'json' ? 'unnest' : column)));
  const command = sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
    select ${selected} from ${source} as given ${sql.raw(clause)}`;
  return (await command.execute(db)).rows;
}
