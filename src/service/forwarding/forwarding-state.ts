import type { Kysely, Selectable } from 'kysely';
import type { Database, ForwardingTable } from '../db/schema.ts';
import type { WriteQueue, WriteTransaction } from '../db/write-queue.ts';
import type { Outgoing } from './select-statements.ts';

export type ForwardingRecord = Selectable<ForwardingTable>;

/** Another process has taken over. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** How long a process that says nothing keeps its turn, milliseconds. */
export const LEASE = 10_000;
/** Beyond this many, rows that wait are not counted one by one. */
const COUNTED = 100_000;

/** How far another store lags behind. */
export interface ForwardingLag {
  /** Statements not looked at yet; at most 100,000. */
  rows: number;
  /** Age of the oldest of them, seconds. */
  seconds: number;
  /** Statements that the other store refused. */
  quarantined: number;
}

/**
 * The durable side of forwarding to one target: how far it has come, whose turn it is, what was refused. One
 * process at a time holds the lease; each change is refused to all others.
 */
export class ForwardingState {
  /** Address of the other store. */
  readonly target: string;
  readonly #db: Kysely<Database>;
  readonly #writes: WriteQueue;
  /** This process. */
  readonly #owner: string;

  constructor(db: Kysely<Database>, writes: WriteQueue, target: string, owner: string) {
    this.#db = db;
    this.#writes = writes;
    this.target = target;
    this.#owner = owner;
  }

  /** What is known, whoever holds the lease; `undefined` while nothing was ever sent to the target. */
  read(): Promise<ForwardingRecord | undefined> {
    return this.#db.selectFrom('forwarding').selectAll().where('target', '=', this.target).executeTakeFirst();
  }

