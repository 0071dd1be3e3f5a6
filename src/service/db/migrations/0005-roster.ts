import { sql, type Kysely, type Migration } from 'kysely';

/**
 * Villages, branches, homes, rooms and people; which box belongs where; the codes, cards and tokens that
 * bring a box there; answers kept for requests that come again.
 */
export function roster(): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      const named = (table: string) =>
        db.schema
          .createTable(table)
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('name', 'text', (column) => column.notNull())
          .addColumn('updated_at', 'bigint', (column) => column.notNull());
      await named('villages').execute();
      await named('branches')
        .addColumn('village', 'text', (column) => column.notNull().references('villages.id'))
        .execute();
      await named('homes')
        .addColumn('village', 'text', (column) => column.notNull().references('villages.id'))
        .execute();
      await named('rooms')
        .addColumn('village', 'text', (column) => column.notNull().references('villages.id'))
        .addColumn('branch', 'text', (column) => column.references('branches.id'))
        .execute();
      await named('people')
        .addColumn('role', 'text', (column) => column.notNull())
        .addColumn('branch', 'text', (column) => column.references('branches.id'))
        .addColumn('home', 'text', (column) => column.references('homes.id'))
        .execute();
      await db.schema.createIndex('people_branch').on('people').columns(['branch', 'id']).execute();
      await db.schema.createIndex('people_home').on('people').column('home').execute();

      await db.schema
        .createTable('bindings')
        .addColumn('box_id', 'text', (column) => column.primaryKey().references('boxes.box_id'))
        .addColumn('home', 'text', (column) => column.references('homes.id'))
        .addColumn('room', 'text', (column) => column.references('rooms.id'))
        .addColumn('bound_at', 'bigint', (column) => column.notNull())
        .addColumn('bound_by', 'text', (column) => column.notNull())
        .addCheckConstraint('bindings_one_place', sql`(home is null) <> (room is null)`)
        .execute();

      await db.schema
        .createTable('device_authorizations')
        .addColumn('device_hash', 'text', (column) => column.primaryKey())
        .addColumn('prefix', 'text', (column) => column.notNull().unique())
        .addColumn('user_hash', 'text', (column) => column.notNull())
        .addColumn('box_id', 'text', (column) => column.notNull().references('boxes.box_id'))
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('wrong_tries', 'integer', (column) => column.notNull())
        .addColumn('interval_seconds', 'integer', (column) => column.notNull())
        .addColumn('polled_at', 'bigint')
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('device_authorizations_box')
        .on('device_authorizations')
        .column('box_id')
        .execute();

      await db.schema
        .createTable('binding_cards')
        .addColumn('prefix', 'text', (column) => column.primaryKey())
        .addColumn('card_hash', 'text', (column) => column.notNull())
        .addColumn('home', 'text', (column) => column.references('homes.id'))
        .addColumn('room', 'text', (column) => column.references('rooms.id'))
        .addColumn('wrong_tries', 'integer', (column) => column.notNull())
        .addColumn('box_id', 'text', (column) => column.references('boxes.box_id'))
        .addColumn('spent', 'integer', (column) => column.notNull())
        .addColumn('issued_by', 'text', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('binding_cards_box').on('binding_cards').column('box_id').execute();

      await db.schema
        .createTable('token_families')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('box_id', 'text', (column) => column.notNull().references('boxes.box_id'))
        .addColumn('generation', 'integer', (column) => column.notNull())
        .addColumn('started_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('token_families_box').on('token_families').column('box_id').execute();
      await db.schema
        .createTable('token_pairs')
        .addColumn('refresh_hash', 'text', (column) => column.primaryKey())
        .addColumn('access_hash', 'text', (column) => column.notNull().unique())
        .addColumn('family', 'text', (column) =>
          column.notNull().references('token_families.id').onDelete('cascade'),
        )
        .addColumn('generation', 'integer', (column) => column.notNull())
        .addColumn('issued_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('token_pairs_family').on('token_pairs').column('family').execute();

      await db.schema
        .createTable('idempotency_keys')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('fingerprint', 'text', (column) => column.notNull())
        .addColumn('owner', 'text', (column) => column.notNull())
        .addColumn('started_at', 'bigint', (column) => column.notNull())
        .addColumn('answer', 'text')
        .execute();
      await db.schema
        .createIndex('idempotency_keys_started')
        .on('idempotency_keys')
        .column('started_at')
        .execute();
    },
  };
}
