import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatPlayedSegments,
  parsePlayedSegments,
} from '../../../../src/domain/watching/played-segments.ts';

describe('played segments', () => {
  it('are written as the video profile has them', () => {
    expect(
      formatPlayedSegments([
        { start: 0, end: 602.5 },
        { start: 1216, end: 1800.00049 },
      ]),
    ).toBe('0[.]602.5[,]1216[.]1800');
    expect(formatPlayedSegments([{ start: 1, end: 1.0001 }])).toBe('');
  });

  it('are read in any order, overlapping, with any number of decimals', () => {
    expect(parsePlayedSegments('10[.]20.1234567[,]0[.]12[,]3[.]3')).toEqual([
      { start: 10, end: 20.1234567 },
      { start: 0, end: 12 },
    ]);
    expect(parsePlayedSegments('')).toEqual([]);
  });

  it.each(['0', '0[.]', '0[.]5,6[.]7', '5[.]4', '-1[.]4', '0[.]1e5', ' 0[.]5', '0[.]5[,]', 'NaN[.]5'])(
    'are not %j',
    (text) => expect(parsePlayedSegments(text)).toBeUndefined(),
  );

  it('survive the way there and back', () => {
    const ms = fc.nat(36_000_000).map((n) => n / 1000);
    fc.assert(
      fc.property(fc.array(fc.tuple(ms, ms)), (pairs) => {
        const ranges = pairs
          .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }))
          .filter(({ start, end }) => end > start);
        expect(parsePlayedSegments(formatPlayedSegments(ranges))).toEqual(ranges);
      }),
    );
  });
});
