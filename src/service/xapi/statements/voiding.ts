import type { Kysely } from 'kysely';
import type { Statement } from '../../../domain/statements/statement.ts';
import type { SessionKey } from '../../credit/sessions.ts';
import type { Database } from '../../db/schema.ts';
import type { WriteTransaction } from '../../db/write-queue.ts';
import type { NewStatement } from './statement-row.ts';

export const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

/** Id of the statement that a statement voids, if it voids one. */
export function voidedBy({ verb, json }: Pick<NewStatement, 'verb' | 'json'>): string | undefined {
  if (verb !== VOIDED) return undefined;
  return (JSON.parse(json) as Statement).object.id.toLowerCase();
}

/**
 * Marks what voiding statements name; a voiding statement itself cannot be voided.
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
  const targets = await trx
    .selectFrom('statements')
    .select(['id', 'verb', 'person', 'registration', 'session_id'])
    .where('id', 'in', [...voids.keys()])
    .execute();
  for (const { id, verb } of targets) if (verb === VOIDED) voids.delete(id);
  if (voids.size > 0)
    await trx
      .insertInto('voids')
      .values([...voids.values()])
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  return targets.flatMap(({ id, person, registration, session_id }) =>
    voids.has(id) && person && registration && session_id
      ? [{ person, registration, sessionId: session_id }]
      : [],
  );
}

/** The people whose statements are voided: their credit is worked out anew. */
export async function voidedPersons(
  db: Kysely<Database>,
  rows: readonly NewStatement[],
): Promise<{ id: string; person: string | null }[]> {
  const targets = rows.flatMap((row) => voidedBy(row) ?? []);
  if (targets.length === 0) return [];
  return db.selectFrom('statements').select(['id', 'person']).where('id', 'in', targets).execute();
}
