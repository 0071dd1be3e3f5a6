/** What the gate remembers: the last key it let through and when (seconds, any monotonic clock). */
export interface RepeatGate {
  key: string;
  at: number;
}

/** Remotes repeat 8 to 30 times a second; a screen can show about ten steps. */
export const REPEAT_GAP = 0.1;

/**
 * Lets a key through, or drops it: repeats of the same key closer than `REPEAT_GAP` are dropped, never
 * queued, so nothing moves after the user stopped pressing. Another key always passes.
 */
export function passKey(
  gate: RepeatGate | undefined,
  key: string,
  at: number,
): { gate: RepeatGate; pass: boolean } {
  if (gate?.key === key && at - gate.at < REPEAT_GAP) return { gate, pass: false };
  return { gate: { key, at }, pass: true };
}
