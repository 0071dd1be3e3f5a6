import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';

/** A later change of a record, as it was stored. */
export interface StoredCorrection {
  session: string;
  /** Milliseconds since 1970. */
  at: number;
  reason: string;
  add: string[];
  remove: string[];
}

/** The corrections of some sessions, oldest first. */
export async function readCorrections(
  db: Kysely<Database>,
  sessions: readonly string[],
): Promise<StoredCorrection[]> {
  if (sessions.length === 0) return [];
  const rows = await db
    .selectFrom('group_corrections')
    .select(['session', 'received_at', 'json'])
    .where('session', 'in', [...sessions])
    .orderBy('received_at')
    .orderBy('id')
    .execute();
  return rows.map(({ session, received_at, json }) => ({
    session,
    at: received_at,
    ...(JSON.parse(json) as Pick<StoredCorrection, 'reason' | 'add' | 'remove'>),
  }));
}

/** Who was there after all corrections, given oldest first. */
export function presentAfter(
  listed: readonly string[],
  corrections: readonly Pick<StoredCorrection, 'add' | 'remove'>[],
): string[] {
  const present = new Set(listed);
  for (const { add, remove } of corrections) {
    for (const person of add) present.add(person);
    for (const person of remove) present.delete(person);
  }
  return [...present];
}
