import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockText, hoursText, roughLength } from '../../../../src/domain/text/durations.ts';

describe('a place in a lesson', () => {
  it.each([
    [0, '00:00'],
    [9.99, '00:09'],
    [59.999, '00:59'],
    [800, '13:20'],
    [3599, '59:59'],
    [3600, '1:00:00'],
    [3723, '1:02:03'],
    [-3, '00:00'],
  ])('%d s is written %s', (seconds, text) => {
    expect(clockText(seconds)).toBe(text);
  });

  it('can be read back to the whole second', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 36_000, noNaN: true }), (seconds) => {
        const read = clockText(seconds)
          .split(':')
          .reduce((sum, figure) => sum * 60 + Number(figure), 0);
        expect(read).toBe(Math.floor(seconds));
      }),
    );
  });
});

describe('a length for people', () => {
  it.each([
    [0.2, 'second', 1],
    [20, 'second', 20],
    [59.4, 'second', 59],
    [59.5, 'minute', 1],
    [89, 'minute', 1],
    [91, 'minute', 2],
    [720, 'minute', 12],
  ] as const)('%d s is %s × %d', (seconds, unit, count) => {
    expect(roughLength(seconds)).toEqual({ unit, count });
  });

  it('never says 60 seconds and never nothing', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 7200, noNaN: true }), (seconds) => {
        const { unit, count } = roughLength(seconds);
        expect(count).toBeGreaterThanOrEqual(1);
        if (unit === 'second') expect(count).toBeLessThan(60);
      }),
    );
  });
});

describe('study hours', () => {
  it.each([
    [0, '0'],
    [0.0001, '0.01'],
    [0.0123, '0.01'],
    [0.05, '0.05'],
    [0.1, '0.1'],
    [0.4, '0.4'],
    [20.46, '20.5'],
    [32, '32.0'],
  ])('%d is written %s', (hours, text) => {
    expect(hoursText(hours)).toBe(text);
  });

  it('that were earned are never shown as nothing', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 100, noNaN: true }), (hours) => {
        expect(Number(hoursText(hours))).toBeGreaterThan(0);
      }),
    );
  });
});
