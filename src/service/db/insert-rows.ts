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
  returning: '' | ' returning id, seq',
): Promise<unknown[]> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) return insertAsJson(db, table, rows, returning);
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
    returned.push(...(await db.executeQuery(CompiledQuery.raw(text + returning, values))).rows);
  }
  return returned;
}

/**
 * On PostgreSQL all rows travel as one value, which it takes apart by the table's own types: one short command
 * instead of a parameter for each column of each row, which both sides would have to read one by one. Not for
 * tables with bytes.
 */
async function insertAsJson<Table extends keyof Database>(
  db: Kysely<Database>,
  table: Table,
  rows: readonly Insertable<Database[Table]>[],
  returning: '' | ' returning id, seq',
): Promise<unknown[]> {
  if (rows.length === 0) return [];
  const columns = sql.join(Object.keys(rows[0]!).map((column) => sql.ref(column)));
  const command = sql`insert into ${sql.table(table)} (${columns})
    select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::json)`;
  return (await sql`${command}${sql.raw(returning)}`.execute(db)).rows;
}
