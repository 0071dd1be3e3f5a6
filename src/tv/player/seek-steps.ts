/** Seconds jumped by each further key of one hold: fine first, then fast. */
const STEPS = [10, 10, 10, 30, 30, 30, 60, 300];

/** A seek being aimed while Left or Right is held; nothing is sought until it is committed. */
export interface SeekAim {
  direction: -1 | 1;
  /** Keys so far in this direction. */
  presses: number;
  target: number;
}

/**
 * The aim after one more key. Turning round starts the steps again.
 * @param aim the aim so far, null at the first key
 * @param from position the first key counts from, in seconds
 * @param duration length in seconds, 0 when not known
 */
export function aimFurther(aim: SeekAim | null, direction: -1 | 1, from: number, duration: number): SeekAim {
  const presses = aim && aim.direction === direction ? aim.presses : 0;
  const step = STEPS[Math.min(presses, STEPS.length - 1)]!;
  const target = withinLength((aim ? aim.target : from) + direction * step, duration);
  return { direction, presses: presses + 1, target };
}

/** The position brought inside the lesson. @param duration seconds, 0 when not known */
export function withinLength(position: number, duration: number): number {
  const top = duration > 0 ? duration : Infinity;
  return Math.max(0, Math.min(position, top));
}
