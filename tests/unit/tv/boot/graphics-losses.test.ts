import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterLoss, lossesIn, sparesChip, type Losses } from '../../../../src/tv/boot/graphics-losses.ts';

const minute = 60_000;
const hour = 60 * minute;
const at = Date.UTC(2026, 10, 26, 20);
const lost = (...moments: number[]): Losses => moments.reduce<Losses>(afterLoss, []);

describe('a box that loses its graphics chip', () => {
  it.each([
    ['never', [], 0, false],
    ['once', [at], 1, false],
    ['twice within ten minutes', [at, at + 10 * minute], 10 * minute, true],
    ['twice, further apart', [at, at + 11 * minute], 11 * minute, false],
    ['twice, most of a day ago', [at, at + 1], 23 * hour, true],
    ['twice, a day ago', [at, at + 1], 25 * hour, false],
    ['often, the last two further apart', [at, at + 1, at + hour], hour, false],
    ['twice, by a clock that was ahead then', [at + hour, at + hour + 1], 0, false],
    ['twice, the clock having been set in between', [0, at], 0, false],
    ['twice, the clock having been set back a little', [at + minute, at], 0, true],
  ])('%s', (_, moments, later, spared) => {
    expect(sparesChip(lost(...moments), at + later)).toBe(spared);
  });

  it('keeps no more than two moments, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (moments) => {
        expect(lost(...moments)).toEqual(moments.slice(-2));
      }),
    );
  });

  it.each([[undefined], [null], ['text'], [{}], [[1, 'two', null]], [7]])('reads %j as it can', (kept) => {
    expect(lossesIn(kept)).toEqual(Array.isArray(kept) ? [1] : []);
  });
});
