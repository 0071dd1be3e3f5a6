import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { openIndexedDb } from '../../../../src/tv/study/indexeddb.ts';
import { createSafeStore, type StudyStore } from '../../../../src/tv/study/store.ts';

describe('the IndexedDB store', () => {
  it('keeps what was written for the next start', async () => {
    const store = await openIndexedDb('kept');
    await store.write([
      { table: 'outbox', put: { id: 'b' } },
      { table: 'outbox', put: { id: 'a' } },
      { table: 'kept', put: { id: 'x', value: 1 } as never },
    ]);
    await store.write([{ table: 'outbox', delete: 'b' }]);
    const again = await openIndexedDb('kept');
    expect(await again.read('outbox')).toEqual([{ id: 'a' }]);
    expect(await again.ids('kept')).toEqual(['x']);
    expect(await again.read('sessions')).toEqual([]);
  });

  it('writes all or nothing', async () => {
    const store = await openIndexedDb('whole');
    const broken = { id: 'b', cannot: () => 'be cloned' };
    await expect(
      store.write([
        { table: 'outbox', put: { id: 'a' } },
        { table: 'sessions', put: broken },
      ]),
    ).rejects.toThrow();
    expect(await store.read('outbox')).toEqual([]);
  });

  it('asks for writes that are on the disk when they are reported', async () => {
    const store = await openIndexedDb('strict');
    const opened = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await store.write([{ table: 'outbox', put: { id: 'a' } }]);
    const durabilities = opened.mock.calls.map(([, , options]) => options?.durability);
    opened.mockRestore();
    expect(durabilities).toEqual(['strict']);
  });
});

describe('the safe store', () => {
  function flaky() {
    const disk = new Map<string, unknown>();
    const state = { works: true, opened: 0 };
    const guard = (): Promise<void> => (state.works ? Promise.resolve() : Promise.reject(new Error('full')));
    const store: StudyStore = {
      read: async () => {
        await guard();
        return [...disk.values()] as { id: string }[];
      },
      ids: async () => {
        await guard();
        return [...disk.keys()];
      },
      write: async (changes) => {
        await guard();
        for (const change of changes)
          if ('put' in change) disk.set(change.put.id, change.put);
          else disk.delete(change.delete);
      },
    };
    const open = async (): Promise<StudyStore> => {
      state.opened += 1;
      await guard();
      return store;
    };
    return { disk, state, open };
  }

  it('keeps in memory what the disk will not take, says so, and writes it with the next success', async () => {
    const { disk, state, open } = flaky();
    const said: boolean[] = [];
    const store = createSafeStore(open, () => said.push(store.saved()));
    state.works = false;
    await store.write([{ table: 'outbox', put: { id: 'a' } }]);
    await store.write([{ table: 'outbox', put: { id: 'b' } }]);
    await store.write([{ table: 'outbox', delete: 'a' }]);
    expect(store.saved()).toBe(false);
    expect(await store.read('outbox')).toEqual([]);
    expect(await store.ids('outbox')).toBeUndefined();
    state.works = true;
    await store.write([{ table: 'outbox', put: { id: 'c' } }]);
    expect([...disk.keys()]).toEqual(['b', 'c']);
    expect(store.saved()).toBe(true);
    expect(said).toEqual([false, true]);
  });

  it('opens a broken connection anew', async () => {
    const { state, open } = flaky();
    const store = createSafeStore(open, () => undefined);
    await store.write([{ table: 'outbox', put: { id: 'a' } }]);
    state.works = false;
    await store.write([{ table: 'outbox', put: { id: 'b' } }]);
    state.works = true;
    await store.write([]);
    expect(state.opened).toBe(2);
    expect(store.saved()).toBe(true);
  });
});