  /** Takes or renews the lease; `undefined` if another process has it. */
  take(now: number): Promise<ForwardingRecord | undefined> {
    return this.#write(async (trx) => {
      await trx
        .insertInto('forwarding')
        .values({ target: this.target, sent_upto: 0, sent: 0, failures: 0, next_try_at: 0, owned_until: 0 })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await trx
        .updateTable('forwarding')
        .set({ owner: this.#owner, owned_until: now + LEASE })
        .where('target', '=', this.target)
        .where((where) => where.or([where('owner', '=', this.#owner), where('owned_until', '<', now)]))
        .execute();
      return trx
        .selectFrom('forwarding')
        .selectAll()
        .where('target', '=', this.target)
        .where('owner', '=', this.#owner)
        .executeTakeFirst();
    });
  }

  /** Lets another process take over at once. */
  async release(): Promise<void> {
    await this.#write((trx) => this.#own(trx).set({ owned_until: 0 }).executeTakeFirst());
  }

  /**
   * Notes that the other store has statements, and that all up to a number are dealt with.
   *
   * @throws {@link LeaseLost}
   */
  async stored(rows: readonly Outgoing[], upTo: number, now: number): Promise<void> {
    await this.#whileOwner(now, async (trx) => {
      await this.#forget(trx, rows);
      await this.#advance(trx, upTo);
      if (rows.length > 0)
        await this.#own(trx)
          .set((row) => ({ sent: row('sent', '+', rows.length), last_sent_at: now }))
          .execute();
    });
  }

  /**
   * Sets a statement aside that the other store refused.
   *
   * @throws {@link LeaseLost}
   */
  async quarantine(row: Outgoing, status: number, reason: string, now: number): Promise<void> {
    await this.#whileOwner(now, async (trx) => {
      await this.#forget(trx, [row]);
      await trx
        .insertInto('forwarding_quarantine')
        .values({
          target: this.target,
          seq: row.seq,
          statement_id: row.id,
          status,
          // PostgreSQL's texts know no NUL.
          reason: reason.replaceAll('\0', ''),
          quarantined_at: now,
          again: 0,
        })
        .execute();
      await this.#advance(trx, row.seq);
    });
  }

  /**
   * Notes a failure, and when to try again.
   *
   * @throws {@link LeaseLost}
   */
  async failed(failures: number, reason: string, nextTryAt: number, now: number): Promise<void> {
    await this.#whileOwner(now, async (trx) => {
      await this.#own(trx).set({ failures, last_error: reason, next_try_at: nextTryAt }).execute();
    });
  }

  /**
   * Marks what was refused to be sent again.
   *
   * @returns how many statements.
   */
  async again(): Promise<number> {
    const { numUpdatedRows } = await this.#write((trx) =>
      trx
        .updateTable('forwarding_quarantine')
        .set({ again: 1 })
        .where('target', '=', this.target)
        .executeTakeFirst(),
    );
    return Number(numUpdatedRows);
  }

  async lag(now: number): Promise<ForwardingLag> {
    const sentUpTo = (await this.read())?.sent_upto ?? 0;
    const waiting = this.#db.selectFrom('statements').where('seq', '>', sentUpTo);
    const oldest = await waiting.select('stored_at').orderBy('seq').limit(1).executeTakeFirst();
    const { rows } = await this.#db
      .selectFrom(waiting.select('seq').limit(COUNTED).as('waiting'))
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow();
    const { quarantined } = await this.#db
      .selectFrom('forwarding_quarantine')
      .select(({ fn }) => fn.countAll<number>().as('quarantined'))
      .where('target', '=', this.target)
      .executeTakeFirstOrThrow();
    const seconds = oldest ? Math.max(0, (now - oldest.stored_at) / 1000) : 0;
    return { rows, seconds, quarantined };
  }

  /** The newest refusals. */
  refusals(limit: number) {
    return this.#db
      .selectFrom('forwarding_quarantine')
      .select(['statement_id', 'status', 'reason', 'quarantined_at'])
      .where('target', '=', this.target)
      .orderBy('quarantined_at', 'desc')
      .limit(limit)
      .execute();
  }

  /** Statements to go on with: first those to be sent again, then by arrival up to a number. */
  async next(sentUpTo: number, upTo: number, limit: number): Promise<{ rows: Outgoing[]; again: boolean }> {
    const again = await this.#db
      .selectFrom('forwarding_quarantine')
      .innerJoin('statements', 'statements.id', 'forwarding_quarantine.statement_id')
      .select(['statements.seq', 'statements.id', 'statements.verb', 'statements.json'])
      .where('target', '=', this.target)
      .where('again', '=', 1)
      .orderBy('statements.seq')
      .limit(limit)
      .execute();
    if (again.length > 0) return { rows: again, again: true };
    const rows = await this.#db
      .selectFrom('statements')
      .select(['seq', 'id', 'verb', 'json'])
      .where('seq', '>', sentUpTo)
      .where('seq', '<=', upTo)
      .orderBy('seq')
      .limit(limit)
      .execute();
    return { rows, again: false };
  }

  /** Whether there is anything to do at all. Cheap: asked every few seconds. */
  async isBehind(): Promise<boolean> {
    const sentUpTo = (await this.read())?.sent_upto ?? 0;
    const row = await this.#db
      .selectFrom('statements')
      .select('seq')
      .where('seq', '>', sentUpTo)
      .limit(1)
      .executeTakeFirst();
    if (row) return true;
    const again = await this.#db
      .selectFrom('forwarding_quarantine')
      .select('seq')
      .where('target', '=', this.target)
      .where('again', '=', 1)
      .limit(1)
      .executeTakeFirst();
    return again !== undefined;
  }

  #write<T>(write: (trx: WriteTransaction) => Promise<T>): Promise<T> {
    return this.#writes.run([`forwarding ${this.target}`], write);
  }

  #whileOwner(now: number, write: (trx: WriteTransaction) => Promise<void>): Promise<void> {
    return this.#write(async (trx) => {
      const { numUpdatedRows } = await this.#own(trx)
        .set({ owned_until: now + LEASE })
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw new LeaseLost('another process forwards now');
      await write(trx);
    });
  }

  /** The target's row, if it is this process's turn. */
  #own(trx: WriteTransaction) {
    return trx.updateTable('forwarding').where('target', '=', this.target).where('owner', '=', this.#owner);
  }

  /** Never back: what is sent again was passed long ago. */
  async #advance(trx: WriteTransaction, upTo: number): Promise<void> {
    await this.#own(trx).set({ failures: 0, last_error: null, next_try_at: 0 }).execute();
    await this.#own(trx).set({ sent_upto: upTo }).where('sent_upto', '<', upTo).execute();
  }

  async #forget(trx: WriteTransaction, rows: readonly Outgoing[]): Promise<void> {
    if (rows.length === 0) return;
    await trx
      .deleteFrom('forwarding_quarantine')
      .where('target', '=', this.target)
      .where(
        'seq',
        'in',
        rows.map(({ seq }) => seq),
      )
      .execute();
  }
}
