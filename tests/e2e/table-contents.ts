import { sql, type Kysely } from 'kysely';
import type { Database } from '../../src/service/db/schema.ts';

/** All rows of every table of an SQLite database, by table, as text: equal if nothing has changed. */
export async function tableContents(db: Kysely<Database>): Promise<Record<string, string[]>> {
  const tables = await db.introspection.getTables();
  const contents: Record<string, string[]> = {};
  for (const { name } of tables) {
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(db);
    contents[name] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return contents;
}
