import SqliteDatabase from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CompiledQuery, Kysely, SqliteDialect, SqliteDriver, type DatabaseConnection } from 'kysely';
import type { Database } from './schema.ts';

/** The database's file in the data folder. */
export const sqliteFile = 'study-credit.sqlite';

/**
 * Opens the embedded database, made if it is not there. WAL with `synchronous=FULL`: what is committed has
 * been synced to the disk (NORMAL lost rows in simulated power cuts).
 *
 * @throws an error of the file system or of SQLite when the folder cannot be made or written.
 */
export function openSqlite(folder: string): Kysely<Database> {
  mkdirSync(folder, { recursive: true });
  const database = new SqliteDatabase(join(folder, sqliteFile));
  try {
    database.pragma('busy_timeout = 5000');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
  } catch (error) {
    database.close();
    throw error;
  }
  return new Kysely({ dialect: new ImmediateSqliteDialect({ database }) });
}

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #config: { database: SqliteDatabase.Database };

  constructor(config: { database: SqliteDatabase.Database }) {
    super(config);
    this.#config = config;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateSqliteDriver(this.#config);
  }
}

/**
 * Begins transactions as writers. A transaction that reads first and then writes fails at once, without
 * waiting, when another process wrote in between.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}
