import { sql, type Kysely, type Migration } from 'kysely';
import { arrivals } from './arrivals.ts';
import type { Dialect } from './dialect.ts';

/** Nonces of checkpoints, the time boxes were granted, corrections, and what of these an entry rests on. */
export function evidence(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema.alterTable('checkpoints').addColumn('nonce', 'text').execute();
      await db.schema.alterTable('checkpoints').addColumn('nonce_verdict', 'text').execute();

      await db.schema.alterTable('sessions').addColumn('box_id', 'text').execute();
      await db.schema.alterTable('sessions').addColumn('started_at', 'bigint').execute();
      await db.schema.alterTable('sessions').addColumn('admission', 'text').execute();

      await db.schema
        .alterTable('ledger')
        .addColumn('admissions_upto', 'bigint', (column) => column.notNull().defaultTo(0))
        .execute();
      for (const column of ['correction', 'reason', 'made_by'])
        await db.schema.alterTable('ledger').addColumn(column, 'text').execute();

      await arrivals(db.schema.createTable('admissions'), dialect)
        .addColumn('box_id', 'text')
        .addColumn('person', 'text', (column) => column.notNull())
        .addColumn('registration', 'text', (column) => column.notNull())
        .addColumn('session_id', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('asked', 'text', (column) => column.notNull())
        .addColumn('granted', 'text', (column) => column.notNull())
        .addColumn('json', 'text', (column) => column.notNull())
        .execute();
      for (const column of ['box_id', 'session_id'])
        await db.schema.createIndex(`admissions_${column}`).on('admissions').column(column).execute();

      await db.schema
        .createTable('box_budgets')
        .addColumn('box_id', 'text', (column) => column.primaryKey())
        .addColumn('json', 'text', (column) => column.notNull())
        .execute();

      await arrivals(db.schema.createTable('corrections'), dialect)
        .addColumn('id', 'text', (column) => column.notNull().unique())
        .addColumn('person', 'text', (column) => column.notNull())
        .addColumn('json', 'text', (column) => column.notNull())
        .addColumn('program', 'text', (column) => column.notNull())
        .addColumn('made_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('corrections_person').on('corrections').column('person').execute();

      await db.schema
        .createTable('secrets')
        .addColumn('name', 'text', (column) => column.primaryKey())
        .addColumn('secret', 'text', (column) => column.notNull())
        .execute();

      for (const table of ['admissions', 'corrections'])
        for (const statement of guards(dialect, table)) await sql.raw(statement).execute(db);
    },
  };
}

/** Sources are only added to, as the ledger is. */
function guards(dialect: Dialect, table: string): string[] {
  return dialect === 'sqlite'
    ? ['update', 'delete'].map(
        (event) => `create trigger ${table}_no_${event} before ${event} on ${table}
          begin select raise(abort, 'the table is append-only'); end`,
      )
    : [
        `create function ${table}_are_append_only() returns trigger language plpgsql as
          $$ begin raise exception 'the table is append-only'; end $$`,
        `create trigger ${table}_no_change before update or delete or truncate on ${table}
          for each statement execute function ${table}_are_append_only()`,
      ];
}
