/** What a PIN looks like: as many digits as a remote's keys give without toil. */
export const pinFormat = '^[0-9]{4,6}$';

/** After so many wrong PINs in a row each further one costs a wait. */
const FREE_TRIES = 5;
/** Of the first wait, seconds; each further one is twice as long, up to a day. */
const FIRST_LOCK = 60;
const LONGEST_LOCK = 86_400;

/** How often in a row a PIN was wrong, and until when no other is looked at, milliseconds since 1970. */
export interface PinTries {
  wrongTries: number;
  lockedUntil: number;
}

/** Seconds until another try is looked at; 0 if now. */
export function lockSeconds({ lockedUntil }: PinTries, now: number): number {
  return Math.max(0, Math.ceil((lockedUntil - now) / 1000));
}

/** What a wrong PIN leads to. */
export function afterWrongPin({ wrongTries }: PinTries, now: number): PinTries {
  const wrong = wrongTries + 1;
  const over = wrong - FREE_TRIES;
  const lock = over < 0 ? 0 : Math.min(FIRST_LOCK * 2 ** Math.min(over, 20), LONGEST_LOCK);
  return { wrongTries: wrong, lockedUntil: now + lock * 1000 };
}

/** How many tries are left before the next wait. */
export function triesLeft({ wrongTries }: PinTries): number {
  return Math.max(1, FREE_TRIES - wrongTries);
}
