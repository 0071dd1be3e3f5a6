import type { Kysely } from 'kysely';
import { budgetKey, newBoxBudget, spendBudget, type BoxBudget } from '../../domain/credit/box-budget.ts';
import { localDate } from '../../domain/credit/local-date.ts';
import { policyOn, trustOf, type PolicyBook } from '../../domain/credit/policy.ts';
import type { Slots } from '../../domain/credit/slots.ts';
import type { Database } from '../db/schema.ts';
import type { LedgerDifference } from './recompute.ts';

/** Rows read at a time. */
const PAGE = 5000;

/** Grants every box's time anew from what it asked for and when, and tells where more or less was granted. */
export async function budgetDifferences(db: Kysely<Database>, book: PolicyBook): Promise<LedgerDifference[]> {
  const boxes = await db.selectFrom('boxes').select(['box_id', 'registered_at']).execute();
  const since = new Map(boxes.map(({ box_id, registered_at }) => [box_id, registered_at]));
  const budgets = new Map<string, BoxBudget>();
  const differences: LedgerDifference[] = [];
  for (let after = 0; ;) {
    const rows = await db
      .selectFrom('admissions')
      .selectAll()
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    for (const { box_id: boxId, at, asked, granted, person, registration, session_id } of rows) {
      if (boxId === null) continue;
      const key = budgetKey(boxId, person);
      const before = budgets.get(key) ?? newBoxBudget(since.get(boxId) ?? at);
      const trust = trustOf(policyOn(book, localDate(at, book.timeZone)));
      const spent = spendBudget(before, JSON.parse(asked) as Slots, at, trust, book.timeZone);
      budgets.set(key, spent.budget);
      if (JSON.stringify(spent.granted) !== granted)
        differences.push({
          person,
          registration,
          lessonId: '',
          entry: null,
          field: `granted to session ${session_id}`,
          ledger: granted,
          recomputed: JSON.stringify(spent.granted),
        });
    }
    const last = rows[rows.length - 1];
    if (!last || rows.length < PAGE) return differences;
    after = last.seq;
  }
}
