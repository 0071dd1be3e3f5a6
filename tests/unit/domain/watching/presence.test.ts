import fc from 'fast-check';
import { expect, test } from 'vitest';
import { askAfter } from '../../../../src/domain/watching/presence.ts';

test('the question comes inside the window, at its ends for the ends of chance', () => {
  const rule = { afterMinutes: [12, 18], answerSeconds: 60 };
  expect(askAfter(rule, 0)).toBe(720);
  expect(askAfter(rule, 1)).toBe(1080);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (chance) => {
      const after = askAfter(rule, chance);
      expect(after).toBeGreaterThanOrEqual(720);
      expect(after).toBeLessThanOrEqual(1080);
    }),
  );
});
