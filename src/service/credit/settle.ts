import type { Kysely } from 'kysely';
import type { ContentFolder } from '../catalogue/content-folder.ts';
import type { Database } from '../db/schema.ts';
import type { WriteQueue } from '../db/write-queue.ts';
import { readSessions, type SessionRecord } from './sessions.ts';
import { judgedBefore, unitOf, writeDueCredit } from './update-credit.ts';

/** Silence after which a session that was never closed counts as over, milliseconds. */
const QUIET = 6 * 3_600_000;
/** Sessions settled in one go. */
const BATCH = 100;

/**
 * Writes down the credit of sessions that were never closed: a box that was unplugged for good still earned
 * what it reported.
 *
 * @param now milliseconds since 1970.
 * @returns how many sessions were settled.
 */
export async function settleQuietSessions(
  { db, writes, content }: { db: Kysely<Database>; writes: WriteQueue; content: ContentFolder },
  now: number,
): Promise<number> {
  const quiet = await db
    .selectFrom('sessions')
    .selectAll()
    .where('settled', '=', 0)
    .where('received_at', '<', now - QUIET)
    .orderBy('received_at')
    .limit(BATCH)
    .execute();
  const rules = await content.current();
  const settle = (session: SessionRecord): Promise<void> =>
    writes.run([session.person], async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('sessions')
        .set({ settled: 1 })
        .where('person', '=', session.person)
        .where('registration', '=', session.registration)
        .where('session_id', '=', session.session_id)
        // Unless something has come in meanwhile.
        .where('received_at', '=', session.received_at)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return;
      const sessions = judgedBefore(await readSessions(trx, [session]));
      await writeDueCredit(trx, [unitOf(session)], sessions, rules, now);
    });
  await Promise.all(quiet.map(settle));
  return quiet.length;
}
