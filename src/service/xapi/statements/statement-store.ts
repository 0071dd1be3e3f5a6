import { insertStatements } from '../../db/insert-rows.ts';
import { isOneOf } from '../../db/is-one-of.ts';
import { slices } from '../../db/slices.ts';
import type { NewStatement } from './statement-row.ts';
import type { WriteTransaction } from '../../db/write-queue.ts';
import { sameStatement } from './same-statement.ts';

export type AddedStatement = NewStatement & { seq: number };

/** Statements of which one has an id that is taken by another; nothing was stored. */
export interface Conflict {
  conflict: string;
}

/**
 * Adds batches of statements, one after the other. A statement that is there already with the same content
 * is left as it is; one with other content keeps the whole of its batch out.
 *
 * @returns for each batch the statements that are new, or the conflict.
 */
export async function addStatements(
  trx: WriteTransaction,
  batches: readonly (readonly NewStatement[])[],
): Promise<({ added: AddedStatement[] } | Conflict)[]> {
  const ids = batches.flatMap((rows) => rows.map(({ id }) => id));
  const stored = new Map<string, string>();
  for (const some of slices(ids)) {
    const there = await trx
      .selectFrom('statements')
      .select(['id', 'json'])
      .where(isOneOf(trx, 'id', some))
      .execute();
    for (const { id, json } of there) stored.set(id, json);
  }
  const outcomes = batches.map((rows): { added: NewStatement[] } | Conflict => {
    for (const { id, json } of rows) {
      const old = stored.get(id);
      if (old !== undefined && !sameStatement(parse(old), parse(json))) return { conflict: id };
    }
    const added = rows.filter(({ id }) => !stored.has(id));
    for (const { id, json } of added) stored.set(id, json);
    return { added };
  });
  const fresh = outcomes.flatMap((outcome) => ('added' in outcome ? outcome.added : []));
  const seqs = await insertStatements(trx, fresh);
  return outcomes.map((outcome) =>
    'added' in outcome
      ? { added: outcome.added.map((row): AddedStatement => ({ ...row, seq: seqs.get(row.id)! })) }
      : outcome,
  );
}

function parse(json: string): object {
  return JSON.parse(json) as object;
}
