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

/** A database that cannot be opened, in words for the one who runs the service. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/**
 * Opens the database and brings it to today's schema.
 *
 * @param url `postgres://` address; without one the embedded SQLite in `folder` is used.
 * @throws {@link DatabaseUnavailable}
 */
export async function openDatabase(
  { url, folder }: { url?: string | undefined; folder: string },
  onIdleError: (error: Error) => void,
): Promise<OpenDatabase> {
  const dialect: Dialect = url ? 'postgres' : 'sqlite';
  let db: Kysely<Database> | undefined;
  try {
    if (url && !/^postgres(ql)?:\/\//.test(url)) throw new Error('it does not start with postgres://');
    db = url ? openPostgres(url, onIdleError) : openSqlite(folder);
    await migrate(db, dialect);
    return { db, dialect };
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

async function migrate(db: Kysely<Database>, dialect: Dialect): Promise<void> {
  const migrator = new Migrator({ db, provider: migrations(dialect) });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error('migration failed', { cause: error });
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
