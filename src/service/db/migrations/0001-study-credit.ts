import { sql, type Kysely, type Migration } from 'kysely';
import { arrivals } from './arrivals.ts';
import type { Dialect } from './dialect.ts';

/** Boxes, statements, checkpoints, sessions and the append-only ledger. */
export function studyCredit(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('boxes')
        .addColumn('box_id', 'text', (column) => column.primaryKey())
        .addColumn('key_hash', 'text', (column) => column.notNull())
        .addColumn('person', 'text', (column) => column.notNull().unique())
        .addColumn('registered_at', 'bigint', (column) => column.notNull())
        .execute();

      await arrivals(db.schema.createTable('statements'), dialect)
        .addColumn('id', 'text', (column) => column.notNull().unique())
        .addColumn('actor', 'text', (column) => column.notNull())
        .addColumn('person', 'text')
        .addColumn('verb', 'text', (column) => column.notNull())
        .addColumn('activity', 'text')
        .addColumn('registration', 'text')
        .addColumn('session_id', 'text')
        .addColumn('happened_at', 'bigint', (column) => column.notNull())
        .addColumn('stored_at', 'bigint', (column) => column.notNull())
        .addColumn('json', 'text', (column) => column.notNull())
        .execute();
      for (const column of ['actor', 'activity', 'registration', 'session_id', 'stored_at'])
        await db.schema.createIndex(`statements_${column}`).on('statements').column(column).execute();

      await arrivals(db.schema.createTable('checkpoints'), dialect)
        .addColumn('session_id', 'text', (column) => column.notNull())
        .addColumn('number', 'integer', (column) => column.notNull())
        .addColumn('registration', 'text', (column) => column.notNull())
        .addColumn('person', 'text', (column) => column.notNull())
        .addColumn('lesson_id', 'text', (column) => column.notNull())
        .addColumn('box_id', 'text')
        .addColumn('boot_id', 'text', (column) => column.notNull())
        .addColumn('mono', 'double precision', (column) => column.notNull())
        .addColumn('segments', 'text', (column) => column.notNull())
        .addColumn('rate', 'double precision', (column) => column.notNull())
        .addColumn('received_at', 'bigint', (column) => column.notNull())
        .addUniqueConstraint('checkpoints_once', ['session_id', 'number'])
        .execute();
      await db.schema
        .createIndex('checkpoints_registration')
        .on('checkpoints')
        .column('registration')
        .execute();

      await db.schema
        .createTable('sessions')
        .addColumn('person', 'text', (column) => column.notNull())
        .addColumn('registration', 'text', (column) => column.notNull())
        .addColumn('session_id', 'text', (column) => column.notNull())
        .addColumn('lesson_id', 'text', (column) => column.notNull())
        .addColumn('mode', 'text', (column) => column.notNull())
        .addColumn('length', 'double precision')
        .addColumn('last_at', 'bigint', (column) => column.notNull())
        .addColumn('received_at', 'bigint', (column) => column.notNull())
        .addColumn('settled', 'integer', (column) => column.notNull())
        .addColumn('json', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('sessions_key', ['person', 'registration', 'session_id'])
        .execute();
      await db.schema.createIndex('sessions_by_time').on('sessions').columns(['person', 'last_at']).execute();
      await db.schema
        .createIndex('sessions_open')
        .on('sessions')
        .column('received_at')
        .where(sql.ref('settled'), '=', 0)
        .execute();

      await arrivals(db.schema.createTable('ledger'), dialect)
        .addColumn('id', 'text', (column) => column.notNull().unique())
        .addColumn('person', 'text', (column) => column.notNull())
        .addColumn('registration', 'text', (column) => column.notNull())
        .addColumn('lesson_id', 'text', (column) => column.notNull())
        .addColumn('period', 'integer', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('mode', 'text', (column) => column.notNull())
        .addColumn('length', 'double precision', (column) => column.notNull())
        .addColumn('threshold', 'double precision')
        .addColumn('played_seconds', 'double precision', (column) => column.notNull())
        .addColumn('credited_seconds', 'double precision', (column) => column.notNull())
        .addColumn('hours', 'double precision', (column) => column.notNull())
        .addColumn('by_day', 'text', (column) => column.notNull())
        .addColumn('rules', 'text', (column) => column.notNull())
        .addColumn('evidence', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('session_id', 'text', (column) => column.notNull())
        .addColumn('statement_id', 'text')
        .addColumn('policy_from', 'text', (column) => column.notNull())
        .addColumn('corrects', 'text')
        .addColumn('statements_upto', 'bigint', (column) => column.notNull())
        .addColumn('checkpoints_upto', 'bigint', (column) => column.notNull())
        .addColumn('written_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('ledger_by_time').on('ledger').columns(['person', 'at']).execute();
      await db.schema.createIndex('ledger_written').on('ledger').column('written_at').execute();
      // The last word on "a lesson counts once", should the code above it ever be wrong.
      await db.schema
        .createIndex('ledger_once')
        .on('ledger')
        .columns(['person', 'lesson_id', 'period'])
        .unique()
        .where(sql.ref('corrects'), 'is', null)
        .execute();
      for (const statement of dialect === 'sqlite' ? sqliteGuards : postgresGuards)
        await sql.raw(statement).execute(db);
    },
  };
}

const sqliteGuards = ['update', 'delete'].map(
  (event) => `create trigger ledger_no_${event} before ${event} on ledger
    begin select raise(abort, 'the ledger is append-only'); end`,
);

const postgresGuards = [
  `create function ledger_is_append_only() returns trigger language plpgsql as
    $$ begin raise exception 'the ledger is append-only'; end $$`,
  `create trigger ledger_no_change before update or delete or truncate on ledger
    for each statement execute function ledger_is_append_only()`,
];
