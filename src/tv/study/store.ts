/** What the box keeps about study: unsent rows, open sessions, what was watched, single facts. */
export type Table = 'outbox' | 'sessions' | 'history' | 'kept';

/** Everything kept has an id, unique in its table. */
export interface Kept {
  id: string;
}

export type Change = { table: Table; put: Kept } | { table: Table; delete: string };

/** Storage that survives a power cut. Every call may reject; nothing is then changed. */
export interface StudyStore {
  /** All records of a table, in order of their ids. */
  read(table: Table): Promise<Kept[]>;
  ids(table: Table): Promise<string[]>;
  /** All changes or none, on the disk when it resolves. */
  write(changes: readonly Change[]): Promise<void>;
}

/** A store that never fails: what cannot be written is kept in memory and tried again with the next write. */
export interface SafeStore {
  read<T extends Kept>(table: Table): Promise<T[]>;
  /** `undefined` while the disk does not answer. */
  ids(table: Table): Promise<Set<string> | undefined>;
  write(changes: readonly Change[]): Promise<void>;
  /** Resolves when everything asked for so far is done. */
  settled(): Promise<void>;
  /** False while something is only in memory and would not survive a power cut. */
  saved(): boolean;
}

/** @param onSaved called when {@link SafeStore.saved} has changed. */
export function createSafeStore(open: () => Promise<StudyStore>, onSaved: () => void): SafeStore {
  let store: Promise<StudyStore> | undefined;
  let unsaved: Change[] = [];
  let queue: Promise<unknown> = Promise.resolve();

  const opened = (): Promise<StudyStore> => (store ??= open());
  const attempt = <T>(work: (store: StudyStore) => Promise<T>): Promise<T | undefined> => {
    const result = queue.then(async () => {
      try {
        return await work(await opened());
      } catch {
        store = undefined; // A closed or broken connection is opened anew.
        return undefined;
      }
    });
    queue = result;
    return result;
  };

  return {
    read: async <T extends Kept>(table: Table) => ((await attempt((disk) => disk.read(table))) ?? []) as T[],
    ids: async (table) => {
      const ids = await attempt((disk) => disk.ids(table));
      return ids && new Set(ids);
    },
    write: async (changes) => {
      const done = await attempt(async (disk) => {
        await disk.write([...unsaved, ...changes]);
        return true;
      });
      const before = unsaved.length;
      unsaved = done ? [] : latest([...unsaved, ...changes]);
      if ((before === 0) !== (unsaved.length === 0)) onSaved();
    },
    settled: async () => {
      await queue;
    },
    saved: () => unsaved.length === 0,
  };
}

/** Without changes that a later one makes pointless, so that memory does not fill up. */
function latest(changes: readonly Change[]): Change[] {
  const byRecord = new Map<string, Change>();
  for (const change of changes)
    byRecord.set(`${change.table}/${'put' in change ? change.put.id : change.delete}`, change);
  return [...byRecord.values()];
}
