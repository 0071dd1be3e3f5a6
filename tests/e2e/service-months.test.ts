import { Migrator, sql, type Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { v4 } from 'uuid';
import { insertRows } from '../../src/service/db/insert-rows.ts';
import { migrations } from '../../src/service/db/migrations/index.ts';
import { openPostgres } from '../../src/service/db/postgres.ts';
import type { Database } from '../../src/service/db/schema.ts';
import { makeMonths, monthStart } from '../../src/service/db/statement-months.ts';
import { startService } from '../../src/service/service.ts';
import { postgresPrograms, startPostgres, type PostgresServer } from './postgres-server.ts';
import { Client, integration, temporaryFolder, viewing, writeContent } from './service-kit.ts';

const programs = postgresPrograms();

const statement = (storedAt: number, id = v4()) => ({
  id,
  actor: 'mbox|mailto:a@example.org',
  person: null,
  verb: 'http://adlnet.gov/expapi/verbs/answered',
  activity: 'https://example.org/a',
  registration: null,
  session_id: null,
  happened_at: storedAt,
  stored_at: storedAt,
  json: '{}',
});

describe.skipIf(programs === undefined)('statements by months on PostgreSQL', () => {
  let server: PostgresServer;
  let db: Kysely<Database>;
  const before = [statement(Date.UTC(2025, 3, 1)), statement(Date.now())];
  const partitions = async (): Promise<Record<string, number>> => {
    const { rows } = await sql<{ name: string; rows: number }>`
      select tableoid::regclass::text as name, count(*) as rows from statements group by 1`.execute(db);
    return Object.fromEntries(rows.map(({ name, rows }) => [name, rows]));
  };

  beforeAll(async () => {
    server = await startPostgres(programs!, ['fsync=off']);
    db = openPostgres(server.createDatabase('months'), () => undefined);
    const migrator = new Migrator({ db, provider: migrations('postgres') });
    await migrator.migrateTo('0006-forwarding');
    await insertRows(db, 'statements', before);
    expect(await migrator.migrateToLatest()).not.toHaveProperty('error');
  });
  afterAll(async () => {
    await db?.destroy();
    await server?.stop();
  });

  test('what was there before stays where it is, and new rows are numbered on', async () => {
    expect(await partitions()).toEqual({ statements_first: 2 });
    await insertRows(db, 'statements', [statement(Date.now())]);
    expect(await partitions()).toEqual({ statements_first: 3 });
    const { rows } = await sql<{ seq: number }>`select seq from statements order by seq`.execute(db);
    expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  test('the coming months are made ahead, once', async () => {
    const now = Date.now();
    const made = await makeMonths(db, 'postgres', now);
    expect(made).toHaveLength(3);
    expect(await makeMonths(db, 'postgres', now)).toEqual([]);
    await insertRows(db, 'statements', [statement(monthStart(now, 1)), statement(monthStart(now, 2))]);
    expect(await partitions()).toMatchObject({ [made[0]!]: 1, [made[1]!]: 1 });
  });

  test('a month that nobody made is kept all the same, and later months are made', async () => {
    const far = monthStart(Date.now(), 24);
    await insertRows(db, 'statements', [statement(far)]);
    expect(await partitions()).toMatchObject({ statements_default: 1 });
    expect(await makeMonths(db, 'postgres', monthStart(far, -1))).toHaveLength(2);
  });

  test('an id is there once over all months', async () => {
    for (const { id } of before)
      for (const storedAt of [Date.now(), monthStart(Date.now(), 1), monthStart(Date.now(), 50)])
        await expect(insertRows(db, 'statements', [statement(storedAt, id)])).rejects.toThrow('unique');
  });

  test('a statement of a month that was taken away is a conflict, not an error, and holds up nothing else', async () => {
    const folder = temporaryFolder();
    const url = server.createDatabase('detached');
    writeContent(`${folder.path}/manifests`);
    const service = await startService({
      port: 0,
      host: '127.0.0.1',
      data: folder.path,
      manifests: `${folder.path}/manifests`,
      databaseUrl: url,
      integration,
      logLevel: 'silent',
    });
    const own = openPostgres(url, () => undefined);
    try {
      const county = new Client(service.url);
      const { initialized, closing } = viewing({ person: 'v-1', lessonId: 'long', length: 600, to: 60 });
      expect((await county.statements(initialized)).status).toBe(200);
      await sql`alter table statements detach partition statements_first`.execute(own);
      const again = await county.statements([initialized, ...closing]);
      expect([again.status, again.body.code]).toEqual([409, 'statement-conflict']);
      expect(again.body.errors).toEqual([{ path: '/0/id', message: 'is taken' }]);
      expect((await county.statements(closing)).status).toBe(200);
    } finally {
      await own.destroy();
      await service.close();
      folder.remove();
    }
  });

  test('a month can be taken away whole', async () => {
    const [name] = Object.keys(await partitions()).filter((name) => /_\d{4}_\d\d$/.test(name));
    await sql`alter table statements detach partition ${sql.table(name!)}`.execute(db);
    expect(await partitions()).not.toHaveProperty(name!);
  });
});
