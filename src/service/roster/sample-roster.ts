import type { Kysely } from 'kysely';
import { readFile } from 'node:fs/promises';
import type { Database } from '../db/schema.ts';
import type { WriteQueue } from '../db/write-queue.ts';
import { importRoster } from './roster-import.ts';
import { reportInWords } from './roster-words.ts';

/**
 * Puts a CSV file into a database that has no roster yet; any other is left alone.
 *
 * @throws Error that names what is wrong with the file.
 */
export async function loadSampleRoster(
  writes: WriteQueue,
  db: Kysely<Database>,
  file: string,
): Promise<void> {
  const village = await db.selectFrom('villages').select('id').limit(1).executeTakeFirst();
  if (village) return;
  const options = { dryRun: false, language: 'en', now: Date.now() } as const;
  const report = await importRoster(writes, await readFile(file), options);
  if (report.problems.length > 0) throw new Error(`${file}: ${reportInWords(report, 'en')}`);
}
