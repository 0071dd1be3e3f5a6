import { v4 } from 'uuid';
import { openIndexedDb } from './indexeddb.ts';
import type { StudyStore } from './store.ts';

/** What study needs of the machine it runs on; tests hand in their own. */
export interface Box {
  fetch: typeof window.fetch;
  /** Monotonic seconds since the program started. */
  mono: () => number;
  /** The box's own clock, milliseconds since 1970. */
  now: () => number;
  /** In [0, 1). */
  random: () => number;
  uuid: () => string;
  randomBytes: (count: number) => Uint8Array;
  /** Calls `work` after so many seconds; the answer takes it back. */
  later: (work: () => void, seconds: number) => () => void;
  openStore: () => Promise<StudyStore>;
  /** Where there is none, or it is full, the other storage alone has to do. */
  local: Pick<Storage, 'getItem' | 'setItem'> | undefined;
  /** Only secure pages of newer engines have it. */
  locks: Pick<LockManager, 'request' | 'query'> | undefined;
}

/** The browser. */
export function browserBox(): Box {
  return {
    fetch: (...call) => window.fetch(...call),
    mono: () => performance.now() / 1000,
    now: () => Date.now(),
    random: () => Math.random(),
    uuid: () => v4(),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    later(work, seconds) {
      const timer = setTimeout(work, seconds * 1000);
      return () => {
        clearTimeout(timer);
      };
    },
    openStore: () => openIndexedDb(),
    local: localStorageOf(window),
    // The types promise it everywhere.
    locks: (navigator as Partial<Navigator>).locks,
  };
}

/** Reading the property alone throws where the viewer or the operator has switched storage off. */
function localStorageOf(page: Window): Storage | undefined {
  try {
    return page.localStorage;
  } catch {
    return undefined;
  }
}
