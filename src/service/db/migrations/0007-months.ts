import { sql, type Kysely, type Migration } from 'kysely';
import type { Dialect } from './dialect.ts';
import { monthStart } from '../statement-months.ts';

const found = ['actor', 'activity'] as const;
const kept = ['registration', 'session_id', 'stored_at'] as const;

/**
 * Statements by months. What is found by actor or activity comes in the order of arrival, and whether it lies in
 * a span of time is seen in the index. On PostgreSQL the table becomes one of monthly partitions by the time
 * of storing; what is there stays where it is, as the first of them.
 */
export function months(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      for (const column of found) await db.schema.dropIndex(`statements_${column}`).execute();
      if (dialect === 'postgres') await partition(db);
      for (const column of found)
        await db.schema
          .createIndex(`statements_${column}`)
          .on('statements')
          .columns([column, 'seq', 'stored_at'])
          .execute();
    },
  };
}

/**
 * A unique key of a partitioned table must hold its partition key, so that a table of ids alone keeps two
 * statements from having one id; a trigger fills it, one command for each command.
 */
async function partition(db: Kysely<unknown>): Promise<void> {
  const run = (command: string) => sql.raw(command).execute(db);
  const { rows } = await sql<{
    newest: number | null;
  }>`select max(stored_at) as newest from statements`.execute(db);
  const end = monthStart(Math.max(Date.now(), rows[0]?.newest ?? 0), 1);
  await run('alter table statements rename to statements_first');
  await run('alter table statements_first drop constraint statements_pkey');
  await run('alter table statements_first drop constraint statements_id_key');
  for (const column of kept)
    await run(`alter index statements_${column} rename to statements_first_${column}_idx`);

  await run(`create table statements (like statements_first including defaults, primary key (seq, stored_at))
    partition by range (stored_at)`);
  await run('alter sequence statements_seq_seq owned by statements.seq');
  await run(
    `alter table statements attach partition statements_first for values from (minvalue) to (${end})`,
  );
  await run('create table statements_default partition of statements default');
  await run('create index statements_id on statements (id)');
  for (const column of kept) await run(`create index statements_${column} on statements (${column})`);

  await run('create table statement_ids (id text primary key)');
  await run('insert into statement_ids select id from statements');
  await run(`create function statement_ids_are_unique() returns trigger language plpgsql as
    $$ begin insert into statement_ids select id from added; return null; end $$`);
  await run(`create trigger statements_once after insert on statements
    referencing new table as added for each statement execute function statement_ids_are_unique()`);
}
