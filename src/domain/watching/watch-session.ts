import { addRange, coverage, union } from './ranges.ts';
import type { Range, WatchEvent } from './watch-events.ts';

/** Seconds of play after which a checkpoint is due: the most that a power cut can take. */
const CHECKPOINT_EVERY = 30;
/** Seconds by which a position may run ahead of the clock before it is a seek and not play. */
const SEEK_SLACK = 0.5;
/** Seconds without news after which what happened in between is unknown: standby, a frozen box. */
const LONGEST_SILENCE = 10;

/** What one viewing of one lesson has amounted to so far; plain data, so that it survives a power cut. */
export interface WatchSession {
  readonly terms: WatchTerms;
  readonly phase: 'new' | 'begun' | 'closed';
  /** What was really played in this session: sorted, disjoint. */
  readonly played: readonly Range[];
  /** Monotonic seconds during which play counted, repeats included. */
  readonly playSeconds: number;
  /** Whether the registration (this session and those before) has reached the threshold. */
  readonly completed: boolean;
  /** The last position heard of, in seconds; counts for resuming, not for earning. */
  readonly position: number;
  /** Monotonic seconds of the last event. */
  readonly lastAt: number;
  /** Number of checkpoints so far. */
  readonly seq: number;
  readonly checkpointedAt: number;
  readonly segment?: Segment;
}

export interface WatchTerms {
  /** Seconds. */
  readonly length: number;
  /** Share of the lesson that completes it, 0 to 1. */
  readonly threshold: number;
  /** The fastest rate at which play counts. */
  readonly maxRate: number;
  /** What earlier sessions of the same registration played. */
  readonly before: readonly Range[];
}

/** Play since its beginning (`at`, `position`) up to the last trusted news of it. */
interface Segment {
  readonly at: number;
  readonly position: number;
  readonly rate: number;
  readonly lastAt: number;
  readonly lastPosition: number;
}

export type WatchSessionEvent = WatchEvent | { type: 'finished'; at: number };

export type WatchEffect =
  | { type: 'initialized'; at: number }
  | { type: 'checkpoint'; at: number; seq: number; rate: number }
  | { type: 'completed'; at: number }
  | { type: 'closed'; at: number };

/** A session of which nothing has been seen yet. `completed` says that an earlier one completed the lesson. */
export function newWatchSession(terms: WatchTerms, completed: boolean): WatchSession {
  return {
    terms,
    phase: 'new',
    played: [],
    playSeconds: 0,
    completed,
    position: 0,
    lastAt: 0,
    seq: 0,
    checkpointedAt: 0,
  };
}

/**
 * Counts what was really played. Only `started` opens a segment; a position that moves faster than the
 * clock, or backward, or after a long silence, is a jump: the segment ends where it was last trusted and a
 * new one begins. What counts never exceeds the clock's seconds times the rate.
 */
export function watchSession(
  session: WatchSession,
  event: WatchSessionEvent,
): { session: WatchSession; effects: WatchEffect[] } {
  if (session.phase === 'closed') return { session, effects: [] };
  switch (event.type) {
    case 'started': {
      const { session: before, effects } = milestones(moved(session, event));
      const begun: WatchSession = {
        ...withoutSegment(before),
        ...(event.rate > 0 && event.rate <= session.terms.maxRate ? { segment: segmentAt(event) } : {}),
        phase: 'begun',
        position: event.position,
        lastAt: event.at,
      };
      if (session.phase === 'new') effects.push({ type: 'initialized', at: event.at });
      return { session: begun, effects };
    }
    case 'moved':
      return milestones(moved(session, event));
    case 'stopped': {
      const stopped = milestones(moved(session, event));
      return { ...stopped, session: withoutSegment(stopped.session) };
    }
    case 'finished':
      return {
        session: { ...withoutSegment(session), phase: 'closed' },
        effects: session.phase === 'new' ? [] : [{ type: 'closed', at: Math.max(event.at, session.lastAt) }],
      };
  }
}

/** Share of the lesson played in this and the registration's earlier sessions, 0 to 1. */
export function sessionCoverage({ played, terms }: WatchSession): number {
  return coverage(union(terms.before, played), terms.length);
}

function moved(session: WatchSession, { at, position }: { at: number; position: number }): WatchSession {
  if (session.phase === 'new') return session;
  const now = { ...session, position, lastAt: at };
  const { segment } = session;
  if (!segment) return now;
  const wall = at - segment.lastAt;
  const step = position - segment.lastPosition;
  const played =
    step >= 0 && step <= wall * segment.rate + SEEK_SLACK && wall >= 0 && wall <= LONGEST_SILENCE;
  if (!played) return { ...now, segment: segmentAt({ at, position, rate: segment.rate }) };
  const earned = Math.min(
    position,
    segment.position + (at - segment.at) * segment.rate,
    session.terms.length,
  );
  return {
    ...now,
    played: addRange(session.played, { start: segment.position, end: earned }),
    playSeconds: session.playSeconds + wall,
    segment: { ...segment, lastAt: at, lastPosition: position },
  };
}

/** What has become due by the play that was just counted. */
function milestones(session: WatchSession): { session: WatchSession; effects: WatchEffect[] } {
  const effects: WatchEffect[] = [];
  let after = session;
  const at = session.lastAt;
  if (session.segment && session.playSeconds - session.checkpointedAt >= CHECKPOINT_EVERY) {
    after = { ...after, seq: session.seq + 1, checkpointedAt: session.playSeconds };
    effects.push({ type: 'checkpoint', at, seq: after.seq, rate: session.segment.rate });
  }
  if (!session.completed && session.segment && sessionCoverage(session) >= session.terms.threshold) {
    after = { ...after, completed: true };
    effects.push({ type: 'completed', at });
  }
  return { session: after, effects };
}

function segmentAt({ at, position, rate }: { at: number; position: number; rate: number }): Segment {
  return { at, position, rate, lastAt: at, lastPosition: position };
}

function withoutSegment({ segment: _, ...session }: WatchSession): WatchSession {
  return session;
}
