import { union } from '../watching/ranges.ts';
import type { Range } from '../watching/watch-events.ts';
import type { AcceptedSession } from './accept-session.ts';

/** Another session of the same person. */
export interface OtherSession {
  sessionId: string;
  boxId: string | null;
  startedAt: number;
  /** Last arrival, milliseconds since 1970 by the service's clock. */
  receivedAt: number;
  accepted: Pick<AcceptedSession, 'spans' | 'timed' | 'boots' | 'closed'>;
}

/** A session of which nothing was heard for so long, milliseconds, holds up no other. */
const LIVE = 5 * 60_000;

/**
 * The time within a session at which its person is known to have been elsewhere, milliseconds since 1970: what
 * other sessions have been accepted for, and, on another box, all since a newer one began that still goes on.
 *
 * Times are compared only where both are known, or where both are of one start of one box: two boxes that had
 * no clock cannot be told apart.
 *
 * @param now by the service's clock.
 */
export function timeElsewhere(
  session: Pick<AcceptedSession, 'sessionId' | 'startedAt' | 'lastAt' | 'timed' | 'boots'>,
  boxId: string | null,
  others: readonly OtherSession[],
  now: number,
): { taken: Range[]; superseded: boolean } {
  const { startedAt, lastAt } = session;
  const comparable = others.filter(
    ({ sessionId, accepted: { timed, boots } }) =>
      sessionId !== session.sessionId &&
      ((timed && session.timed) || boots.some((boot) => session.boots.includes(boot))),
  );
  const newer = comparable.filter(
    (other) =>
      other.boxId !== boxId &&
      other.startedAt > startedAt &&
      other.startedAt < lastAt &&
      !other.accepted.closed &&
      now - other.receivedAt <= LIVE,
  );
  const taken = union(
    ...comparable.map(({ accepted: { spans } }) => spans),
    newer.map((other) => ({ start: other.startedAt, end: now })),
  );
  return {
    taken: taken
      .map(({ start, end }) => ({ start: Math.max(start, startedAt), end: Math.min(end, lastAt) }))
      .filter(({ start, end }) => end > start),
    superseded: newer.length > 0,
  };
}
