import type { CreateTableBuilder } from 'kysely';
import type { Dialect } from './dialect.ts';

/** A table whose rows are numbered in the order of their arrival. */
export function arrivals<Name extends string>(
  table: CreateTableBuilder<Name>,
  dialect: Dialect,
): CreateTableBuilder<Name, 'seq'> {
  return dialect === 'sqlite'
    ? table.addColumn('seq', 'integer', (column) => column.primaryKey().autoIncrement())
    : table.addColumn('seq', 'bigserial', (column) => column.primaryKey());
}
