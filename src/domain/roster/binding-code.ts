/**
 * Codes that bind a box: typed from a screen into a phone, or from a card with a remote. The first half finds
 * the code, the second half proves it, so that wrong guesses can be counted against the code they were aimed
 * at.
 */
export interface CodeKind {
  alphabet: string;
  length: number;
}

/** Without vowels, so no words; without digits and letters that look alike. RFC 8628, 6.1 */
export const userCodes: CodeKind = { alphabet: 'BCDFGHJKLMNPQRSTVWXZ', length: 8 };

export const cardNumbers: CodeKind = { alphabet: '0123456789', length: 12 };

/** After so many wrong second halves a code is dead. */
export const WRONG_TRIES = 5;

/** @param random a whole number from 0 to below its argument, not guessable. */
export function makeCode({ alphabet, length }: CodeKind, random: (below: number) => number): string {
  return Array.from({ length }, () => alphabet[random(alphabet.length)]!).join('');
}

/** A code as somebody typed it, without what only makes it readable; `undefined` if it cannot be one. */
export function readCode({ alphabet, length }: CodeKind, typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '');
  return code.length === length && [...code].every((letter) => alphabet.includes(letter)) ? code : undefined;
}

export function codePrefix(code: string): string {
  return code.slice(0, code.length / 2);
}

/** In groups of four: `BCDF-GHJK`. */
export function showCode(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? '';
}
