import { Migrator, sql, type Kysely } from 'kysely';
import type { Dialect } from './migrations/dialect.ts';
import { migrations } from './migrations/index.ts';
import { openPostgres } from './postgres.ts';
import type { Database } from './schema.ts';
import { openSqlite } from './sqlite.ts';

export interface OpenDatabase {
  db: Kysely<Database>;
  dialect: Dialect;
}

/** `url`: a `postgres://` address; without one the embedded SQLite in `folder` is meant. */
export interface DatabaseAddress {
  url?: string | undefined;
  folder: string;
}

/** A database that cannot be opened, in words for the one who runs the service. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/**
 * Opens the database and brings it to today's schema.
 *
 * @param onIdleError told when a connection that nobody uses breaks.
 * @throws {@link DatabaseUnavailable}
 */
export async function openDatabase(
  place: DatabaseAddress,
  onIdleError: (error: Error) => void,
): Promise<OpenDatabase> {
  return (await openAndMigrate(place, onIdleError)).database;
}

/**
 * Brings the database to today's schema.
 *
 * @returns the names of the steps that were missing.
 * @throws {@link DatabaseUnavailable}
 */
export async function migrateDatabase(place: DatabaseAddress): Promise<string[]> {
  const { database, steps } = await openAndMigrate(place, () => undefined);
  await database.db.destroy();
  return steps;
}

async function openAndMigrate(
  { url, folder }: DatabaseAddress,
  onIdleError: (error: Error) => void,
): Promise<{ database: OpenDatabase; steps: string[] }> {
  const dialect: Dialect = url ? 'postgres' : 'sqlite';
  let db: Kysely<Database> | undefined;
  try {
    if (url && !/^postgres(ql)?:\/\//.test(url)) throw new Error('it does not start with postgres://');
    db = url ? openPostgres(url, onIdleError) : openSqlite(folder);
    const steps = await migrate(db, dialect);
    return { database: { db, dialect }, steps };
  } catch (error) {
    await db?.destroy();
    const why = messageOf(error);
    throw new DatabaseUnavailable(
      url
        ? `Cannot use the database that DATABASE_URL names: ${why}.`
        : `Cannot use the data folder ${folder}: ${why}.`,
      { cause: error },
    );
  }
}

/** A connection error may be several, one for each address tried, under an empty message. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

async function migrate(db: Kysely<Database>, dialect: Dialect): Promise<string[]> {
  const migrator = new Migrator({ db, provider: migrations(dialect) });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error('migration failed', { cause: error });
  return results.map(({ migrationName }) => migrationName);
}

/** Whether the database answers and has today's schema; otherwise why not. */
export async function databaseTrouble({ db, dialect }: OpenDatabase): Promise<string | undefined> {
  try {
    await sql`select 1 from ledger limit 1`.execute(db);
    const migrator = new Migrator({ db, provider: migrations(dialect) });
    const waiting = (await migrator.getMigrations()).filter(({ executedAt }) => !executedAt);
    return waiting.length > 0
      ? `migrations are missing: ${waiting.map(({ name }) => name).join(', ')}`
      : undefined;
  } catch (error) {
    return `the database does not answer: ${messageOf(error)}`;
  }
}
