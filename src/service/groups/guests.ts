import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';

/** How many guests of a session have counted themselves on their phones. */
export async function guestsByPhone(db: Kysely<Database>, session: string): Promise<number> {
  const { count } = await db
    .selectFrom('group_guests')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('session', '=', session)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/**
 * The guests of a session: the host counts heads, those with phones among them, so that phones only tell more
 * where the host counted none or fewer.
 *
 * @param said by the host.
 */
export async function guestsOf(db: Kysely<Database>, session: string, said: number): Promise<number> {
  return Math.max(said, await guestsByPhone(db, session));
}
