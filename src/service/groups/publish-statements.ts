import type { Content } from '../catalogue/content.ts';
import { groupAuthority } from '../credit/group-authority.ts';
import { broughtBy, updateCredit, voided } from '../credit/update-credit.ts';
import type { WriteTransaction } from '../db/write-queue.ts';
import { metrics } from '../operations/metrics.ts';
import type { AnyStatement } from '../xapi/statements/any-statement.ts';
import { indexRelations, relationsOf } from '../xapi/statements/statement-relations.ts';
import { completed, named, statementRow } from '../xapi/statements/statement-row.ts';
import { addStatements } from '../xapi/statements/statement-store.ts';
import { recordVoids } from '../xapi/statements/voiding.ts';

/**
 * Stores statements in the service's own name, and works out the credit that follows.
 *
 * @param now milliseconds since 1970.
 * @throws Error if one of their ids is taken by another statement.
 */
export async function publishStatements(
  trx: WriteTransaction,
  statements: readonly AnyStatement[],
  rules: Pick<Content, 'lessons' | 'policy' | 'homePage'>,
  now: number,
): Promise<void> {
  const authority = groupAuthority(rules.homePage);
  const whole = statements.map((statement) => completed(named(statement), authority, '1.0.3', now));
  const rows = whole.map((statement) => statementRow(statement, now));
  const [outcome] = await addStatements(trx, [rows]);
  if (!outcome || 'conflict' in outcome)
    throw new Error(`the statement ${outcome?.conflict ?? ''} of a group session is taken`);
  const fresh = new Set(outcome.added.map(({ id }) => id));
  const relations = whole.flatMap((statement) => {
    const found = fresh.has(statement.id) ? relationsOf(statement) : undefined;
    return found ? [[statement.id, found] as const] : [];
  });
  await indexRelations(trx, new Map(relations));
  const brought = outcome.added.flatMap(({ person, registration, session_id }) =>
    person && registration && session_id ? [{ person, registration, sessionId: session_id }] : [],
  );
  const withdrawn = await recordVoids(trx, outcome.added);
  await updateCredit(trx, [...brought.map(broughtBy(null)), ...withdrawn.map(voided)], rules, now);
  metrics.statementsStored.inc(outcome.added.length);
}
