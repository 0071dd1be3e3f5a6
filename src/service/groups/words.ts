import type { Kysely } from 'kysely';
import { v4 } from 'uuid';
import type { Database } from '../db/schema.ts';
import type { WriteTransaction } from '../db/write-queue.ts';

/** Writes the line of note of a session; the lines before stay in the table. @param by `person:…` or `link` */
export async function writeWords(
  trx: WriteTransaction,
  session: string,
  words: string,
  by: string,
  now: number,
): Promise<void> {
  await trx
    .insertInto('group_words')
    .values({ id: v4(), session, words, written_by: by, written_at: now })
    .execute();
}

/** The last line that was written on a phone, `undefined` if none was. */
export async function wordsOf(db: Kysely<Database>, session: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('group_words')
    .select('words')
    .where('session', '=', session)
    .orderBy('written_at', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.words;
}
