import { createGroupDesk, type GroupDesk } from '../../src/tv/groups/group-desk.ts';
import type { BoundBox } from '../../src/tv/identity/bound-box.ts';
import { createClock } from '../../src/tv/study/clock.ts';
import type { OutboxRow } from '../../src/tv/study/rows.ts';
import type { Sender } from '../../src/tv/study/sender.ts';
import { fakeBox, fakeDisk, type FakeBox } from './fake-box.ts';

export interface FakeGroups {
  desk: GroupDesk;
  /** Time passes only by its `pass`. */
  box: FakeBox;
  /** What waits for the service. */
  rows: OutboxRow[];
}

/** A real desk on a box whose disk never fails and whose service is `ask`. */
export function fakeGroups(ask: BoundBox['ask'], onChange: () => void): FakeGroups {
  const box = fakeBox(() => Promise.reject(new Error('no network')), fakeDisk());
  const rows: OutboxRow[] = [];
  const sender: Pick<Sender, 'add' | 'nextOrder' | 'waiting' | 'refused'> = {
    add: (more) => Promise.resolve(void rows.push(...more)),
    nextOrder: () => rows.length + 1,
    waiting: () => rows,
    refused: () => [],
  };
  const clock = createClock({
    bootId: 'boot',
    mono: box.mono,
    boxNow: box.now,
    lastContact: undefined,
    onSynced: () => undefined,
  });
  const desk = createGroupDesk({
    box,
    clock,
    sender: sender as Sender,
    binding: { ask } as BoundBox,
    threshold: () => 0.9,
    found: undefined,
    keep: (value) => ({ table: 'kept', put: { id: 'groups', ...value } }),
    store: {
      read: () => Promise.resolve([]),
      ids: () => Promise.resolve(undefined),
      write: () => Promise.resolve(),
      settled: () => Promise.resolve(),
      saved: () => true,
    },
    onChange,
  });
  return { desk, box, rows };
}
