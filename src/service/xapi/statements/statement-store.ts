import type { NewStatement } from './statement-row.ts';
import type { WriteTransaction } from '../../db/write-queue.ts';
import { sameStatement } from './same-statement.ts';

/** Statements of which one has an id that is taken by another; nothing was stored. */
export interface Conflict {
  conflict: string;
}

/**
 * Adds statements that are not there yet. A statement that is there already with the same content is left
 * as it is; one with other content keeps the whole batch out.
 *
 * @returns the statements that are new.
 */
export async function addStatements(
  trx: WriteTransaction,
  rows: readonly NewStatement[],
): Promise<{ added: NewStatement[] } | Conflict> {
  const there = await trx
    .selectFrom('statements')
    .select(['id', 'json'])
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
  const stored = new Map(there.map(({ id, json }) => [id, json]));
  for (const { id, json } of rows) {
    const old = stored.get(id);
    if (old !== undefined && !sameStatement(parse(old), parse(json))) return { conflict: id };
  }
  const added = rows.filter(({ id }) => !stored.has(id));
  if (added.length > 0) await trx.insertInto('statements').values(added).execute();
  return { added };
}

function parse(json: string): object {
  return JSON.parse(json) as object;
}
