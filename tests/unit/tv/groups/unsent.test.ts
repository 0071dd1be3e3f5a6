import { describe, expect, it } from 'vitest';
import { unsentOf } from '../../../../src/tv/groups/unsent.ts';
import type { OutboxRow } from '../../../../src/tv/study/rows.ts';

const stamp = { bootId: 'boot', mono: 10, boxMs: 5 } as unknown as OutboxRow['stamp'];
const clock = {
  tell: (_stamp: unknown, mono?: number) => ({ ms: (mono ?? 0) * 1000 }),
} as unknown as Parameters<typeof unsentOf>[1];
const row = (draft: unknown, refused?: { code: string }): OutboxRow =>
  ({
    id: 'x',
    order: 1,
    stamp,
    begun: stamp,
    kind: 'group',
    draft,
    ...(refused ? { refused } : {}),
  }) as OutboxRow;

describe('what was told of group sessions and has not arrived', () => {
  it('is a record by its first anchor, a sheet by its beginning, a correction without either', () => {
    const lessons = [{ lessonId: 'one' }];
    expect(
      unsentOf(
        [
          row({
            sessionId: 'a',
            what: 'record',
            record: { lessons, attendees: [1, 2] },
            anchors: [{ stamp, lastMono: 7 }],
          }),
          row({
            sessionId: 'b',
            what: 'paper',
            body: { startedAt: '1970-01-01T00:00:09Z', lessons, attendees: ['p'] },
          }),
          row({ sessionId: 'c', what: 'corrections', body: {} }, { code: 'no-such-record' }),
        ],
        clock,
      ),
    ).toEqual([
      { sessionId: 'a', what: 'record', at: 7000, lessons: ['one'], attendees: 2 },
      { sessionId: 'b', what: 'paper', at: 9000, lessons: ['one'], attendees: 1 },
      {
        sessionId: 'c',
        what: 'corrections',
        at: undefined,
        lessons: [],
        attendees: 0,
        refused: 'no-such-record',
      },
    ]);
  });

  it('leaves out what is about nothing but a person', () => {
    expect(unsentOf([{ ...row({}), kind: 'statement' } as unknown as OutboxRow], clock)).toEqual([]);
  });
});
