import { afterWrongPin, lockSeconds, triesLeft } from '../../domain/roster/pin.ts';
import type { WriteQueue } from '../db/write-queue.ts';
import type { Database } from '../db/schema.ts';
import type { Kysely } from 'kysely';
import { hashPassword, isPassword } from '../http/password-hash.ts';
import { roleOf } from './roster.ts';

/** What came of a PIN that somebody typed. */
export type PinResult =
  | { right: true }
  | { right: false; reason: 'wrong'; triesLeft: number; lockSeconds: number }
  | { right: false; reason: 'locked'; lockSeconds: number }
  | { right: false; reason: 'no-pin' };

/** The PINs of people: kept as scrypt hashes, each guess counted before it is looked at. */
export class Pins {
  readonly #db: Kysely<Database>;
  readonly #writes: WriteQueue;
  readonly #now: () => number;

  /** @param now the service's clock, milliseconds since 1970. */
  constructor(db: Kysely<Database>, writes: WriteQueue, now: () => number) {
    this.#db = db;
    this.#writes = writes;
    this.#now = now;
  }

  /**
   * Gives a person a PIN, or another one; wrong tries are forgotten and phones signed out.
   *
   * @returns false if the roster has no such person.
   */
  async set(person: string, pin: string): Promise<boolean> {
    const values = {
      pin_hash: await hashPassword(pin),
      wrong_tries: 0,
      locked_until: 0,
      set_at: this.#now(),
    };
    return this.#writes.run([keyOf(person)], async (trx) => {
      if ((await roleOf(trx, person)) === undefined) return false;
      await trx.deleteFrom('phone_sessions').where('person', '=', person).execute();
      await trx
        .insertInto('pins')
        .values({ person, ...values })
        .onConflict((conflict) => conflict.column('person').doUpdateSet(values))
        .execute();
      return true;
    });
  }

  /** Takes a person's PIN away, for one who forgot it. */
  async remove(person: string): Promise<void> {
    await this.#writes.run([keyOf(person)], async (trx) => {
      await trx.deleteFrom('phone_sessions').where('person', '=', person).execute();
      await trx.deleteFrom('pins').where('person', '=', person).execute();
    });
  }

  /**
   * Looks at a PIN. The try is counted first, so that guesses made at the same moment count each for itself;
   * a right one takes its count back.
   */
  async check(person: string, pin: string): Promise<PinResult> {
    const now = this.#now();
    const counted = await this.#writes.run([keyOf(person)], async (trx) => {
      const row = await trx.selectFrom('pins').selectAll().where('person', '=', person).executeTakeFirst();
      if (!row) return undefined;
      const before = { wrongTries: row.wrong_tries, lockedUntil: row.locked_until };
      const lock = lockSeconds(before, now);
      if (lock > 0) return { locked: lock };
      const after = afterWrongPin(before, now);
      await trx
        .updateTable('pins')
        .set({ wrong_tries: after.wrongTries, locked_until: after.lockedUntil })
        .where('person', '=', person)
        .execute();
      return { locked: 0, after, hash: row.pin_hash };
    });
    if (counted === undefined) return { right: false, reason: 'no-pin' };
    if (!counted.hash) return { right: false, reason: 'locked', lockSeconds: counted.locked };
    const { after, hash } = counted;
    if (!(await isPassword(pin, hash)))
      return {
        ...{ right: false, reason: 'wrong' },
        triesLeft: triesLeft(after),
        lockSeconds: lockSeconds(after, now),
      };
    await this.#writes.run([keyOf(person)], (trx) =>
      trx
        .updateTable('pins')
        .set({ wrong_tries: 0, locked_until: 0 })
        .where('person', '=', person)
        .where('pin_hash', '=', hash)
        .execute(),
    );
    return { right: true };
  }

  /** Which of these people have a PIN. */
  async holders(people: readonly string[]): Promise<Set<string>> {
    if (people.length === 0) return new Set();
    const rows = await this.#db.selectFrom('pins').select('person').where('person', 'in', people).execute();
    return new Set(rows.map(({ person }) => person));
  }
}

function keyOf(person: string): string {
  return `pin:${person}`;
}
