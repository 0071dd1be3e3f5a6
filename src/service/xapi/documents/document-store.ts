import type { Kysely } from 'kysely';
import { createHash } from 'node:crypto';
import type { Database } from '../../db/schema.ts';
import type { WriteQueue, WriteTransaction } from '../../db/write-queue.ts';
import { Problem } from '../../http/problems.ts';

export type ResourceName = 'state' | 'agent-profile' | 'activity-profile';

/** Documents that belong together: what a list shows. */
export interface DocumentSet {
  resource: ResourceName;
  /** The agent's identifier, see `actor-key.ts`. */
  agent: string | null;
  /** IRI. */
  activity: string | null;
}

export interface DocumentName {
  set: DocumentSet;
  registration: string | undefined;
  /** `stateId` or `profileId`. */
  id: string;
}

export interface NewDocument {
  content: Buffer;
  contentType: string;
}

export interface StoredDocument extends NewDocument {
  /** Entity tag without its quotes: SHA-1 of the content, hex. */
  etag: string;
  /** Milliseconds since 1970. */
  updatedAt: number;
}

/** What becomes of a document, once it is known what is there; a problem leaves all as it was. */
export type Decision = (current: StoredDocument | undefined) => NewDocument | 'remove' | Problem;

/** Keeps documents byte for byte. */
export class DocumentStore {
  readonly #db: Kysely<Database>;
  readonly #writes: WriteQueue;
  readonly #now: () => number;

  constructor(db: Kysely<Database>, writes: WriteQueue, now: () => number) {
    this.#db = db;
    this.#writes = writes;
    this.#now = now;
  }

  find(name: DocumentName): Promise<StoredDocument | undefined> {
    return read(this.#db, name);
  }

  /** @param since stored after this moment, milliseconds since 1970. */
  async list(
    set: DocumentSet,
    { registration, since }: { registration?: string | undefined; since?: number | undefined },
  ): Promise<{ ids: string[]; updatedAt: number | undefined }> {
    let query = this.#db
      .selectFrom('documents')
      .select(['id', 'updated_at'])
      .where('set_key', '=', keyOf(set))
      .orderBy('updated_at')
      .orderBy('id');
    if (registration !== undefined) query = query.where('registration', '=', registration);
    if (since !== undefined) query = query.where('updated_at', '>', since);
    const rows = await query.execute();
    return { ids: [...new Set(rows.map(({ id }) => id))], updatedAt: rows.at(-1)?.updated_at };
  }

  /**
   * Reads and changes a document with nobody in between.
   *
   * @throws {@link Problem} that `decide` gave.
   */
  async change(name: DocumentName, decide: Decision): Promise<void> {
    const problem = await this.#writes.run([keyOf(name.set)], async (trx) => {
      const decision = decide(await read(trx, name));
      if (decision instanceof Problem) return decision;
      if (decision === 'remove') await remove(trx, name.set, name);
      else await write(trx, name, decision, this.#now());
      return undefined;
    });
    if (problem) throw problem;
  }

  /** Removes all documents of a set, or those of one registration. */
  async removeAll(set: DocumentSet, registration: string | undefined): Promise<void> {
    await this.#writes.run([keyOf(set)], (trx) => remove(trx, set, { registration }));
  }
}

/** SHA-1 because xAPI 1.0.3 Communication 3.1 asks for it; it guards against mistakes, not against attacks. */
function etagOf(content: Buffer): string {
  return createHash('sha1').update(content).digest('hex');
}

function keyOf({ resource, agent, activity }: DocumentSet): string {
  return createHash('sha256')
    .update(JSON.stringify([resource, agent, activity]))
    .digest('hex');
}

async function read(db: Kysely<Database>, name: DocumentName): Promise<StoredDocument | undefined> {
  const row = await db
    .selectFrom('documents')
    .select(['content', 'content_type', 'etag', 'updated_at'])
    .where('set_key', '=', keyOf(name.set))
    .where('registration', '=', name.registration ?? '')
    .where('id', '=', name.id)
    .executeTakeFirst();
  return (
    row && {
      content: row.content,
      contentType: row.content_type,
      etag: row.etag,
      updatedAt: row.updated_at,
    }
  );
}

async function write(
  trx: WriteTransaction,
  { set, registration, id }: DocumentName,
  { content, contentType }: NewDocument,
  now: number,
): Promise<void> {
  const changed = { content, content_type: contentType, etag: etagOf(content), updated_at: now };
  await trx
    .insertInto('documents')
    .values({ set_key: keyOf(set), registration: registration ?? '', id, ...set, ...changed })
    .onConflict((conflict) => conflict.columns(['set_key', 'registration', 'id']).doUpdateSet(changed))
    .execute();
}

async function remove(
  trx: WriteTransaction,
  set: DocumentSet,
  { registration, id }: { registration: string | undefined; id?: string },
): Promise<void> {
  let query = trx.deleteFrom('documents').where('set_key', '=', keyOf(set));
  if (id !== undefined) query = query.where('id', '=', id).where('registration', '=', registration ?? '');
  else if (registration !== undefined) query = query.where('registration', '=', registration);
  await query.execute();
}
