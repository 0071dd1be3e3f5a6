import type { Kysely, Migration } from 'kysely';

/** Group sessions: those under way and who has checked in by phone, finished records and what was corrected. */
export function groups(): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('group_sessions')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('box_id', 'text', (column) => column.notNull())
        .addColumn('room', 'text', (column) => column.notNull())
        .addColumn('secret', 'text', (column) => column.notNull())
        .addColumn('seconds', 'double precision', (column) => column.notNull())
        .addColumn('seconds_at', 'bigint', (column) => column.notNull())
        .addColumn('opened_seconds', 'double precision', (column) => column.notNull())
        .addColumn('opened_at', 'bigint', (column) => column.notNull())
        .addColumn('wrong_codes', 'integer', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('group_check_ins')
        .addColumn('session', 'text', (column) => column.notNull())
        .addColumn('person', 'text', (column) => column.notNull())
        .addColumn('seconds', 'double precision', (column) => column.notNull())
        .addColumn('ticket', 'text')
        .addColumn('received_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('group_check_ins_key', ['session', 'person'])
        .execute();
      await db.schema
        .createTable('group_records')
        .addColumn('session', 'text', (column) => column.primaryKey())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('room', 'text', (column) => column.notNull())
        .addColumn('brought_by', 'text', (column) => column.notNull())
        .addColumn('happened_at', 'bigint', (column) => column.notNull())
        .addColumn('received_at', 'bigint', (column) => column.notNull())
        .addColumn('json', 'text', (column) => column.notNull())
        .addColumn('attendees', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('group_records_room')
        .on('group_records')
        .columns(['room', 'happened_at'])
        .execute();
      await db.schema
        .createTable('group_corrections')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('session', 'text', (column) => column.notNull())
        .addColumn('corrected_by', 'text', (column) => column.notNull())
        .addColumn('received_at', 'bigint', (column) => column.notNull())
        .addColumn('json', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('group_corrections_session')
        .on('group_corrections')
        .column('session')
        .execute();
    },
  };
}
