import type { Kysely } from 'kysely';
import type { Database } from '../../db/schema.ts';

/** PostgreSQL's code for a key that is there already, and the key of the ids of all months. */
const UNIQUE_VIOLATION = '23505';
const ALL_IDS = 'statement_ids_pkey';

/**
 * Why a write failed that was to store statements: one has an id that was stored before, though no statement with it is
 * to be found. The month that it was stored in has been detached, or another process has stored it just now.
 *
 * @returns the id; `undefined` if it failed for another reason.
 */
export function idStoredBefore(error: unknown): string | undefined {
  const { code, constraint, detail = '' } = error as { code?: string; constraint?: string; detail?: string };
  if (code !== UNIQUE_VIOLATION || constraint !== ALL_IDS) return undefined;
  return /\(id\)=\(([^)]*)\)/.exec(detail)?.[1];
}

/** Whether a statement with this id is to be found. */
export async function isStored(db: Kysely<Database>, id: string): Promise<boolean> {
  return (
    (await db.selectFrom('statements').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
  );
}
