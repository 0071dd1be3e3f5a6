import type { ReviewPolicy } from './policy.ts';
import type { LedgerEntry } from './study-year.ts';

/** Why entries of a year are under review. */
export interface YearReview {
  /** Part of the year's counted seconds that is evidence C, 0 to 1. */
  share: number;
  /** The part up to which nobody looks. */
  limit: number;
  /** Ids of the entries under review. */
  entries: string[];
}

/**
 * Which entries of a person's year a person is to look at: those of evidence C, oldest first, from where their sum
 * passes the policy's share of the year. They go on counting; nothing is ever refused for it.
 *
 * @param entries of one year.
 */
export function reviewOfYear(
  entries: readonly Pick<LedgerEntry, 'id' | 'at' | 'creditedSeconds' | 'evidence'>[],
  { share: limit, fromSeconds }: ReviewPolicy,
): YearReview {
  const sum = (some: typeof entries): number => some.reduce((all, one) => all + one.creditedSeconds, 0);
  const weak = entries.filter(({ evidence }) => evidence === 'C').sort((a, b) => (a.at < b.at ? -1 : 1));
  const total = sum(entries);
  const unseen = Math.max(fromSeconds, limit * total);
  let reached = 0;
  const above = weak.filter(({ creditedSeconds }) => {
    reached += creditedSeconds;
    return creditedSeconds > 0 && reached > unseen;
  });
  const share = total > 0 ? Math.min(1, Math.max(0, sum(weak) / total)) : 0;
  // What was taken back later may have brought the sum down again.
  return { share, limit, entries: sum(weak) > unseen ? above.map(({ id }) => id) : [] };
}
