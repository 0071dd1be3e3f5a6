import SqliteDatabase from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql, type Kysely } from 'kysely';
import { migrations } from '../db/migrations/index.ts';
import { openPostgres } from '../db/postgres.ts';
import type { Database } from '../db/schema.ts';
import { sqliteFile } from '../db/sqlite.ts';
import { checkDump, checkSqlite, sync, type DatabasePlace } from './backup.ts';
import { OperationRefused } from './operation-refused.ts';
import { connectionOf, runPostgresProgram } from './postgres-programs.ts';

/**
 * Fills an empty database from a file that `backup` wrote.
 *
 * @param force throws away what the database holds.
 * @throws {@link OperationRefused}
 */
export async function restore(place: DatabasePlace, file: string, force: boolean): Promise<void> {
  if (!existsSync(file)) throw new OperationRefused(`There is no file ${file}.`);
  if (place.databaseUrl) await restorePostgres(place.databaseUrl, file, force);
  else await restoreSqlite(join(place.data, sqliteFile), file, force);
}

async function restoreSqlite(to: string, file: string, force: boolean): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const unfinished = `${to}.unfinished`;
  try {
    await copyFile(file, unfinished);
    checkSqlite(unfinished);
    await fromThisVersionOrBefore(stepsIn(unfinished), file);
    if (existsSync(to)) {
      if (!force && holdsRows(to)) throw new OperationRefused(`${to} holds records; see restore --help.`);
      closeForGood(to);
    }
    await sync(unfinished);
    await rename(unfinished, to);
    await sync(to);
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** Names of the migrations that made a database. */
function stepsIn(file: string): string[] {
  const database = new SqliteDatabase(file, { readonly: true });
  try {
    return database.prepare('select name from kysely_migration').pluck().all() as string[];
  } catch {
    throw new OperationRefused('The file is a database of some other program.');
  } finally {
    database.close();
  }
}

async function fromThisVersionOrBefore(steps: readonly string[], file: string): Promise<void> {
  const ours = await migrations('sqlite').getMigrations();
  const unknown = steps.find((name) => !(name in ours));
  if (unknown !== undefined)
    throw new OperationRefused(`${file} is from a newer version of the service (${unknown}).`);
}

/** Tables that say whether a database is in use; the rest hang on them. */
const records = ['boxes', 'statements', 'checkpoints', 'ledger'] as const;

function holdsRows(file: string): boolean {
  const database = new SqliteDatabase(file, { readonly: true });
  try {
    const there = database.prepare("select name from sqlite_master where type = 'table'").pluck().all();
    return records.some(
      (table) =>
        there.includes(table) && database.prepare(`select 1 from ${table} limit 1`).get() !== undefined,
    );
  } finally {
    database.close();
  }
}

/** Folds the write-ahead log into the file, which SQLite allows only to its last user. */
function closeForGood(file: string): void {
  const database = new SqliteDatabase(file, { timeout: 0 });
  try {
    database.pragma('journal_mode = DELETE');
  } catch {
    throw new OperationRefused(`${file} is in use: stop the service first.`);
  } finally {
    database.close();
  }
}

async function restorePostgres(url: string, file: string, force: boolean): Promise<void> {
  await checkDump(file);
  const db = openPostgres(url, () => undefined);
  try {
    const tables = (await db.introspection.getTables({ withInternalKyselyTables: true })).map(
      ({ name }) => name,
    );
    if (!force && (await holdsRecords(db, tables)))
      throw new OperationRefused('The database holds records; see restore --help.');
    if (await othersConnected(db))
      throw new OperationRefused('Other programs are connected to the database: stop the service first.');
    await dropAll(db, tables);
  } finally {
    await db.destroy();
  }
  await runPostgresProgram(
    'pg_restore',
    ['--no-owner', '--no-privileges', '--single-transaction', '--exit-on-error', '--no-password', file],
    connectionOf(url),
  );
}

async function holdsRecords(db: Kysely<Database>, tables: readonly string[]): Promise<boolean> {
  for (const table of records)
    if (tables.includes(table)) {
      const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db);
      if (rows.length > 0) return true;
    }
  return false;
}

async function othersConnected(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
    limit 1`.execute(db);
  return rows.length > 0;
}

/** What this or another version of the service has made; what extensions brought along stays. */
async function dropAll(db: Kysely<Database>, tables: readonly string[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const table of tables) await sql`drop table if exists ${sql.table(table)} cascade`.execute(trx);
    const functions = await sql<{
      signature: string;
    }>`select oid::regprocedure::text as signature from pg_proc
      where pronamespace = current_schema()::regnamespace
        and not exists (select 1 from pg_depend where objid = pg_proc.oid and deptype = 'e')`.execute(trx);
    for (const { signature } of functions.rows)
      await sql.raw(`drop function if exists ${signature} cascade`).execute(trx);
  });
}
