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
 * Pages in the log before they are carried into the database, instead of SQLite's 1,000: a page that many
 * transactions change is carried once for all of them.
 */
const CHECKPOINT = 8000;

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
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT}`);
  } catch (error) {
    database.close();
    throw error;
  }
  return new Kysely({ dialect: new ImmediateSqliteDialect({ database: withPreparedStatements(database) }) });
}

/** How many prepared statements are kept. */
const PREPARED = 200;

/**
 * Keeps prepared statements: preparing takes as long as running most of ours. Parameters that are lists are rows:
 * the statement runs for each of them, which for long rows is cheaper than one statement for all.
 */
function withPreparedStatements(database: SqliteDatabase.Database): SqliteConnection {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => {
      database.close();
    },
    prepare: (text) => {
      const known = prepared.get(text);
      if (known) return known;
      const statement = forEachRow(database.prepare(text));
      if (prepared.size >= PREPARED) prepared.clear();
      prepared.set(text, statement);
      return statement;
    },
  };
}

/** Runs for each row where it is given rows. */
function forEachRow(one: SqliteDatabase.Statement): SqliteStatement {
  const areRows = (parameters: readonly unknown[]): parameters is unknown[][] => Array.isArray(parameters[0]);
  return {
    reader: one.reader,
    all: (parameters) =>
      areRows(parameters) ? parameters.flatMap((row) => one.all(row)) : one.all(parameters),
    run: (parameters) => {
      if (!areRows(parameters)) return one.run(parameters);
      return parameters.map((row) => one.run(row))[parameters.length - 1]!;
    },
    iterate: (parameters) => one.iterate(parameters),
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
