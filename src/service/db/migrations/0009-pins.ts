import type { Kysely, Migration } from 'kysely';

/** PINs of people, and the phones that a PIN has signed in. */
export function pins(): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('pins')
        .addColumn('person', 'text', (column) => column.primaryKey().references('people.id'))
        .addColumn('pin_hash', 'text', (column) => column.notNull())
        .addColumn('wrong_tries', 'integer', (column) => column.notNull())
        .addColumn('locked_until', 'bigint', (column) => column.notNull())
        .addColumn('set_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('phone_sessions')
        .addColumn('token_hash', 'text', (column) => column.primaryKey())
        .addColumn('person', 'text', (column) => column.notNull().references('people.id'))
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('phone_sessions_person').on('phone_sessions').column('person').execute();
    },
  };
}
