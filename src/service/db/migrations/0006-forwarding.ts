import type { Kysely, Migration } from 'kysely';

/** How far statements have been passed on to other Learning Record Stores, and what those refused. */
export function forwarding(): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('forwarding')
        .addColumn('target', 'text', (column) => column.primaryKey())
        .addColumn('sent_upto', 'bigint', (column) => column.notNull())
        .addColumn('sent', 'bigint', (column) => column.notNull())
        .addColumn('last_sent_at', 'bigint')
        .addColumn('failures', 'integer', (column) => column.notNull())
        .addColumn('last_error', 'text')
        .addColumn('next_try_at', 'bigint', (column) => column.notNull())
        .addColumn('owner', 'text')
        .addColumn('owned_until', 'bigint', (column) => column.notNull())
        .execute();

      await db.schema
        .createTable('forwarding_quarantine')
        .addColumn('target', 'text', (column) => column.notNull())
        .addColumn('seq', 'bigint', (column) => column.notNull())
        .addColumn('statement_id', 'text', (column) => column.notNull())
        .addColumn('status', 'integer', (column) => column.notNull())
        .addColumn('reason', 'text', (column) => column.notNull())
        .addColumn('quarantined_at', 'bigint', (column) => column.notNull())
        .addColumn('again', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('forwarding_quarantine_key', ['target', 'seq'])
        .execute();
    },
  };
}
