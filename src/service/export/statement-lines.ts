import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { PAGE, pages, type Span } from './pages.ts';

/**
 * Statements that were stored in a span of time, voided and voiding ones too, in the order in which they were
 * stored: one JSON text a line, as any Learning Record Store takes it.
 */
export async function* statementLines(
  db: Kysely<Database>,
  { since, until }: Span,
): AsyncGenerator<string, void, void> {
  const next = (after: { seq: number; stored_at: number } | undefined) => {
    const query = db
      .selectFrom('statements')
      .select(['seq', 'stored_at', 'json'])
      .where('stored_at', '>=', after?.stored_at ?? since)
      .where('stored_at', '<', until)
      .orderBy('stored_at')
      .orderBy('seq')
      .limit(PAGE);
    if (!after) return query.execute();
    return query
      .where((where) => where.or([where('stored_at', '>', after.stored_at), where('seq', '>', after.seq)]))
      .execute();
  };
  for await (const page of pages(next)) yield page.map(({ json }) => `${json}\n`).join('');
}
