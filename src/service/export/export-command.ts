import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { localYear } from '../../domain/credit/local-date.ts';
import type { PolicyBook } from '../../domain/credit/policy.ts';
import type { OpenDatabase } from '../db/open-database.ts';
import { OperationRefused } from '../operations/operation-refused.ts';
import { ledgerCsv } from './ledger-csv.ts';
import { peopleCsv } from './people-csv.ts';
import { statementLines } from './statement-lines.ts';

/** What `export` on the command line asks for. */
export type ExportRequest =
  | { kind: 'statements'; since: number; until: number }
  | { kind: 'ledger'; since: number; until: number; bom: boolean }
  | { kind: 'people'; branch: string; year: number | undefined; names: boolean; bom: boolean };

/**
 * Writes an export to a stream, as fast as it is read.
 *
 * @throws {@link OperationRefused} when the branch is not known.
 */
export async function runExport(
  { db }: OpenDatabase,
  policy: PolicyBook,
  request: ExportRequest,
  output: NodeJS.WritableStream,
): Promise<void> {
  switch (request.kind) {
    case 'statements':
      return write(statementLines(db, request), output);
    case 'ledger':
      return write(ledgerCsv(db, request, request), output);
    case 'people': {
      const { branch, year = localYear(Date.now(), policy.timeZone) } = request;
      const known = await db.selectFrom('branches').select('id').where('id', '=', branch).executeTakeFirst();
      if (!known) throw new OperationRefused(`There is no branch "${branch}".`);
      return write(peopleCsv(db, policy, { ...request, year }), output);
    }
  }
}

async function write(text: AsyncIterable<string>, output: NodeJS.WritableStream): Promise<void> {
  try {
    await pipeline(Readable.from(text), output, { end: false });
  } catch (error) {
    // Whoever reads has seen enough: `export … | head`.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
}
