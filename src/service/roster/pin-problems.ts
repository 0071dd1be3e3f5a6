import { Problem } from '../http/problems.ts';
import type { PinResult } from './pins.ts';

/** The answer to a PIN that was not right. What a page needs to tell is in its numbers. */
export function wrongPin(result: Extract<PinResult, { right: false }>): Problem {
  switch (result.reason) {
    case 'no-pin':
      return new Problem(404, 'no-pin', 'This person has no PIN.');
    case 'locked':
      return locked(result.lockSeconds);
    case 'wrong':
      return result.lockSeconds > 0
        ? locked(result.lockSeconds)
        : new Problem(403, 'wrong-pin', 'The PIN is wrong.', {
            errors: [{ path: '/pin', message: `${result.triesLeft} tries left` }],
          });
  }
}

function locked(seconds: number): Problem {
  return new Problem(429, 'pin-locked', `Too many wrong PINs; try again in ${seconds} seconds.`, {
    headers: { 'retry-after': String(seconds) },
  });
}
