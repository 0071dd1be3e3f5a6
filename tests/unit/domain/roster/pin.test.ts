import { describe, expect, test } from 'vitest';
import { afterWrongPin, lockSeconds, triesLeft, type PinTries } from '../../../../src/domain/roster/pin.ts';

const fresh: PinTries = { wrongTries: 0, lockedUntil: 0 };

describe('wrong PINs', () => {
  test('four are free, from the fifth on each costs a wait twice as long, up to a day', () => {
    let tries = fresh;
    const waits = Array.from({ length: 20 }, (_, index) => {
      const now = index * 100_000_000;
      tries = afterWrongPin(tries, now);
      return lockSeconds(tries, now);
    });
    expect(waits.slice(0, 8)).toEqual([0, 0, 0, 0, 60, 120, 240, 480]);
    expect(Math.max(...waits)).toBe(86_400);
    expect(waits.at(-1)).toBe(86_400);
  });

  test('a wait passes, and one try is left after it', () => {
    const locked = { wrongTries: 5, lockedUntil: 60_000 };
    expect([lockSeconds(locked, 0), lockSeconds(locked, 59_001), lockSeconds(locked, 60_000)]).toEqual([
      60, 1, 0,
    ]);
    expect([triesLeft(fresh), triesLeft(locked)]).toEqual([5, 1]);
  });

  test('nobody gets through 10,000 PINs in a year', () => {
    let tries = fresh;
    let now = 0;
    let guesses = 0;
    while (now < 365 * 86_400_000) {
      guesses += 1;
      tries = afterWrongPin(tries, now);
      now += lockSeconds(tries, now) * 1000;
    }
    expect(guesses).toBeLessThan(400);
  });
});
