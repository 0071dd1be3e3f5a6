import type { Policy } from '../credit/policy.ts';

/** How the presence of a lone viewer of duty content is asked for: a policy's words. */
export type PresenceRule = Policy['presence'];

/**
 * Seconds without a key after which the question comes: a random moment in the policy's window, so that it
 * cannot be answered by a habit.
 *
 * @param random in [0, 1).
 */
export function askAfter({ afterMinutes: [from, to] }: PresenceRule, random: number): number {
  return (from! + (to! - from!) * random) * 60;
}
