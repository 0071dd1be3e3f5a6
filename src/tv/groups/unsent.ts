import type { Clock } from '../study/clock.ts';
import type { GroupCallDraft, OutboxRow } from '../study/rows.ts';

/** Something told of a session that the service has not taken. */
export interface Unsent {
  sessionId: string;
  what: GroupCallDraft['what'];
  /** When the session began, milliseconds since 1970; `undefined` while no clock can tell. */
  at: number | undefined;
  /** Ids; none for a correction. */
  lessons: readonly string[];
  attendees: number;
  /** The service's code where it would not take it; else it waits. */
  refused?: string;
}

/** What is told of group sessions among the rows of the outbox. */
export function unsentOf(rows: readonly OutboxRow[], clock: Pick<Clock, 'tell'>): Unsent[] {
  return rows.filter(isGroupRow).map(({ draft, refused }) => ({
    ...facts(draft, clock),
    ...(refused ? { refused: refused.code } : {}),
  }));
}

function isGroupRow(row: OutboxRow): row is Extract<OutboxRow, { kind: 'group' }> {
  return row.kind === 'group';
}

function facts(draft: GroupCallDraft, clock: Pick<Clock, 'tell'>): Omit<Unsent, 'refused'> {
  const { sessionId, what } = draft;
  if (what === 'corrections') return { sessionId, what, at: undefined, lessons: [], attendees: 0 };
  const { lessons, attendees } = what === 'paper' ? draft.body : draft.record;
  const first = what === 'record' ? draft.anchors[0] : undefined;
  const at =
    what === 'paper'
      ? Date.parse(draft.body.startedAt)
      : first && clock.tell(first.stamp, first.lastMono)?.ms;
  return {
    sessionId,
    what,
    at,
    lessons: lessons.map(({ lessonId }) => lessonId),
    attendees: attendees.length,
  };
}
