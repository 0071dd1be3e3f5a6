import type { FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { WriteQueue } from '../db/write-queue.ts';
import { credentials } from '../http/credentials.ts';
import { newSecret, secretHash } from '../roster/secrets.ts';

/** What a link opens: a person's own record, that record as one file, the minutes of a session. */
export type PhoneLinkKind = 'record' | 'record-file' | 'minutes';

/** How long each is good, seconds: to take the phone out and read, to let a download begin, to print. */
export const LINK_LIFETIME: Readonly<Record<PhoneLinkKind, number>> = {
  record: 900,
  'record-file': 300,
  minutes: 1800,
};

/** Tells a link's token from that of a phone somebody signed in on. */
const PREFIX = 'link_';

/** Links that open one thing for a while, by random tokens of which only hashes are kept. */
export class PhoneLinks {
  readonly #db: Kysely<Database>;
  readonly #writes: WriteQueue;
  readonly #now: () => number;

  /** @param now the service's clock, milliseconds since 1970. */
  constructor(db: Kysely<Database>, writes: WriteQueue, now: () => number) {
    this.#db = db;
    this.#writes = writes;
    this.#now = now;
  }

  /** @returns a token good for {@link LINK_LIFETIME} seconds. */
  async make(kind: PhoneLinkKind, subject: string): Promise<{ token: string; expiresIn: number }> {
    const token = `${PREFIX}${newSecret()}`;
    const now = this.#now();
    const expiresIn = LINK_LIFETIME[kind];
    await this.#writes.run([`link:${subject}`], async (trx) => {
      await trx.deleteFrom('phone_links').where('expires_at', '<=', now).execute();
      await trx
        .insertInto('phone_links')
        .values({ token_hash: secretHash(token), kind, subject, expires_at: now + expiresIn * 1000 })
        .execute();
    });
    return { token, expiresIn };
  }

  /** What a token opens of a kind, or `undefined` if it is none, or none any more. */
  async subject(kind: PhoneLinkKind, token: string): Promise<string | undefined> {
    if (!token.startsWith(PREFIX)) return undefined;
    const found = await this.#db
      .selectFrom('phone_links')
      .select('subject')
      .where('token_hash', '=', secretHash(token))
      .where('kind', '=', kind)
      .where('expires_at', '>', this.#now())
      .executeTakeFirst();
    return found?.subject;
  }
}

/** The token of a link that a request shows, or `undefined` if it shows none. */
export function linkToken({ headers }: FastifyRequest): string | undefined {
  const [scheme, token] = credentials(headers.authorization);
  return scheme === 'bearer' && token.startsWith(PREFIX) ? token : undefined;
}
