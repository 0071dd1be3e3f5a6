/** The last reading of a box's position that was new, and when it was seen; seconds. */
export interface SteadyClock {
  read: number;
  at: number;
}

export function newSteadyClock(at: number, position: number): SteadyClock {
  return { read: position, at };
}

/** A reading like the one before is none: the time in between is for `steadyPosition`. */
export function readClock(clock: SteadyClock, at: number, read: number): SteadyClock {
  return read === clock.read ? clock : { read, at };
}

/**
 * The position between two readings. Boxes that tell whole seconds stand for a second and then jump, which
 * would count as standing and jumping; in between the picture moves on, by less than the second that is next.
 */
export function steadyPosition(clock: SteadyClock, at: number, rate: number, wholeSeconds: boolean): number {
  return wholeSeconds ? clock.read + Math.min(0.95, (at - clock.at) * rate) : clock.read;
}
