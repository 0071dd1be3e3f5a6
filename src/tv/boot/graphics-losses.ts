/** When a box lost its graphics chip lately: milliseconds since 1970 by its own clock, at most the last two. */
export type Losses = readonly number[];

/** Two losses within this time are a fault of the box and no accident. */
const closeMs = 10 * 60_000;
/** As long a box that has the fault is spared its chip; then it may show what it can. */
const spareMs = 24 * 60 * 60_000;

export function afterLoss(losses: Losses, now: number): Losses {
  return [...losses, now].slice(-2);
}

/**
 * Whether the stage is to be drawn without the chip: it was lost twice in a short time, less than a day ago. A
 * clock that was set in between makes the box try its chip once more, never less often.
 */
export function sparesChip(losses: Losses, now: number): boolean {
  const [first, last] = losses;
  if (first === undefined || last === undefined) return false;
  return Math.abs(last - first) <= closeMs && last <= now && now - last < spareMs;
}

/** What was kept, whatever has become of it. */
export function lossesIn(kept: unknown): Losses {
  return Array.isArray(kept) ? kept.filter((at) => typeof at === 'number').slice(-2) : [];
}
