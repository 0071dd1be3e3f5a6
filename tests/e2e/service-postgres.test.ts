import { sql, type Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgres } from '../../src/service/db/postgres.ts';
import type { Database } from '../../src/service/db/schema.ts';
import { postgresPrograms, startPostgres, type PostgresServer } from './postgres-server.ts';
import { accessContract } from './service-access-contract.ts';
import { serviceContract } from './service-contract.ts';

const programs = postgresPrograms();

describe.skipIf(programs === undefined)('the service on PostgreSQL', () => {
  let server: PostgresServer;
  let url: string;
  let accessUrl: string;

  beforeAll(async () => {
    server = await startPostgres(programs!);
    url = server.createDatabase('contract');
    accessUrl = server.createDatabase('access');
  });
  afterAll(() => server?.stop());

  serviceContract(() => url);
  accessContract(() => accessUrl);

  describe('what is prepared on a connection', () => {
    let db: Kysely<Database>;
    beforeAll(async () => {
      db = openPostgres(server.createDatabase('prepared'), () => undefined);
      await sql`create table things (id text primary key, count integer not null)`.execute(db);
    });
    afterAll(() => db?.destroy());

    const add = sql<{ count: number }>`insert into things (id, count) values (${'a'}, ${1})
      on conflict (id) do update set count = things.count + 1 returning count`;
    const whole = sql`select * from things where id = ${'a'}`;

    test('is what transactions ask again and again by the names of columns, and nothing else', async () => {
      await db.transaction().execute(async (trx) => {
        for (let times = 1; times <= 5; times += 1) {
          expect((await add.execute(trx)).rows).toEqual([{ count: times }]);
          await whole.execute(trx);
        }
      });
      for (let times = 1; times <= 5; times += 1)
        await sql`select count from things where id = ${'a'}`.execute(db);
      const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(
        db,
      );
      expect(rows.map(({ statement }) => statement.slice(0, 20))).toEqual(['insert into things (']);
    });

    test('goes on after a transaction that failed and after another process added a column', async () => {
      const failed = db.transaction().execute(async (trx) => {
        await add.execute(trx);
        await sql`select nowhere from things`.execute(trx);
      });
      await expect(failed).rejects.toThrow(/nowhere/);
      await sql`alter table things add column more text`.execute(db);
      await db.transaction().execute(async (trx) => {
        expect((await add.execute(trx)).rows).toEqual([{ count: 6 }]);
        expect((await whole.execute(trx)).rows).toEqual([{ id: 'a', count: 6, more: null }]);
      });
    });
  });
});

if (programs === undefined) test.skip('PostgreSQL is not installed (apt-get install postgresql)');
