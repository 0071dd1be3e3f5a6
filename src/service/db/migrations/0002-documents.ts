import type { Kysely, Migration } from 'kysely';
import type { Dialect } from './dialect.ts';

/** The documents that programs keep with activities and agents: state and profiles. */
export function documents(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('documents')
        .addColumn('set_key', 'text', (column) => column.notNull())
        .addColumn('registration', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('resource', 'text', (column) => column.notNull())
        .addColumn('agent', 'text')
        .addColumn('activity', 'text')
        .addColumn('content', dialect === 'sqlite' ? 'blob' : 'bytea', (column) => column.notNull())
        .addColumn('content_type', 'text', (column) => column.notNull())
        .addColumn('etag', 'text', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('documents_key', ['set_key', 'registration', 'id'])
        .execute();
    },
  };
}
