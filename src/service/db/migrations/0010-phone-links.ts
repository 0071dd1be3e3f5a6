import type { Kysely, Migration } from 'kysely';

/** Links that a TV shows to phones; guests who counted themselves; the line of note typed on a phone. */
export function phoneLinks(): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('phone_links')
        .addColumn('token_hash', 'text', (column) => column.primaryKey())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('subject', 'text', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('phone_links_expiry').on('phone_links').column('expires_at').execute();
      await db.schema
        .createTable('group_guests')
        .addColumn('session', 'text', (column) => column.notNull())
        .addColumn('ticket', 'text', (column) => column.notNull())
        .addColumn('received_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('group_guests_key', ['session', 'ticket'])
        .execute();
      await db.schema
        .createTable('group_words')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('session', 'text', (column) => column.notNull())
        .addColumn('words', 'text', (column) => column.notNull())
        .addColumn('written_by', 'text', (column) => column.notNull())
        .addColumn('written_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('group_words_session')
        .on('group_words')
        .columns(['session', 'written_at'])
        .execute();
    },
  };
}
