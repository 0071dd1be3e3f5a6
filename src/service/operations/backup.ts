import SqliteDatabase from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sqliteFile } from '../db/sqlite.ts';
import { OperationRefused } from './operation-refused.ts';
import { connectionOf, runPostgresProgram } from './postgres-programs.ts';

/** Where the database is: in a folder of this machine, or behind an address. */
export interface DatabasePlace {
  databaseUrl?: string | undefined;
  data: string;
}

/**
 * Writes the whole database, as it is at one moment, to a file. It gets its name only after it has been
 * synced to the disk and read back without a fault.
 *
 * @throws {@link OperationRefused}
 */
export async function backup({ databaseUrl, data }: DatabasePlace, file: string): Promise<void> {
  if (existsSync(file)) throw new OperationRefused(`${file} is there already; choose another name.`);
  const unfinished = `${file}.unfinished`;
  await rm(unfinished, { force: true });
  try {
    if (databaseUrl) await dump(databaseUrl, unfinished);
    else await copy(join(data, sqliteFile), unfinished);
    await sync(unfinished);
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** SQLite's online backup: readers and writers go on meanwhile. */
async function copy(from: string, to: string): Promise<void> {
  if (!existsSync(from)) throw new OperationRefused(`There is no database ${from}; see --data.`);
  const source = new SqliteDatabase(from, { fileMustExist: true });
  try {
    // In one step: a copy in several begins anew whenever the service writes between them.
    await source.backup(to, { progress: () => 0x7fffffff });
  } finally {
    source.close();
  }
  checkSqlite(to);
}

/**
 * Makes an SQLite file stand alone, without a write-ahead log beside it, and reads all of it.
 *
 * @throws {@link OperationRefused} when it is no database or has faults.
 */
export function checkSqlite(file: string): void {
  let found: unknown;
  let database: SqliteDatabase.Database | undefined;
  try {
    database = new SqliteDatabase(file, { fileMustExist: true });
    database.pragma('journal_mode = DELETE');
    found = database.pragma('integrity_check', { simple: true });
  } catch (error) {
    found = (error as Error).message;
  } finally {
    database?.close();
  }
  if (found !== 'ok') throw new OperationRefused(`${file} is not a whole database: ${String(found)}.`);
}

async function dump(url: string, to: string): Promise<void> {
  const connection = connectionOf(url);
  await runPostgresProgram('pg_dump', ['--format=custom', `--file=${to}`, '--no-password'], connection);
  await checkDump(to);
}

/**
 * Unpacks all of a pg_dump archive without using it.
 *
 * @throws {@link OperationRefused} when it cannot be read to its end.
 */
export async function checkDump(file: string): Promise<void> {
  await runPostgresProgram('pg_restore', ['--file=/dev/null', file]);
}

/** Resolves when a file's content is on the disk. */
export async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync();
  await handle.close();
}
