import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Kysely } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../../src/service/db/open-database.ts';
import type { Database } from '../../../../src/service/db/schema.ts';
import { WriteQueue, type WriteTransaction } from '../../../../src/service/db/write-queue.ts';

let folder: string;
let db: Kysely<Database>;
let queue: WriteQueue;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'field-classroom-'));
  ({ db } = await openDatabase({ folder }, () => undefined));
  queue = new WriteQueue(db, 'sqlite');
});
afterEach(async () => {
  await db.destroy();
  rmSync(folder, { recursive: true });
});

const box = (name: string) => ({ box_id: name, key_hash: '', person: name, registered_at: 0 });
const add = (name: string) => async (trx: WriteTransaction) => {
  await trx.insertInto('boxes').values(box(name)).execute();
  return name;
};
const names = async () =>
  (await db.selectFrom('boxes').select('box_id').execute()).map(({ box_id }) => box_id);

test('writes that come together share a transaction, each hears its own result after the commit', async () => {
  const transactions = new Set<unknown>();
  const results = await Promise.all(
    ['a', 'b', 'c'].map((name) =>
      queue.run([name], (trx) => {
        transactions.add(trx);
        return add(name)(trx);
      }),
    ),
  );
  expect(results).toEqual(['a', 'b', 'c']);
  expect(transactions.size).toBe(1);
  expect((await names()).sort()).toEqual(['a', 'b', 'c']);
});

test('a write that fails takes nobody else down and leaves nothing behind', async () => {
  const results = await Promise.allSettled([
    queue.run([], add('a')),
    queue.run([], async (trx) => {
      await add('half')(trx);
      throw new Error('no');
    }),
    queue.run([], add('a')),
    queue.run([], add('b')),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  expect((await names()).sort()).toEqual(['a', 'b']);
});

test('later writes see earlier ones of the same transaction', async () => {
  const [, seen] = await Promise.all([
    queue.run([], add('a')),
    queue.run([], (trx) => trx.selectFrom('boxes').select('box_id').execute()),
  ]);
  expect(seen).toEqual([{ box_id: 'a' }]);
});

test('shared writes of a transaction are done in one go, each hears its own result', async () => {
  const calls: string[][] = [];
  const addAll = async (trx: WriteTransaction, some: readonly string[]) => {
    calls.push([...some]);
    await trx.insertInto('boxes').values(some.map(box)).execute();
    return some.map((name) => name.toUpperCase());
  };
  const results = await Promise.all([
    queue.runShared(['a'], 'a', addAll),
    queue.run(['c'], add('c')),
    queue.runShared(['b'], 'b', addAll),
  ]);
  expect(results).toEqual(['A', 'c', 'B']);
  expect(calls).toEqual([['a', 'b']]);
  expect((await names()).sort()).toEqual(['a', 'b', 'c']);
});

test('of shared writes that fail together only the one at fault is refused', async () => {
  const addAll = async (trx: WriteTransaction, some: readonly string[]) => {
    await trx.insertInto('boxes').values(some.map(box)).execute();
    return some;
  };
  await queue.run([], add('taken'));
  const results = await Promise.allSettled(
    ['a', 'taken', 'b'].map((name) => queue.runShared([], name, addAll)),
  );
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect((await names()).sort()).toEqual(['a', 'b', 'taken']);
});

test('idle waits for all that was handed in, also meanwhile', async () => {
  const done: string[] = [];
  void queue.run([], add('a')).then(() => {
    done.push('a');
    void queue.run([], add('b')).then(() => done.push('b'));
  });
  await queue.idle();
  await queue.idle();
  expect(done).toEqual(['a', 'b']);
});

test('what is being written is not settled, what is committed is', async () => {
  let now = 1000;
  const clocked = new WriteQueue(db, 'sqlite', () => now);
  expect(await clocked.settledThrough()).toBe(1000);
  let meanwhile = 0;
  await clocked.run([], async () => {
    now = 1500;
    meanwhile = await clocked.settledThrough();
  });
  expect(meanwhile).toBe(999);
  expect(await clocked.settledThrough()).toBe(1500);
});
