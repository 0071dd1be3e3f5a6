import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addRange, coverage, subtract, totalSeconds, union } from '../../../../src/domain/watching/ranges.ts';
import type { Range } from '../../../../src/domain/watching/watch-events.ts';

/** Whole-second ranges up to 40 s, so that a set of seconds can say what is right. */
const anyRanges = fc.array(
  fc.tuple(fc.nat(40), fc.nat(40)).map(([a, b]): Range => ({ start: Math.min(a, b), end: Math.max(a, b) })),
  { maxLength: 12 },
);

const seconds = (ranges: readonly Range[]): Set<number> =>
  new Set(ranges.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)));

describe('ranges', () => {
  it('join when they overlap or touch', () => {
    expect(union([{ start: 10, end: 20 }], [{ start: 0, end: 10 }], [{ start: 30, end: 31 }])).toEqual([
      { start: 0, end: 20 },
      { start: 30, end: 31 },
    ]);
  });

  it('take nothing from an empty or backward range', () => {
    expect(addRange([], { start: 5, end: 5 })).toEqual([]);
    expect(addRange([], { start: 5, end: 4 })).toEqual([]);
    expect(addRange([], { start: 5, end: NaN })).toEqual([]);
  });

  it('hold exactly the seconds of their parts, sorted and disjoint', () => {
    fc.assert(
      fc.property(anyRanges, anyRanges, (a, b) => {
        const joined = union(a, b);
        expect(seconds(joined)).toEqual(new Set([...seconds(a), ...seconds(b)].sort((x, y) => x - y)));
        expect(totalSeconds(joined)).toBe(seconds(joined).size);
        joined.slice(1).forEach((range, i) => expect(range.start).toBeGreaterThan(joined[i]!.end));
      }),
    );
  });

  it('without others hold what only they hold', () => {
    fc.assert(
      fc.property(anyRanges, anyRanges, (a, b) => {
        const left = subtract(a, b);
        const taken = seconds(b);
        expect([...seconds(left)].sort()).toEqual([...seconds(a)].filter((s) => !taken.has(s)).sort());
        expect(totalSeconds(left)).toBe(seconds(left).size);
      }),
    );
  });
});

describe('coverage', () => {
  it('counts the length in whole seconds', () => {
    expect(coverage([{ start: 0, end: 18 }], 20.9)).toBe(0.9);
    expect(coverage([{ start: 0, end: 25 }], 20.9)).toBe(1);
    expect(coverage([{ start: 0, end: 0.4 }], 0.8)).toBeCloseTo(1);
    expect(coverage([{ start: 0, end: 5 }], 0)).toBe(0);
  });

  it('lets half a second be missing at either end and nothing in the middle', () => {
    expect(coverage([{ start: 0.5, end: 19.5 }], 20)).toBe(1);
    expect(coverage([{ start: 0.51, end: 19.49 }], 20)).toBeCloseTo(18.98 / 20);
    expect(
      coverage(
        [
          { start: 0, end: 10 },
          { start: 10.5, end: 20 },
        ],
        20,
      ),
    ).toBe(0.975);
  });

  it('ignores what lies behind the end', () => {
    expect(coverage([{ start: 30, end: 60 }], 20)).toBe(0);
  });
});
