import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comeBackAfter } from '../../../../src/service/http/limits.ts';

describe('when a refused caller may come again', () => {
  test('never before there is room, never later than the spread, in whole seconds', () => {
    const seconds = fc.double({ min: 0, max: 900, noNaN: true });
    fc.assert(
      fc.property(seconds, seconds, fc.double({ min: 0, max: 1, noNaN: true }), (least, spread, random) => {
        const wait = comeBackAfter(least, spread, random);
        expect(Number.isInteger(wait)).toBe(true);
        expect(wait).toBeGreaterThanOrEqual(Math.max(1, least));
        expect(wait).toBeLessThanOrEqual(Math.max(1, Math.ceil(least + spread)));
      }),
    );
  });

  test('those refused at one moment are spread evenly over the next minute', () => {
    const callers = 60_000;
    const perSecond = new Map<number, number>();
    for (let caller = 0; caller < callers; caller += 1) {
      const wait = comeBackAfter(20, 60, (caller + 0.5) / callers);
      perSecond.set(wait, (perSecond.get(wait) ?? 0) + 1);
    }
    expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(callers / 60 + 1);
    expect(perSecond.size).toBe(60);
  });
});
