import SqliteDatabase from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  CompiledQuery,
  Kysely,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type SqliteDatabase as SqliteConnection,
  type SqliteDialectConfig,
  type SqliteStatement,
} from 'kysely';
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
  return new Kysely({ dialect: new ImmediateSqliteDialect({ database: withPreparedStatements(database) }) });
}

/** How many prepared statements are kept. */
const PREPARED = 200;

/** Keeps prepared statements: preparing takes as long as running most of ours. */
function withPreparedStatements(database: SqliteDatabase.Database): SqliteConnection {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => {
      database.close();
    },
    prepare: (text) => {
      const known = prepared.get(text);
      if (known) return known;
      const statement = database.prepare(text) as unknown as SqliteStatement;
      if (prepared.size >= PREPARED) prepared.clear();
      prepared.set(text, statement);
      return statement;
    },
  };
}

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
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
