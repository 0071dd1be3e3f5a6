import { sql, type Kysely, type Transaction } from 'kysely';
import { metrics } from '../operations/metrics.ts';
import { mayNumberRows } from './arrivals-barrier.ts';
import type { Dialect } from './migrations/dialect.ts';
import type { Database } from './schema.ts';
import { earliestStamp, mayStampFrom } from './write-moments.ts';

export type WriteTransaction = Transaction<Database>;

/** A write that does several callers' items in one go; gives each its result, in their order. */
export type SharedWrite<Item, Result> = (
  trx: WriteTransaction,
  items: readonly Item[],
) => Promise<readonly Result[]>;

interface Job {
  keys: readonly string[];
  write: SharedWrite<unknown, unknown>;
  item: unknown;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

/** How long the first write of a group waits for company, milliseconds. */
const GATHER = 4;
/** Most writes in one transaction, so that it stays short. */
const GROUP = 200;

/**
 * Group commit: writes that arrive close together share one transaction and one sync to the disk, and each
 * caller hears back only after it. A sync per write is some 30 times slower.
 */
export class WriteQueue {
  readonly #db: Kysely<Database>;
  readonly #dialect: Dialect;
  readonly #now: () => number;
  /** When the transaction under way began. */
  #since: number | undefined;
  #waiting: Job[] = [];
  #running: Promise<void> | undefined;

  /** @param now the service's clock, milliseconds since 1970. */
  constructor(db: Kysely<Database>, dialect: Dialect, now: () => number = Date.now) {
    this.#db = db;
    this.#dialect = dialect;
    this.#now = now;
  }

  /**
   * Runs a write in a transaction shared with others and resolves with its result once it is committed.
   * A write that throws is tried once more alone, so that it takes nobody else down; what it refuses for
   * reasons of content it returns instead.
   *
   * @param keys what the write reads before it writes, e.g. a person; writes with a key in common are kept
   *   apart, over all processes of the service.
   */
  run<T>(keys: readonly string[], write: (trx: WriteTransaction) => Promise<T>): Promise<T> {
    return this.runShared(keys, undefined, async (trx) => [await write(trx)]);
  }

  /**
   * As {@link run}, for a write that does the items of all callers of a transaction in one go: one insert
   * for all of them instead of one each. Items come in the order in which they were handed in.
   *
   * @param write the same function for all that may go together.
   */
  runShared<Item, Result>(
    keys: readonly string[],
    item: Item,
    write: SharedWrite<Item, Result>,
  ): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ keys, write: write as SharedWrite<unknown, unknown>, item, resolve, reject });
      this.#running ??= this.#drain();
    });
  }

  /** Writes that wait for their transaction. */
  get depth(): number {
    return this.#waiting.length;
  }

  /**
   * The moment through which everything that writes, of any process of the service, have given a time of storing can
   * be found, and will not get company. Milliseconds since 1970.
   */
  async settledThrough(): Promise<number> {
    // Before the look: a write that begins after it gives later times.
    const now = this.#now();
    const earliest = this.#dialect === 'sqlite' ? this.#since : await earliestStamp(this.#db, now);
    return earliest === undefined ? now : Math.min(now, earliest - 1);
  }

  /** Resolves when all that was handed in has been committed or refused. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #drain(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, GATHER));
    while (this.#waiting.length > 0) {
      const group = this.#waiting.slice(0, GROUP);
      this.#waiting = this.#waiting.slice(GROUP);
      await this.#commit(group);
    }
    this.#running = undefined;
  }

  async #commit(group: readonly Job[]): Promise<void> {
    const results = new Map<Job, unknown>();
    this.#since = this.#now();
    const committed = metrics.commitSeconds.startTimer();
    try {
      await this.#db.transaction().execute(async (trx) => {
        await this.#lock(
          trx,
          group.flatMap(({ keys }) => keys),
        );
        for (const [write, jobs] of byWrite(group)) {
          const done = await write(
            trx,
            jobs.map(({ item }) => item),
          );
          jobs.forEach((job, index) => results.set(job, done[index]));
        }
      });
    } catch (error) {
      if (group.length === 1) group[0]!.reject(error);
      else for (const job of group) await this.#commit([job]);
      return;
    } finally {
      this.#since = undefined;
    }
    committed();
    metrics.groupSize.observe(group.length);
    for (const job of group) job.resolve(results.get(job) as never);
  }

  /** SQLite has one writer anyway. In order, so that two groups never wait for each other. */
  async #lock(trx: WriteTransaction, keys: readonly string[]): Promise<void> {
    if (this.#dialect === 'sqlite') return;
    // Writes look things up by keys that are indexed. Before the first statistics of a new table PostgreSQL
    // takes a few hundred of them for half the table and reads it all.
    await sql`select ${mayNumberRows}, ${mayStampFrom(this.#now())},
      set_config('enable_seqscan', 'off', true)`.execute(trx);
    if (keys.length === 0) return;
    await sql`select pg_advisory_xact_lock(key) from
      (select distinct hashtextextended(name, 0) as key from unnest(${[...keys]}::text[]) as name order by key)
      as keys`.execute(trx);
  }
}

function byWrite(group: readonly Job[]): Map<Job['write'], Job[]> {
  const found = new Map<Job['write'], Job[]>();
  for (const job of group) {
    const jobs = found.get(job.write);
    if (jobs) jobs.push(job);
    else found.set(job.write, [job]);
  }
  return found;
}
