import { describe, expect, it } from 'vitest';
import type { PastSession } from '../../../../../../src/tv/groups/group-service.ts';
import type { Unsent } from '../../../../../../src/tv/groups/unsent.ts';
import {
  newestCorrection,
  roomRecords,
} from '../../../../../../src/tv/pages/together/afterwards/past-records.ts';

const stored = (session: string, change: Partial<PastSession> = {}): PastSession => ({
  session,
  kind: 'group',
  at: '2026-11-18T11:00:00.000Z',
  attendees: 3,
  lessons: ['one'],
  ...change,
});
const unsent = (sessionId: string, what: Unsent['what'], change: Partial<Unsent> = {}): Unsent => ({
  sessionId,
  what,
  at: 1000,
  lessons: ['two'],
  attendees: 2,
  ...change,
});

describe('the earlier sessions of a room', () => {
  it('have what waits or was refused on top, the newest first, then what the service has in its order', () => {
    const waiting = [unsent('a', 'record'), unsent('b', 'paper', { refused: 'sheet-known', at: 2000 })];
    expect(roomRecords(waiting, [stored('d'), stored('c', { kind: 'paper' })])).toEqual([
      { id: 'b', at: 2000, lessons: ['two'], attendees: 2, kind: 'paper', unsent: 'refused' },
      { id: 'a', at: 1000, lessons: ['two'], attendees: 2, kind: 'group', unsent: 'waiting' },
      { id: 'd', at: Date.UTC(2026, 10, 18, 11), lessons: ['one'], attendees: 3, kind: 'group' },
      { id: 'c', at: Date.UTC(2026, 10, 18, 11), lessons: ['one'], attendees: 3, kind: 'paper' },
    ]);
  });

  it('show one once that has arrived while the box still waits for the answer', () => {
    const records = roomRecords([unsent('a', 'record')], [stored('a')]);
    expect(records.map(({ id, unsent: state }) => [id, state])).toEqual([['a', 'waiting']]);
  });

  it('tell that a correction waits, or was refused', () => {
    const about = (refused?: string) =>
      unsent('a', 'corrections', { lessons: [], attendees: 0, ...(refused ? { refused } : {}) });
    expect(roomRecords([about()], [stored('a')])[0]).toMatchObject({ attendees: 3, unsent: 'waiting' });
    expect(roomRecords([about(), about('no-such-record')], [stored('a')])[0]!.unsent).toBe('refused');
    expect(newestCorrection([about(), about('no-such-record')], 'a')?.refused).toBe('no-such-record');
    expect(newestCorrection([about()], 'b')).toBeUndefined();
  });

  it('name no lessons where an older service tells none', () => {
    const { lessons, ...older } = stored('a');
    expect(lessons).toEqual(['one']);
    expect(roomRecords([], [older])[0]!.lessons).toEqual([]);
  });
});
