import type { WatchEvent } from '../watching/watch-events.ts';
import type { Play } from './attendance.ts';

/** Seconds by which a position may run ahead of the clock before it is a seek and not play. */
const SEEK_SLACK = 0.5;
/** Seconds without news after which what happened in between is unknown. */
const LONGEST_SILENCE = 10;

/** What was shown of a lesson, in the order in which it was shown. */
export interface Showing {
  readonly plays: readonly Play[];
  /** The last of `plays` is still growing; the last trusted news of it. */
  readonly open: { readonly at: number; readonly position: number } | null;
}

export const nothingShown: Showing = { plays: [], open: null };

/**
 * Writes down what really played and when. As in a watch session, a position that moves faster than the
 * clock, or backward, or after a long silence, is a jump: the piece ends where it was last trusted.
 *
 * @param event with `at` in session seconds.
 */
export function followPlay(showing: Showing, event: WatchEvent): Showing {
  const { at, position } = event;
  const moved = grow(showing, at, position);
  switch (event.type) {
    case 'started':
      return begin(moved, at, position, event.rate);
    case 'moved':
      return moved;
    case 'stopped':
      return close(moved);
  }
}

/** Ends the piece that is still growing where it was last trusted, as a power cut does. */
export function close({ plays }: Showing): Showing {
  return { plays: plays.filter(({ start, end }) => end > start), open: null };
}

function begin(showing: Showing, at: number, position: number, rate: number): Showing {
  const { plays } = close(showing);
  return { plays: [...plays, { start: position, end: position, at, rate }], open: { at, position } };
}

function grow(showing: Showing, at: number, position: number): Showing {
  const { plays, open } = showing;
  const play = plays[plays.length - 1];
  if (!open || !play) return showing;
  const wall = at - open.at;
  const step = position - open.position;
  const trusted = wall >= 0 && wall <= LONGEST_SILENCE && step >= 0 && step <= wall * play.rate + SEEK_SLACK;
  if (!trusted) return begin(showing, at, position, play.rate);
  const end = Math.max(play.end, Math.min(position, play.start + (at - play.at) * play.rate));
  return { plays: [...plays.slice(0, -1), { ...play, end }], open: { at, position } };
}
