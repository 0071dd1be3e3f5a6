import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/service/db/open-database.ts';
import { WriteQueue } from '../../src/service/db/write-queue.ts';
import { readRosterTables } from '../../src/service/roster/roster-store.ts';
import { loadSampleRoster } from '../../src/service/roster/sample-roster.ts';
import { postgresPrograms, startPostgres, type PostgresServer } from './postgres-server.ts';
import { rosterContract } from './roster-contract.ts';
import { temporaryFolder } from './service-kit.ts';

describe('roster files on SQLite', () => {
  rosterContract(() => undefined);
});

const programs = postgresPrograms();

describe.skipIf(programs === undefined)('roster files on PostgreSQL', () => {
  let server: PostgresServer;
  let url: string;

  beforeAll(async () => {
    server = await startPostgres(programs!);
    url = server.createDatabase('roster');
  });
  afterAll(() => server?.stop());

  rosterContract(() => url);
});

test('the sample roster fills an empty database and leaves any other alone', async () => {
  const folder = temporaryFolder();
  const { db, dialect } = await openDatabase({ folder: folder.path }, () => undefined);
  const writes = new WriteQueue(db, dialect);
  await loadSampleRoster(writes, db, 'samples/roster.csv');
  expect((await readRosterTables(db)).people).toHaveLength(31);
  await db.deleteFrom('people').execute();
  await loadSampleRoster(writes, db, 'samples/roster.csv');
  expect((await readRosterTables(db)).people).toHaveLength(0);
  await db.destroy();
  folder.remove();
});
