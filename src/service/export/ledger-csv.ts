import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { ledgerEntry, type LedgerRecord } from '../credit/ledger.ts';
import { csv, type CsvOptions } from './csv.ts';
import { PAGE, pages, type Span } from './pages.ts';

/** The ledger's entries that were written in a span of time, in that order, as CSV. */
export function ledgerCsv(
  db: Kysely<Database>,
  { since, until }: Span,
  options: CsvOptions,
): AsyncGenerator<string, void, void> {
  const next = (after: LedgerRecord | undefined) => {
    const query = db
      .selectFrom('ledger')
      .selectAll()
      .where('written_at', '>=', after?.written_at ?? since)
      .where('written_at', '<', until)
      .orderBy('written_at')
      .orderBy('seq')
      .limit(PAGE);
    if (!after) return query.execute();
    return query
      .where((where) => where.or([where('written_at', '>', after.written_at), where('seq', '>', after.seq)]))
      .execute();
  };
  return csv(columns, rows(pages(next)), options);
}

const columns = [
  'id',
  'writtenAt',
  'person',
  'lessonId',
  'kind',
  'mode',
  'at',
  'year',
  'creditedSeconds',
  'hours',
  'playedSeconds',
  'evidence',
  'policyFrom',
  'registration',
  'sessionId',
  'statementId',
  'corrects',
  'correction',
  'reason',
  'madeBy',
] as const;

async function* rows(some: AsyncIterable<readonly LedgerRecord[]>) {
  for await (const page of some)
    yield page.map((record) => ({
      ...ledgerEntry(record),
      writtenAt: new Date(record.written_at).toISOString(),
      year: record.period,
      sessionId: record.session_id,
      correction: record.correction,
      reason: record.reason,
      madeBy: record.made_by,
    }));
}
