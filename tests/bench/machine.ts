import SqliteDatabase from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { postgresPrograms } from '../e2e/postgres-server.ts';

/** What a figure was measured on, in one line. */
export function machine(): string {
  const database = new SqliteDatabase(':memory:');
  const sqlite = database.prepare('select sqlite_version()').pluck().get() as string;
  database.close();
  const programs = postgresPrograms();
  const postgres =
    programs === undefined
      ? 'no PostgreSQL'
      : execFileSync(join(programs, 'postgres'), ['--version'], { encoding: 'utf8' }).replace(
          /^.*\) |\n/g,
          '',
        );
  return [
    `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB`,
    `Node ${process.version}`,
    `SQLite ${sqlite}`,
    postgres,
  ].join(', ');
}
