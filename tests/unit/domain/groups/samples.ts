import {
  groupSession,
  type GroupEvent,
  type GroupPlan,
  type GroupSession,
} from '../../../../src/domain/groups/group-session.ts';

const uuid = (last: number): string => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`;

export const people = ['p-one', 'p-two', 'p-three', 'p-four'];

/** Two lessons of a hundred seconds; the first has something to talk about at second 40. */
export const plan: GroupPlan = {
  id: uuid(1),
  secret: 'ab'.repeat(32),
  room: 'room-1',
  host: 'p-host',
  playlist: 'list',
  lessons: [
    { lessonId: 'one', showing: uuid(2), length: 100, threshold: 0.9, discussions: [{ at: 40 }], cued: true },
    { lessonId: 'two', showing: uuid(3), length: 100, threshold: 0.9, discussions: [], cued: false },
  ],
  roster: people,
};

export function after(session: GroupSession, events: readonly GroupEvent[]): GroupSession {
  return events.reduce((state, event) => groupSession(state, event).session, session);
}

/** The picture running at normal speed, told four times a second as the player does. */
export function played(from: number, to: number, at: number): GroupEvent[] {
  const events: GroupEvent[] = [
    { type: 'watched', at, event: { type: 'started', at: 0, position: from, rate: 1 } },
  ];
  for (let gone = 0.25; gone <= to - from; gone += 0.25)
    events.push({
      type: 'watched',
      at: at + gone,
      event: { type: 'moved', at: 0, position: from + gone },
    });
  events.push({
    type: 'watched',
    at: at + to - from,
    event: { type: 'stopped', at: 0, position: to, why: 'pause' },
  });
  return events;
}
