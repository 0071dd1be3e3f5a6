import { necessaryKeys } from './key-names.ts';
import type { KeyMeaning } from './key-profile.ts';

/** Codes of the keys that meant nothing, since one of the necessary keys was pressed last. */
export type StrangerKeys = readonly string[];

/** So many presses, of so many keys: one button that is not for this app does not count as a strange remote. */
const presses = 5;
const different = 3;

/**
 * Takes a press. A remote of which nothing works shows itself by it: whoever holds it tries one key after the
 * other. That is the way to the page that teaches keys for those who cannot get there.
 */
export function takeStranger(
  before: StrangerKeys,
  code: string,
  meaning: KeyMeaning | undefined,
): { strangers: StrangerKeys; lost: boolean } {
  if (meaning !== undefined)
    return { strangers: necessaryKeys.some((name) => name === meaning) ? [] : before, lost: false };
  const strangers = [...before, code];
  const lost = strangers.length >= presses && new Set(strangers).size >= different;
  return { strangers: lost ? [] : strangers.slice(-20), lost };
}
