import { union } from '../watching/ranges.ts';
import type { Range } from '../watching/watch-events.ts';

/**
 * Session seconds count the time during which the session's box was on; after a power cut they go on where
 * they were. All of attendance is in them: no clock of the box can be wrong about it.
 */
export interface Span {
  from: number;
  /** Open while the person is in the room. */
  to: number | null;
}

/** A piece of a lesson that was shown: content seconds `[start, end)`, from session second `at` on. */
export interface Play {
  start: number;
  end: number;
  at: number;
  rate: number;
}

/** The part of the plays that was shown while a person was there, as ranges of the lesson. */
export function playedWhilePresent(plays: readonly Play[], spans: readonly Span[]): Range[] {
  const seen = pairs(plays, spans).map(([play, { from, to }]) => ({
    start: Math.max(play.start, contentAt(play, from)),
    end: Math.min(play.end, contentAt(play, to ?? Infinity)),
  }));
  return union(seen.filter(({ start, end }) => end > start));
}

/** The first and last session second at which a person saw something of the plays, `undefined` if never. */
export function sawBetween(plays: readonly Play[], spans: readonly Span[]): Range | undefined {
  const seen = pairs(plays, spans).map(([play, { from, to }]) => ({
    start: Math.max(play.at, from),
    end: Math.min(endOf(play), to ?? Infinity),
  }));
  const real = seen.filter(({ start, end }) => end > start);
  if (real.length === 0) return undefined;
  return {
    start: Math.min(...real.map(({ start }) => start)),
    end: Math.max(...real.map(({ end }) => end)),
  };
}

/** The session second at which a piece of play ended. */
export function endOf({ start, end, at, rate }: Play): number {
  return at + (end - start) / rate;
}

/**
 * From when somebody counts as there who checked in with a code. Codes are on the screen only while the picture
 * stands: one whose time began while it moved cannot have been taken before it stopped.
 *
 * @param codeAt session second from which the code was good.
 */
export function arrivalByCode(plays: readonly Play[], codeAt: number): number {
  const moving = plays.find((play) => play.at <= codeAt && codeAt < endOf(play));
  return moving ? endOf(moving) : codeAt;
}

/** Puts a person into the room, or leaves them there. */
export function arrive(spans: readonly Span[], at: number): readonly Span[] {
  return isPresent(spans) ? spans : [...spans, { from: at, to: null }];
}

/** Takes a person out of the room; a stay of no time is as if it had not been. */
export function depart(spans: readonly Span[], at: number): readonly Span[] {
  return spans
    .map((span) => (span.to === null ? { from: span.from, to: Math.max(at, span.from) } : span))
    .filter(({ from, to }) => to === null || to > from);
}

export function isPresent(spans: readonly Span[]): boolean {
  return spans.some(({ to }) => to === null);
}

function contentAt({ start, at, rate }: Play, sessionSeconds: number): number {
  return start + (sessionSeconds - at) * rate;
}

function pairs(plays: readonly Play[], spans: readonly Span[]): [Play, Span][] {
  return plays.reduce<[Play, Span][]>(
    (all, play) => [...all, ...spans.map((span): [Play, Span] => [play, span])],
    [],
  );
}
