import type { Range } from './watch-events.ts';

/**
 * How much may be missing at either end of a lesson that was watched from first to last frame, in seconds:
 * engines start MPEG-TS at about 0.08 s, and the real length differs a little from the catalogue's.
 */
const EDGE_ALLOWANCE = 0.5;

/**
 * The ranges with `added` in them: sorted, none touching another. An empty or backward range adds nothing.
 * `ranges` must be sorted and disjoint, as every function here returns them.
 */
export function addRange(ranges: readonly Range[], added: Range): Range[] {
  if (!(added.end > added.start)) return [...ranges];
  let { start, end } = added;
  const before: Range[] = [];
  const after: Range[] = [];
  for (const range of ranges) {
    if (range.end < start) before.push(range);
    else if (range.start > end) after.push(range);
    else {
      start = Math.min(start, range.start);
      end = Math.max(end, range.end);
    }
  }
  return [...before, { start, end }, ...after];
}

/** Everything that is in any of the lists, which may be in any order and overlap: sorted and disjoint. */
export function union(...lists: readonly (readonly Range[])[]): Range[] {
  let all: Range[] = [];
  for (const list of lists) for (const range of list) all = addRange(all, range);
  return all;
}

/** What of `ranges` is not in `taken`: sorted and disjoint. */
export function subtract(ranges: readonly Range[], taken: readonly Range[]): Range[] {
  let left = union(ranges);
  for (const { start, end } of taken) {
    const parts: Range[] = [];
    for (const range of left)
      parts.push(
        { start: range.start, end: Math.min(range.end, start) },
        { start: Math.max(range.start, end), end: range.end },
      );
    left = parts.filter((part) => part.end > part.start);
  }
  return left;
}

/** Seconds in disjoint ranges. */
export function totalSeconds(ranges: readonly Range[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}

/**
 * Share of a lesson that is in the ranges, 0 to 1. The length counts in whole seconds, rounded down (the
 * xAPI video profile's rule), and up to 0.5 s may be missing at each end.
 *
 * @param length the lesson's length in seconds.
 */
export function coverage(ranges: readonly Range[], length: number): number {
  const whole = Math.floor(length) || length;
  if (!(whole > 0)) return 0;
  const inside = union(
    union(ranges).map(({ start, end }) => ({
      start: start <= EDGE_ALLOWANCE ? 0 : start,
      end: end >= whole - EDGE_ALLOWANCE ? whole : end,
    })),
  );
  return Math.min(1, totalSeconds(inside) / whole);
}
