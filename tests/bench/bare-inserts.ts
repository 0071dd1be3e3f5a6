/** Plain multi-row inserts in one process: the floor that the service's intake is compared with. */
import SqliteDatabase from 'better-sqlite3';
import { readFileSync } from 'node:fs';
import pg from 'pg';

export interface BareOrder {
  dialect: 'sqlite' | 'postgres';
  /** File of the SQLite database, or address of the PostgreSQL one; its tables are there and empty. */
  target: string;
  /** JSON: {@link BareRows}. */
  file: string;
  /** Batches that are inserted before the clock starts. */
  warmUp: number;
}

/** For each batch the rows of each table, as lists of values. */
export interface BareRows {
  columns: Readonly<Record<string, readonly string[]>>;
  batches: readonly Readonly<Record<string, readonly (readonly unknown[])[]>>[];
}

function commands({ columns, batches }: BareRows, place: (index: number) => string) {
  return batches.map((tables) =>
    Object.entries(tables)
      .filter(([, rows]) => rows.length > 0)
      .map(([table, rows]) => {
        const names = columns[table]!;
        const values = rows.map(
          (row, at) => `(${row.map((_, index) => place(at * names.length + index + 1)).join()})`,
        );
        return {
          text: `insert into ${table} (${names.join()}) values ${values.join()}`,
          parameters: rows.flat(),
        };
      }),
  );
}

/** Milliseconds for all batches, each in a transaction that is synced before the next begins. */
async function insert({ dialect, target, file, warmUp }: BareOrder): Promise<number> {
  const rows = JSON.parse(readFileSync(file, 'utf8')) as BareRows;
  if (dialect === 'sqlite') {
    const database = new SqliteDatabase(target);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    const prepared = new Map<string, SqliteDatabase.Statement>();
    const work = commands(rows, () => '?').map((batch) =>
      batch.map(({ text, parameters }) => {
        const statement = prepared.get(text) ?? database.prepare(text);
        prepared.set(text, statement);
        return { statement, parameters };
      }),
    );
    const commit = database.transaction((batch: (typeof work)[number]) => {
      for (const { statement, parameters } of batch) statement.run(parameters);
    });
    for (const batch of work.slice(0, warmUp)) commit(batch);
    const start = performance.now();
    for (const batch of work.slice(warmUp)) commit(batch);
    const ms = performance.now() - start;
    database.close();
    return ms;
  }
  const client = new pg.Client({ connectionString: target });
  await client.connect();
  const names = new Map<string, string>();
  const work = commands(rows, (index) => `$${index}`).map((batch) =>
    batch.map(({ text, parameters }) => {
      const name = names.get(text) ?? `insert${names.size}`;
      names.set(text, name);
      return { name, text, values: parameters };
    }),
  );
  const commit = async (batch: (typeof work)[number]): Promise<void> => {
    // One command commits by itself.
    if (batch.length === 1) return void (await client.query(batch[0]!));
    await client.query('begin');
    for (const command of batch) await client.query(command);
    await client.query('commit');
  };
  for (const batch of work.slice(0, warmUp)) await commit(batch);
  const start = performance.now();
  for (const batch of work.slice(warmUp)) await commit(batch);
  const ms = performance.now() - start;
  await client.end();
  return ms;
}

process.once('message', (order: BareOrder) => {
  insert(order).then(
    (ms) => process.send!({ ms }, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
