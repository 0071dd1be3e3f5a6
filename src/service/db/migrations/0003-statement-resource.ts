import type { Kysely, Migration } from 'kysely';
import type { Dialect } from './dialect.ts';

/** Voiding, references, related agents and activities, attachments and activity definitions of statements. */
export function statementResource(dialect: Dialect): Migration {
  const bytes = dialect === 'sqlite' ? 'blob' : 'bytea';
  const number = dialect === 'sqlite' ? 'integer' : 'bigint';
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('voids')
        .addColumn('statement_id', 'text', (column) => column.primaryKey())
        .addColumn('voided_by', 'text', (column) => column.notNull())
        .addColumn('stored_at', 'bigint', (column) => column.notNull())
        .execute();

      await db.schema
        .createTable('statement_refs')
        .addColumn('seq', number, (column) => column.primaryKey())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('target', 'text', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('statement_refs_target').on('statement_refs').column('target').execute();

      await db.schema
        .createTable('statement_agents')
        .addColumn('agent', 'text', (column) => column.notNull())
        .addColumn('seq', number, (column) => column.notNull())
        .addColumn('direct', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('statement_agents_key', ['agent', 'seq'])
        .execute();

      await db.schema
        .createTable('statement_activities')
        .addColumn('activity', 'text', (column) => column.notNull())
        .addColumn('seq', number, (column) => column.notNull())
        .addPrimaryKeyConstraint('statement_activities_key', ['activity', 'seq'])
        .execute();

      await db.schema
        .createTable('attachments')
        .addColumn('sha2', 'text', (column) => column.primaryKey())
        .addColumn('content', bytes, (column) => column.notNull())
        .addColumn('stored_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('statement_attachments')
        .addColumn('statement_id', 'text', (column) => column.notNull())
        .addColumn('sha2', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('statement_attachments_key', ['statement_id', 'sha2'])
        .execute();

      await db.schema
        .createTable('activity_definitions')
        .addColumn('activity', 'text', (column) => column.primaryKey())
        .addColumn('definition', 'text', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .execute();
    },
  };
}
