import type { FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { WriteQueue } from '../db/write-queue.ts';
import { credentials } from '../http/credentials.ts';
import { Problem } from '../http/problems.ts';
import { newSecret, secretHash } from './secrets.ts';

/** A person who signed in on a phone with number and PIN. */
export interface PhonePerson {
  person: string;
  name: string;
  role: string;
  branch: string | null;
  /** Of the branch. */
  village: string | null;
}

/** How long a phone stays signed in, seconds. */
export const PHONE_SESSION = 1800;

/** Tells a phone's token from a box's. */
const PREFIX = 'phone_';

/** The phones that a PIN has signed in, by random tokens of which only hashes are kept. */
export class PhoneSessions {
  readonly #db: Kysely<Database>;
  readonly #writes: WriteQueue;
  readonly #now: () => number;

  /** @param now the service's clock, milliseconds since 1970. */
  constructor(db: Kysely<Database>, writes: WriteQueue, now: () => number) {
    this.#db = db;
    this.#writes = writes;
    this.#now = now;
  }

  /** @returns a token good for {@link PHONE_SESSION} seconds. */
  async start(person: string): Promise<string> {
    const token = `${PREFIX}${newSecret()}`;
    const now = this.#now();
    await this.#writes.run([`phone:${person}`], async (trx) => {
      await trx.deleteFrom('phone_sessions').where('expires_at', '<=', now).execute();
      await trx
        .insertInto('phone_sessions')
        .values({ token_hash: secretHash(token), person, expires_at: now + PHONE_SESSION * 1000 })
        .execute();
    });
    return token;
  }

  /** The phone that asks is signed in no more. */
  async end({ headers }: FastifyRequest): Promise<void> {
    const hash = secretHash(credentials(headers.authorization)[1]);
    await this.#writes.run([`phone:${hash}`], (trx) =>
      trx.deleteFrom('phone_sessions').where('token_hash', '=', hash).execute(),
    );
  }

  /** @throws {@link Problem} 401 */
  async person({ headers }: FastifyRequest): Promise<PhonePerson> {
    const [scheme, token] = credentials(headers.authorization);
    const found =
      scheme === 'bearer' && token.startsWith(PREFIX)
        ? await this.#db
            .selectFrom('phone_sessions')
            .innerJoin('people', 'people.id', 'phone_sessions.person')
            .leftJoin('branches', 'branches.id', 'people.branch')
            .select([
              'people.id as person',
              'people.name',
              'people.role',
              'people.branch',
              'branches.village',
            ])
            .where('token_hash', '=', secretHash(token))
            .where('expires_at', '>', this.#now())
            .executeTakeFirst()
        : undefined;
    if (!found) throw new Problem(401, 'signed-out', 'Sign in with number and PIN.');
    return found;
  }
}

/** The village of a branch's secretary. @throws {@link Problem} 403 */
export function secretaryVillage({ role, village }: PhonePerson): string {
  if (role !== 'branch-secretary' || village === null)
    throw new Problem(403, 'not-secretary', 'Only the secretary of a branch may do this.');
  return village;
}
