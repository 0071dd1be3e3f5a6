import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoff } from '../../../../src/service/forwarding/backoff.ts';

test('doubles from the base, half of it by chance', () => {
  expect([1, 2, 3].map((failures) => backoff(failures, 5, 0, 0))).toEqual([2.5, 5, 10]);
  expect([1, 2, 3].map((failures) => backoff(failures, 5, 0, 1))).toEqual([5, 10, 20]);
});

test('stays between what the receiver asks for and 15 minutes, however often it failed', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.double({ min: 0.01, max: 900, noNaN: true }),
      fc.double({ min: 0, max: 3600, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (failures, base, retryAfter, random) => {
        const wait = backoff(failures, base, retryAfter, random);
        expect(wait).toBeGreaterThanOrEqual(retryAfter);
        expect(wait).toBeGreaterThanOrEqual(Math.min(900, base) / 2);
        expect(wait).toBeLessThanOrEqual(Math.max(900, retryAfter));
      },
    ),
  );
});
