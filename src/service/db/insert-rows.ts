import { CompiledQuery, PostgresAdapter, sql, type Insertable, type Kysely } from 'kysely';
import type { Database } from './schema.ts';
import { slices } from './slices.ts';

/** Rows in one command: few texts to keep, and as good as more. */
const TOGETHER = 100;
/** Commands by table, columns and number of rows: to build one takes longer than to run it. */
const texts = new Map<string, string>();
const TEXTS = 1000;

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
  const returned: unknown[] = [];
  for (const some of slices(rows, TOGETHER)) {
    const columns = Object.keys(some[0]!);
    const key = `${table} ${columns.join()} ${some.length}`;
    let text = texts.get(key);
    if (text === undefined) {
      text = db.insertInto(table).values(some).compile().sql;
      if (texts.size >= TEXTS) texts.clear();
      texts.set(key, text);
    }
    const values = some.flatMap((row) => columns.map((column) => (row as Record<string, unknown>)[column]));
    returned.push(...(await db.executeQuery(CompiledQuery.raw(text + clause, values))).rows);
  }
  return returned;
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
