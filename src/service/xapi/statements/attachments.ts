import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { StatementMistake } from '../../../domain/statements/statement-rules.ts';
import type { Database } from '../../db/schema.ts';
import { slices } from '../../db/slices.ts';
import type { WriteTransaction } from '../../db/write-queue.ts';
import { attachmentsOf, type AnyStatement } from './any-statement.ts';
import type { File, Files } from './multipart.ts';

/** SHA-2 by the number of its hex digits. */
const hashes: Readonly<Record<number, string>> = { 56: 'sha224', 64: 'sha256', 96: 'sha384', 128: 'sha512' };

/**
 * Checks that statements and files belong together: a file for every attachment without an address, no file
 * that no attachment names, and every file with the hash it says.
 *
 * Source: xAPI 1.0.3 Data 2.4.11 "Attachments" and Communication 1.5.2
 */
export function checkAttachments(
  statements: readonly AnyStatement[],
  files: Files,
  pathOf: (index: number) => string,
): StatementMistake[] {
  const named = new Set<string>();
  const mistakes: StatementMistake[] = [];
  statements.forEach((statement, index) => {
    for (const { sha2, fileUrl } of attachmentsOf(statement)) {
      named.add(sha2.toLowerCase());
      if (fileUrl === undefined && !files.has(sha2.toLowerCase()))
        mistakes.push({
          path: `${pathOf(index)}/attachments`,
          message: 'names a file that neither came along nor has an address',
        });
    }
  });
  for (const [sha2, content] of files) {
    if (!named.has(sha2)) mistakes.push({ path: '', message: 'came with a file that no attachment names' });
    else if (createHash(hashes[sha2.length]!).update(content).digest('hex') !== sha2)
      mistakes.push({ path: '', message: 'came with a file that does not have the hash it says' });
  }
  return mistakes;
}

/** Files of a statement, to be stored with it. */
export interface FilesOfStatement {
  id: string;
  files: Files;
}

/** Stores files once each, and which statement they came with. */
export async function storeFiles(
  trx: WriteTransaction,
  some: readonly FilesOfStatement[],
  now: number,
): Promise<void> {
  const contents = new Map(some.flatMap(({ files }) => [...files]));
  for (const [sha2, content] of contents)
    await trx
      .insertInto('attachments')
      .values({ sha2, content, stored_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  const links = some.flatMap(({ id, files }) =>
    [...files.keys()].map((sha2) => ({ statement_id: id, sha2 })),
  );
  for (const rows of slices(links)) await trx.insertInto('statement_attachments').values(rows).execute();
}

/** The files among a batch's that a statement names. */
export function filesOf(statement: AnyStatement, files: Files): Files {
  return new Map(
    attachmentsOf(statement).flatMap(({ sha2 }) => {
      const content = files.get(sha2.toLowerCase());
      return content ? [[sha2.toLowerCase(), content] as const] : [];
    }),
  );
}

/** The stored files of statements, each once. */
export async function loadFiles(db: Kysely<Database>, statements: readonly AnyStatement[]): Promise<File[]> {
  const wanted = new Map(
    statements.flatMap((statement) =>
      attachmentsOf(statement).map(
        ({ sha2, contentType }) => [sha2.toLowerCase(), { sha2, contentType }] as const,
      ),
    ),
  );
  if (wanted.size === 0) return [];
  const rows = await db
    .selectFrom('attachments')
    .select(['sha2', 'content'])
    .where('sha2', 'in', (from) =>
      from
        .selectFrom('statement_attachments')
        .select('sha2')
        .where(
          'statement_id',
          'in',
          statements.flatMap(({ id }) => id ?? []),
        ),
    )
    .orderBy('sha2')
    .execute();
  return rows.flatMap(({ sha2, content }) => {
    const attachment = wanted.get(sha2);
    return attachment ? [{ ...attachment, content }] : [];
  });
}
