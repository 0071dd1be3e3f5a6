import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFresh, standingOf } from '../../../../src/domain/roster/token-rotation.ts';

/**
 * A box and a service, of which one sends and the other answers; what the box keeps is what it heard before
 * the power went out.
 */
test('whatever is cut short, the token a box kept is never a superseded one', () => {
  const moments = fc.array(fc.constantFrom('heard', 'answer lost', 'used'), { maxLength: 60 });
  fc.assert(
    fc.property(moments, (steps) => {
      let used = 0;
      let kept = 1;
      for (const step of steps) {
        expect(standingOf(kept, used)).not.toBe('superseded');
        // Both a refresh and a use of the access token are uses of the pair that is kept.
        used = Math.max(used, kept);
        if (step === 'heard') kept += 1;
      }
    }),
  );
});

test('a copy of any token before the one last used is told from it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 0, max: 1e6 }), (copy, used) => {
      expect(standingOf(copy, used) === 'superseded').toBe(copy < used);
    }),
  );
});

test('a lifetime ends with its last second', () => {
  expect(isFresh(1000, 3600, 1000 + 3_599_999)).toBe(true);
  expect(isFresh(1000, 3600, 1000 + 3_600_000)).toBe(false);
});
