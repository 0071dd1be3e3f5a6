import type { StopReason, WatchEvent } from '../../domain/watching/watch-events.ts';

/** A moment as the shell sees it: monotonic seconds and the engine's position in seconds. */
export interface Moment {
  at: number;
  position: number;
}

/**
 * Tells from polled positions what was really played. A span opens only after the position was seen
 * to advance, and closes at the last moment it did, so that waiting, seeking and holes in the
 * stream never fall inside one.
 */
export interface WatchTracker {
  /** A span is open: the last event was `started` or `moved`. */
  open: boolean;
  /** Last moment looked at; null when the next one has nothing to be compared with. */
  last: Moment | null;
  /** When the position last advanced, monotonic seconds. */
  advancedAt: number;
  /** When the last event was told, monotonic seconds. */
  toldAt: number;
}

export interface Observation {
  tracker: WatchTracker;
  events: WatchEvent[];
  /** The picture moved on by playing since the last look. */
  advanced: boolean;
}

/** More than this ahead of the clock is a jump, not play (STUDY: position delta against wall clock). */
const JUMP_SLACK = 0.5;
/** Less than this back is the engine's rounding, not a jump. */
const BACK_SLACK = 0.25;
/** Standing this long while it should play is a stall, even if the engine does not say so. */
const STILL = 0.75;
/** Least time between two `moved`. */
const TELL_EVERY = 0.25;

export const newTracker: WatchTracker = { open: false, last: null, advancedAt: 0, toldAt: 0 };

/** One look at a position that should be advancing. */
export function observe(tracker: WatchTracker, now: Moment, rate: number): Observation {
  const last = tracker.last;
  if (!last) return { tracker: { ...tracker, last: now }, events: [], advanced: false };

  const gone = now.position - last.position;
  const jumped = gone > (now.at - last.at) * rate + JUMP_SLACK || gone < -BACK_SLACK;
  if (jumped) return { ...stopAt(tracker, last, 'seek', now), advanced: false };

  if (gone <= 0) {
    const stalled = tracker.open && now.at - tracker.advancedAt >= STILL;
    if (stalled) {
      const stood = { at: tracker.advancedAt, position: last.position };
      return { ...stopAt(tracker, stood, 'stall', now), advanced: false };
    }
    return { tracker: { ...tracker, last: now }, events: [], advanced: false };
  }

  const events: WatchEvent[] = [];
  // The span began where the picture was last seen standing, not where it is by now.
  if (!tracker.open) events.push({ type: 'started', at: last.at, position: last.position, rate });
  const tell = !tracker.open || now.at - tracker.toldAt >= TELL_EVERY;
  if (tell) events.push({ type: 'moved', at: now.at, position: now.position });
  return {
    tracker: { open: true, last: now, advancedAt: now.at, toldAt: tell ? now.at : tracker.toldAt },
    events,
    advanced: true,
  };
}

/** Ends the open span, if any, at `now`; what was played since the last look still counts. */
export function closeSpan(tracker: WatchTracker, now: Moment, rate: number, why: StopReason): Observation {
  const seen = observe(tracker, now, rate);
  const closed = stopAt(seen.tracker, now, why, now);
  return { ...closed, events: [...seen.events, ...closed.events], advanced: seen.advanced };
}

/** Forgets where the position was: the next one comes from elsewhere. Only with no span open. */
export function forget(tracker: WatchTracker): WatchTracker {
  return { ...tracker, last: null };
}

function stopAt(
  tracker: WatchTracker,
  end: Moment,
  why: StopReason,
  now: Moment,
): { tracker: WatchTracker; events: WatchEvent[] } {
  const events: WatchEvent[] = tracker.open
    ? [{ type: 'stopped', at: end.at, position: end.position, why }]
    : [];
  return { tracker: { ...tracker, open: false, last: now }, events };
}
