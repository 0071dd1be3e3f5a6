const CAP = 900;

/**
 * Seconds to wait after some failures in a row: doubling, at most 15 minutes, half of it left to chance so
 * that many senders do not come back together; never less than the receiver asked for.
 *
 * @param random 0 to 1.
 */
export function backoff(failures: number, base: number, retryAfter: number, random: number): number {
  const full = Math.min(CAP, base * 2 ** Math.min(failures - 1, 20));
  return Math.max(retryAfter, full / 2 + (full / 2) * random);
}
