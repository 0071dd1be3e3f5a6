import { openIndexedDb } from '../../src/tv/study/indexeddb.ts';
import type { Box } from '../../src/tv/study/box.ts';

/** What survives a power cut. */
export interface FakeDisk {
  name: string;
  local: Map<string, string>;
}

export interface FakeBox extends Box {
  /** Lets seconds pass: both clocks move, due timers fire. */
  pass(seconds: number): void;
  /** What the box believes the time to be, milliseconds since 1970. */
  setClock(ms: number): void;
}

let disks = 0;

export function fakeDisk(): FakeDisk {
  return { name: `disk-${++disks}`, local: new Map() };
}

/**
 * A box that has just been switched on: monotonic clock at 0, its disk as it was left. Time passes only by
 * `pass`.
 */
export function fakeBox(fetch: Box['fetch'], disk: FakeDisk, now = Date.UTC(2026, 10, 20, 4)): FakeBox {
  let mono = 0;
  let clock = now;
  let timers: { at: number; work: () => void }[] = [];
  let uuids = 0;
  const start = Math.floor(Math.random() * 0xffffffff)
    .toString(16)
    .padStart(8, '0');
  return {
    fetch,
    mono: () => mono,
    now: () => clock,
    random: () => 0.5,
    uuid: () => `${start}-0000-4000-8000-${String(++uuids).padStart(12, '0')}`,
    randomBytes: (count) => new Uint8Array(count).fill(171),
    later(work, seconds) {
      const timer = { at: mono + seconds, work };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    openStore: () => openIndexedDb(disk.name),
    local: {
      getItem: (key) => disk.local.get(key) ?? null,
      setItem: (key, value) => {
        disk.local.set(key, value);
      },
    },
    locks: undefined,
    pass(seconds) {
      mono += seconds;
      clock += seconds * 1000;
      const due = timers.filter(({ at }) => at <= mono + 1e-9);
      timers = timers.filter((timer) => !due.includes(timer));
      for (const { work } of due) work();
    },
    setClock(ms) {
      clock = ms;
    },
  };
}
