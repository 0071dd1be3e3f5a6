import { openDB } from 'idb';
import type { Kept, StudyStore, Table } from './store.ts';

const tables: readonly Table[] = ['outbox', 'sessions', 'history', 'kept'];
/** Some boxes' IndexedDB neither opens nor fails. */
const OPEN_WITHIN_MS = 5000;

/**
 * The study store in IndexedDB.
 *
 * @throws whatever the browser says when it has no (working) IndexedDB.
 */
export async function openIndexedDb(name = 'field-classroom-study'): Promise<StudyStore> {
  const opening = openDB(name, 1, {
    upgrade(db) {
      for (const table of tables) db.createObjectStore(table, { keyPath: 'id' });
    },
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('IndexedDB did not open'));
    }, OPEN_WITHIN_MS);
  });
  const db = await Promise.race([opening, tooLate]);
  clearTimeout(timer);
  return {
    read: (table) => db.getAll(table) as Promise<Kept[]>,
    ids: (table) => db.getAllKeys(table) as Promise<string[]>,
    async write(changes) {
      if (changes.length === 0) return;
      const touched = tables.filter((table) => changes.some((change) => change.table === table));
      // Without `strict` a power cut within seconds takes back what was reported as written.
      const transaction = db.transaction(touched, 'readwrite', { durability: 'strict' });
      let over = false;
      const end = (): void => {
        over = true;
      };
      transaction.done.then(end, end);
      const requests = changes.map(async (change) => {
        const store = transaction.objectStore(change.table);
        await ('put' in change ? store.put(change.put) : store.delete(change.delete));
      });
      try {
        await Promise.all([...requests, transaction.done]);
      } catch (error) {
        // What cannot be cloned fails alone: the rest would be committed.
        if (!over) transaction.abort();
        throw error;
      }
    },
  };
}
