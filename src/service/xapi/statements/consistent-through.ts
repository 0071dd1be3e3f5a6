/**
 * The moment up to which everything that was stored can also be found: nothing stored before it is still on
 * its way to the disk in this process.
 *
 * Source: xAPI 1.0.3 Communication 2.1.3, `X-Experience-API-Consistent-Through`
 */
export class ConsistentThrough {
  /** `stored` of the batches that are being written, milliseconds since 1970. */
  readonly #underWay = new Map<symbol, number>();

  /** Runs the writing of a batch. */
  async during<T>(storedAt: number, write: () => Promise<T>): Promise<T> {
    const batch = Symbol('batch');
    this.#underWay.set(batch, storedAt);
    try {
      return await write();
    } finally {
      this.#underWay.delete(batch);
    }
  }

  /** ISO 8601. */
  at(now: number): string {
    return new Date(Math.min(now, ...[...this.#underWay.values()].map((stored) => stored - 1))).toISOString();
  }
}
