import type { Kysely } from 'kysely';
import { VOIDED } from '../../../domain/statements/statement-rules.ts';
import type { Statement } from '../../../domain/statements/statement.ts';
import type { SessionKey } from '../../credit/sessions.ts';
import type { Database } from '../../db/schema.ts';
import { slices } from '../../db/slices.ts';
import type { WriteTransaction } from '../../db/write-queue.ts';
import type { AnyStatement } from './any-statement.ts';
import type { NewStatement } from './statement-row.ts';

/** Id of the statement that a statement voids, if it voids one. */
function voidedBy({ verb, json }: Pick<NewStatement, 'verb' | 'json'>): string | undefined {
  if (verb !== VOIDED) return undefined;
  return (JSON.parse(json) as Statement).object.id.toLowerCase();
}

/**
 * Marks what voiding statements name, whether it has arrived yet or not; a voiding statement itself cannot be
 * voided.
 *
 * Source: xAPI 1.0.3 Data 2.3.2 "Voiding"
 * @returns the watch sessions that lost a statement.
 */
export async function recordVoids(
  trx: WriteTransaction,
  added: readonly NewStatement[],
): Promise<SessionKey[]> {
  const voids = new Map(
    added.flatMap((row) => {
      const target = voidedBy(row);
      return target === undefined
        ? []
        : [[target, { statement_id: target, voided_by: row.id, stored_at: row.stored_at }] as const];
    }),
  );
  if (voids.size === 0) return [];
  const voiding = added.filter(({ verb }) => verb === VOIDED).map(({ id }) => id);
  const targets = [];
  for (const ids of slices(voiding)) await trx.deleteFrom('voids').where('statement_id', 'in', ids).execute();
  for (const ids of slices([...voids.keys()]))
    targets.push(
      ...(await trx
        .selectFrom('statements')
        .select(['id', 'verb', 'person', 'registration', 'session_id'])
        .where('id', 'in', ids)
        .execute()),
    );
  for (const { id, verb } of targets) if (verb === VOIDED) voids.delete(id);
  for (const rows of slices([...voids.values()]))
    await trx
      .insertInto('voids')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  return targets.flatMap(({ id, person, registration, session_id }) =>
    voids.has(id) && person && registration && session_id
      ? [{ person, registration, sessionId: session_id }]
      : [],
  );
}

/** The people whose statements some others void: their credit is worked out anew. */
export async function voidedPersons(
  db: Kysely<Database>,
  statements: readonly AnyStatement[],
): Promise<{ id: string; person: string | null }[]> {
  const targets = statements.flatMap(({ verb, object }) =>
    verb.id === VOIDED && object.objectType === 'StatementRef' ? object.id.toLowerCase() : [],
  );
  const found = [];
  for (const ids of slices(targets))
    found.push(
      ...(await db.selectFrom('statements').select(['id', 'person']).where('id', 'in', ids).execute()),
    );
  return found;
}
