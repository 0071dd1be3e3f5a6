/** What the watchdog sees once a second while the picture should be moving. */
export interface StallLook {
  /** Monotonic seconds. */
  at: number;
  position: number;
  /** Bytes received since the beginning, those of unfinished files too. */
  received: number;
  /** Where the part that cannot be had ends, when playback has run up to it. */
  holeEnd: number | null;
  /** Nothing more can come: the end of a playlist that no longer grows, or only a hole behind. */
  atEnd: boolean;
}

export type StallVerdict =
  | { type: 'fine' }
  /** Standing, and not for a moment only: worth telling why. */
  | { type: 'struggling' }
  | { type: 'finished' }
  | { type: 'skip'; to: number }
  | { type: 'rebuild' }
  | { type: 'give-up' };

/** Playback that stands still is noticed here, because hls.js does not always say so (MEDIA 2.3). */
export interface StallWatch {
  /** When the position last moved. */
  movedAt: number;
  position: number;
  receivedAt: number;
  received: number;
  /** Seconds played since the last measure was taken. */
  playedSince: number;
  skips: number;
  rebuilds: number;
}

const FINISH_AFTER = 2;
const STRUGGLE_AFTER = 3;
const SKIP_AFTER = 2;
const REBUILD_AFTER = 20;
/** Measures taken before giving up; so much play in between clears the account. */
const MOST_SKIPS = 3;
const MOST_REBUILDS = 3;
const CLEARED_BY = 5;
/** A step longer than this between two looks is a jump, not play. */
const LONGEST_STEP = 3;

export function newStallWatch(at: number, position: number): StallWatch {
  return { movedAt: at, position, receivedAt: at, received: 0, playedSince: 0, skips: 0, rebuilds: 0 };
}

/** The wait begins anew (a pause, a seek); measures taken are remembered. */
export function restartWait(watch: StallWatch, at: number, position: number): StallWatch {
  return { ...watch, movedAt: at, receivedAt: at, position };
}

/** One look. Pure. */
export function lookForStall(
  before: StallWatch,
  look: StallLook,
): { watch: StallWatch; verdict: StallVerdict } {
  const step = look.position - before.position;
  const moved = Math.abs(step) > 0.05;
  let watch: StallWatch = { ...before, position: look.position };
  if (look.received !== before.received) watch = { ...watch, received: look.received, receivedAt: look.at };
  if (moved) {
    const playedSince = watch.playedSince + (step > 0 && step < LONGEST_STEP ? step : 0);
    watch = { ...watch, movedAt: look.at, playedSince };
    if (playedSince >= CLEARED_BY) watch = { ...watch, skips: 0, rebuilds: 0 };
    return { watch, verdict: { type: 'fine' } };
  }

  const still = look.at - watch.movedAt;
  if (look.atEnd && still >= FINISH_AFTER) return { watch, verdict: { type: 'finished' } };
  if (look.holeEnd !== null && still >= SKIP_AFTER) {
    if (watch.skips >= MOST_SKIPS) return { watch, verdict: { type: 'give-up' } };
    watch = { ...watch, skips: watch.skips + 1, playedSince: 0, movedAt: look.at };
    return { watch, verdict: { type: 'skip', to: look.holeEnd } };
  }
  // A slow line that still brings bytes is left alone: starting afresh would throw them away.
  const dead = still >= REBUILD_AFTER && look.at - watch.receivedAt >= REBUILD_AFTER;
  if (dead) {
    if (watch.rebuilds >= MOST_REBUILDS) return { watch, verdict: { type: 'give-up' } };
    watch = { ...watch, rebuilds: watch.rebuilds + 1, playedSince: 0, movedAt: look.at, receivedAt: look.at };
    return { watch, verdict: { type: 'rebuild' } };
  }
  return { watch, verdict: { type: still >= STRUGGLE_AFTER ? 'struggling' : 'fine' } };
}
