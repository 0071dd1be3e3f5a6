import type { PastSession } from '../../../groups/group-service.ts';
import type { Unsent } from '../../../groups/unsent.ts';

/** A session of the room as the list shows it, from the box and from the service. */
export interface RoomRecord {
  id: string;
  /** Milliseconds since 1970; `undefined` while no clock can tell. */
  at: number | undefined;
  lessons: readonly string[];
  attendees: number;
  kind: PastSession['kind'];
  /** Something of it has not reached the service. */
  unsent?: 'waiting' | 'refused';
}

/**
 * What has not arrived comes first, the newest on top: it is what somebody may have to care about. Then what the
 * service has, in its order.
 */
export function roomRecords(unsent: readonly Unsent[], stored: readonly PastSession[]): RoomRecord[] {
  const own = unsent.filter(({ what }) => what !== 'corrections');
  const here = [...own].reverse().map(({ sessionId, at, lessons, attendees, what, refused }): RoomRecord => {
    const kind = what === 'paper' ? 'paper' : 'group';
    return { id: sessionId, at, lessons, attendees, kind, unsent: stateOf(refused) };
  });
  const there = stored
    .filter(({ session }) => own.every(({ sessionId }) => sessionId !== session))
    .map(({ session, at, lessons = [], attendees, kind }): RoomRecord => {
      const correction = newestCorrection(unsent, session);
      return {
        id: session,
        at: Date.parse(at),
        lessons,
        attendees,
        kind,
        ...(correction ? { unsent: stateOf(correction.refused) } : {}),
      };
    });
  return [...here, ...there];
}

/** The newest correction of a session that has not arrived. */
export function newestCorrection(unsent: readonly Unsent[], session: string): Unsent | undefined {
  return unsent.filter(({ sessionId, what }) => sessionId === session && what === 'corrections').pop();
}

function stateOf(refused: string | undefined): 'waiting' | 'refused' {
  return refused === undefined ? 'waiting' : 'refused';
}
