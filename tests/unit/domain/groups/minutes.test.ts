import { describe, expect, it } from 'vitest';
import type { GroupRecord } from '../../../../src/domain/groups/group-record.ts';
import { minutesOf } from '../../../../src/domain/groups/minutes.ts';

describe('the minutes', () => {
  it('say who came late and who left, what was asked, and when it was by every start of the box', () => {
    const record: GroupRecord = {
      room: 'room-1',
      host: 'p-host',
      anchors: [
        { seconds: 0, at: '2026-11-20T11:00:00.000Z' },
        // A power cut of ten minutes in between.
        { seconds: 300, at: '2026-11-20T11:15:00.000Z' },
      ],
      clock: 'synced',
      seconds: 900,
      lessons: [
        {
          lessonId: 'one',
          showing: '02169e30-78b2-44cf-b820-6bce80fbd7c1',
          length: 600,
          threshold: 0.9,
          plays: [
            { start: 0, end: 200, at: 100, rate: 1 },
            { start: 195, end: 600, at: 310, rate: 1 },
          ],
        },
      ],
      attendees: [
        { person: 'p-one', spans: [{ from: 0, to: 900 }] },
        { person: 'p-two', spans: [{ from: 220, to: 500 }] },
      ],
      dismissed: [],
      expected: 4,
      guests: 3,
      asked: [{ lessonId: 'one', discussion: 0, at: 300, until: 420 }],
      notes: ['will-visit'],
    };
    expect(minutesOf(record)).toEqual({
      room: 'room-1',
      host: 'p-host',
      from: Date.parse('2026-11-20T11:00:00.000Z'),
      to: Date.parse('2026-11-20T11:25:00.000Z'),
      lessons: [{ lessonId: 'one', shownSeconds: 600 }],
      expected: 4,
      guests: 3,
      attendees: [
        { person: 'p-one', seconds: 600, late: null, left: null },
        { person: 'p-two', seconds: 265, late: 120, left: 215 },
      ],
      asked: [{ lessonId: 'one', discussion: 0, seconds: 120 }],
      notes: ['will-visit'],
      words: '',
    });
  });
});
