/**
 * Rotating refresh tokens that survive a power cut. Each refresh gives a pair of the next generation; the pair
 * it was asked with stays good until one of the next is used, by its refresh or its access token. So a box that
 * never heard the answer asks again with what it has. A refresh token older than the one last used can only be
 * a copy: the whole family ends.
 *
 * Source: RFC 9700, 4.14.2, with the grace of the unused successor.
 */

/** Seconds. */
export const ACCESS_LIFETIME = 3600;
/** Seconds. */
export const REFRESH_LIFETIME = 90 * 86_400;
/** How many unused pairs of the next generation are kept: answers that may still be on their way. */
export const UNUSED_KEPT = 3;

/** `waiting`: issued, not used yet. */
export type Standing = 'current' | 'waiting' | 'superseded';

/**
 * @param used the generation of the family that was last used; 0 before the first use.
 * @param generation the generation of a token.
 */
export function standingOf(generation: number, used: number): Standing {
  return generation > used ? 'waiting' : generation === used ? 'current' : 'superseded';
}

/** Whether a token issued at a moment, in milliseconds, is still good `lifetime` seconds long. */
export function isFresh(issuedAt: number, lifetime: number, now: number): boolean {
  return now < issuedAt + lifetime * 1000;
}
