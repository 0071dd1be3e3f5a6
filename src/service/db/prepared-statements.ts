import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { Pool, PoolClient } from 'pg';

/** A text is prepared from this time on: lists of varying length hardly come so often. */
const OFTEN = 3;
/** Most texts that are remembered; the write path has some forty. */
const MOST = 500;

/**
 * The pool, with what comes again and again inside transactions prepared on its connections: PostgreSQL then reads
 * and plans it once for many groups of writes. Not what is read outside of them: its best plan depends on who
 * is asked about. Not `select *` either: PostgreSQL refuses its prepared form once a migration of another
 * process has given the table a new column.
 */
export function preparing(pool: Pool): PostgresPool {
  const sights = new Map<string, { name: string; times: number }>();
  const nameOf = (text: string): string | undefined => {
    if (text.includes('*')) return undefined;
    const seen = sights.get(text) ?? { name: `write-${sights.size + 1}`, times: 0 };
    if (seen.times === 0) {
      if (sights.size >= MOST) return undefined;
      sights.set(text, seen);
    }
    seen.times += 1;
    return seen.times < OFTEN ? undefined : seen.name;
  };
  return {
    connect: async () => new PreparingClient(await pool.connect(), nameOf),
    end: () => pool.end(),
  };
}

class PreparingClient implements PostgresPoolClient {
  readonly #client: PoolClient;
  readonly #nameOf: (text: string) => string | undefined;
  #inTransaction = false;

  constructor(client: PoolClient, nameOf: (text: string) => string | undefined) {
    this.#client = client;
    this.#nameOf = nameOf;
  }

  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query(text: unknown, values: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new Error('cursors are not in use');
    if (/^(begin|start transaction)/.test(text)) this.#inTransaction = true;
    else if (/^(commit|rollback$)/.test(text)) this.#inTransaction = false;
    const name =
      this.#inTransaction && /^\s*(select|insert|update)/.test(text) ? this.#nameOf(text) : undefined;
    return this.#client.query({ ...(name ? { name } : {}), text, values: [...values] });
  }

  release(): void {
    this.#client.release();
  }
}
