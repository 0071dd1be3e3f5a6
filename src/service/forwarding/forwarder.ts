import type { FastifyBaseLogger } from 'fastify';
import type { Kysely } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import { arrivedForGood } from '../db/arrivals-barrier.ts';
import type { OpenDatabase } from '../db/open-database.ts';
import type { Database } from '../db/schema.ts';
import { backoff } from './backoff.ts';
import type { ForwardingOptions } from './forwarding-options.ts';
import { LEASE, LeaseLost, type ForwardingState } from './forwarding-state.ts';
import { OtherStore, type Answer, type OutgoingFile } from './other-store.ts';
import { firstBatch, isWanted, type Outgoing } from './select-statements.ts';

/** Between two looks when there was nothing to do or it is not our turn, milliseconds. */
const LOOK = 1000;
/** After so many errors of the other store in a row, while it is otherwise well, the statements are to blame. */
const TRIES = 5;
const INTERNAL_ERROR = 500;
/** Says of itself that it is away. */
const UNAVAILABLE = 503;
/** Statements read in one go. */
const ROWS = 500;

interface Parts {
  database: OpenDatabase;
  state: ForwardingState;
  options: ForwardingOptions;
  log: FastifyBaseLogger;
  /** Milliseconds since 1970. */
  now: () => number;
}

/**
 * Passes stored statements on to another Learning Record Store, in the order of their arrival. The stored
 * statements are the outbox: how far it has come is kept in the database and moves on only after the other
 * store has answered, so that a kill at any moment repeats a batch at worst, which by xAPI changes nothing
 * there.
 */
export class Forwarder {
  readonly #state: ForwardingState;
  readonly #database: OpenDatabase;
  readonly #db: Kysely<Database>;
  readonly #options: ForwardingOptions;
  readonly #store: OtherStore;
  readonly #log: FastifyBaseLogger;
  readonly #now: () => number;
  readonly #ending = new AbortController();
  readonly #running: Promise<void>;
  /** All statements up to this number have been committed. */
  #arrived = 0;
  #hasLease = false;
  /** In a row. */
  #failures = 0;

  /** Begins at once. */
  constructor({ database, state, options, log, now }: Parts) {
    this.#state = state;
    this.#database = database;
    this.#db = database.db;
    this.#options = options;
    this.#store = new OtherStore(options, this.#ending.signal);
    this.#log = log;
    this.#now = now;
    this.#running = this.#run();
  }

  /** Gives up what is under way, which the next process sends again, and hands the turn over. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#running;
    if (this.#hasLease) await this.#state.release();
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted)
      try {
        const wait = await this.#step();
        if (wait > 0) await sleep(wait, undefined, { signal });
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof LeaseLost)) this.#log.warn({ err: error }, 'forwarding was interrupted');
        await sleep(LOOK, undefined, { signal }).catch(() => undefined);
      }
  }

  /**
   * Sends what can be sent now.
   *
   * @returns how long to wait for more, milliseconds.
   */
  async #step(): Promise<number> {
    if (!(await this.#state.isBehind())) return LOOK;
    const record = await this.#state.take(this.#now());
    this.#hasLease = record !== undefined;
    if (!record) return LOOK;
    this.#failures = record.failures;
    const rest = record.next_try_at - this.#now();
    if (rest > 0) return Math.min(rest, LEASE / 3);

    if (this.#arrived <= record.sent_upto)
      this.#arrived = (await arrivedForGood(this.#db, this.#database.dialect)) ?? 0;
    const { rows, again } = await this.#state.next(record.sent_upto, this.#arrived, ROWS);
    const last = rows[rows.length - 1];
    if (!last) return LOOK;
    const keepLease = setInterval(() => {
      this.#state.take(this.#now()).catch((error: unknown) => {
        this.#log.warn({ err: error }, 'the turn to forward could not be kept');
      });
    }, LEASE / 3);
    try {
      let left = again ? rows : rows.filter((row) => isWanted(row, this.#options));
      const files = await this.#idsWithFiles(left);
      while (left.length > 0) {
        const batch = firstBatch(left, files);
        if (!(await this.#deliver(batch))) return 0;
        left = left.slice(batch.length);
      }
      // What the other store is not to have is dealt with as well.
      if (!again) await this.#state.stored([], last.seq, this.#now());
    } finally {
      clearInterval(keepLease);
    }
    return 0;
  }

  /**
   * Sends a batch; one that is refused is halved until the statement that is to blame stands alone.
   *
   * @returns whether all of it is dealt with.
   */
  async #deliver(batch: readonly Outgoing[]): Promise<boolean> {
    const last = batch[batch.length - 1]!;
    const answer = await this.#store.send(batch, await this.#filesOf(batch));
    if (answer.kind === 'stored') {
      await this.#state.stored(batch, last.seq, this.#now());
      return true;
    }
    if (answer.kind === 'later') {
      if (!(await this.#failsAtStatements(answer))) return this.#wait(answer);
    } else this.#failures = 0;
    if (batch.length > 1) {
      const half = Math.ceil(batch.length / 2);
      return (await this.#deliver(batch.slice(0, half))) && this.#deliver(batch.slice(half));
    }
    if (answer.kind === 'conflict') {
      const there = await this.#store.has(last);
      if (there === true) {
        await this.#state.stored(batch, last.seq, this.#now());
        return true;
      }
      if (there !== false) return this.#wait(there);
    }
    const { status = INTERNAL_ERROR, reason } = answer;
    await this.#state.quarantine(last, status, reason, this.#now());
    this.#log.warn({ status }, 'the other store did not take a statement: it is set aside');
    return true;
  }

  /**
   * Whether the other store, well otherwise, breaks over these statements again and again: then they are not to hold up
   * all others.
   */
  async #failsAtStatements({ status = 0 }: Extract<Answer, { kind: 'later' }>): Promise<boolean> {
    const isError = status >= INTERNAL_ERROR && status !== UNAVAILABLE;
    return isError && this.#failures + 1 >= TRIES && this.#store.answers();
  }

  async #wait({ reason, retryAfterSeconds }: Extract<Answer, { kind: 'later' }>): Promise<false> {
    const failures = this.#failures + 1;
    const seconds = backoff(failures, this.#options.retrySeconds, retryAfterSeconds, Math.random());
    const now = this.#now();
    await this.#state.failed(failures, reason, Math.round(now + seconds * 1000), now);
    this.#log.warn(
      { reason, failures, seconds: Math.round(seconds) },
      'the other store cannot take statements',
    );
    return false;
  }

  async #idsWithFiles(rows: readonly Outgoing[]): Promise<Set<string>> {
    if (rows.length === 0) return new Set();
    const found = await this.#db
      .selectFrom('statement_attachments')
      .select('statement_id')
      .where(
        'statement_id',
        'in',
        rows.map(({ id }) => id),
      )
      .execute();
    return new Set(found.map(({ statement_id }) => statement_id));
  }

  async #filesOf([row, ...more]: readonly Outgoing[]): Promise<OutgoingFile[]> {
    if (!row || more.length > 0) return [];
    return this.#db
      .selectFrom('statement_attachments')
      .innerJoin('attachments', 'attachments.sha2', 'statement_attachments.sha2')
      .select(['attachments.sha2', 'attachments.content'])
      .where('statement_id', '=', row.id)
      .execute();
  }
}
