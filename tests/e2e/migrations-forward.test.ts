import { Migrator, sql, type Kysely } from 'kysely';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ContentFolder } from '../../src/service/catalogue/content-folder.ts';
import { defaultPolicy } from '../../src/service/catalogue/default-policy.ts';
import { recompute } from '../../src/service/credit/recompute.ts';
import type { Dialect } from '../../src/service/db/migrations/dialect.ts';
import { migrations } from '../../src/service/db/migrations/index.ts';
import { migrateDatabase, openDatabase } from '../../src/service/db/open-database.ts';
import { openPostgres } from '../../src/service/db/postgres.ts';
import { openSqlite } from '../../src/service/db/sqlite.ts';
import { startService } from '../../src/service/service.ts';
import { postgresPrograms, startPostgres, type PostgresServer } from './postgres-server.ts';
import { Client, integration, newBox, temporaryFolder, viewing, writeContent } from './service-kit.ts';
import { everything } from './service-load.ts';

/**
 * What a released version of the service wrote into its database, by the name of its last step: each line
 * one row, recorded from that version's own program while boxes uploaded whole, split, unfinished, unclosed
 * and repeated viewings.
 */
const releases = readdirSync('tests/e2e/released').map((file) => ({
  step: file.replace('.jsonl', ''),
  rows: readFileSync(join('tests/e2e/released', file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { table: string; row: Record<string, string | number | null> }),
}));

const folder = temporaryFolder();
const manifests = join(folder.path, 'manifests');
beforeAll(() => {
  writeContent(manifests);
});
afterAll(folder.remove);

/** The database as the released version left it. */
async function asReleased<Tables>(
  db: Kysely<Tables>,
  dialect: Dialect,
  { step, rows }: (typeof releases)[number],
): Promise<void> {
  const migrator = new Migrator({ db, provider: migrations(dialect) });
  const { error } = await migrator.migrateTo(step);
  if (error) throw error as Error;
  const write = db as unknown as Kysely<Record<string, Record<string, unknown>>>;
  for (const { table, row } of rows) await write.insertInto(table).values(row).execute();
  if (dialect === 'postgres')
    for (const table of ['statements', 'checkpoints', 'ledger'])
      await sql`select setval(pg_get_serial_sequence(${table}, 'seq'), (select max(seq) from ${sql.table(table)}))`.execute(
        db,
      );
  await db.destroy();
}

function migratesForward(dialect: Dialect, database: (name: string) => string | undefined): void {
  test.each(releases)('from $step: all is there, and the credit follows from it', async (release) => {
    const url = database(`from_${release.step.replaceAll('-', '_')}`);
    const data = join(folder.path, `${dialect}-${release.step}`);
    await asReleased(
      url === undefined ? openSqlite(data) : openPostgres(url, () => undefined),
      dialect,
      release,
    );
    const steps = await migrateDatabase({ url, folder: data });
    expect(steps.length).toBeGreaterThan(0);
    expect(steps).not.toContain(release.step);
    expect(await migrateDatabase({ url, folder: data })).toEqual([]);

    const { db } = await openDatabase({ url, folder: data }, () => undefined);
    const rowsOf = (name: string) => release.rows.filter(({ table }) => table === name).map(({ row }) => row);
    for (const [table, key] of [
      ['boxes', 'box_id'],
      ['statements', 'seq'],
      ['checkpoints', 'seq'],
      ['ledger', 'seq'],
    ] as const) {
      const now = await sql<object>`select * from ${sql.table(table)} order by ${sql.ref(key)}`.execute(db);
      const before = rowsOf(table).sort((a, b) => (String(a[key]) < String(b[key]) ? -1 : 1));
      const sorted = [...now.rows].sort((a, b) =>
        String(a[key as never]) < String(b[key as never]) ? -1 : 1,
      );
      expect(sorted).toHaveLength(before.length);
      before.forEach((row, index) => {
        expect(sorted[index]).toMatchObject(row);
      });
    }
    await expect(sql`update ledger set hours = 9`.execute(db)).rejects.toThrow('append-only');
    const content = await new ContentFolder(manifests, defaultPolicy).current();
    expect((await recompute(db, content)).differences).toEqual([]);

    const service = await startService({
      port: 0,
      host: '127.0.0.1',
      data,
      manifests,
      databaseUrl: url,
      integration,
      logLevel: 'error',
    });
    const county = new Client(service.url);
    const listed = await everything(county);
    for (const { id, json } of rowsOf('statements'))
      expect(listed.get(String(id))).toEqual(JSON.parse(String(json)));
    const entries = await county.ledger();
    expect(entries.map(({ id, hours }) => [id, hours])).toEqual(
      rowsOf('ledger').map(({ id, hours }) => [id, hours]),
    );
    // What was told twice changes nothing; what is new goes on from there.
    const [again] = rowsOf('statements').slice(-1);
    expect((await county.statements(listed.get(String(again!.id))!)).status).toBe(200);
    const box = await newBox(service.url);
    await box.statements(viewing({ person: box.person, lessonId: 'short', length: 20, to: 20 }).statements);
    expect(await county.ledger()).toHaveLength(entries.length + 1);
    expect((await recompute(db, content)).differences).toEqual([]);
    await service.close();
    await db.destroy();
  });
}

describe('SQLite', () => {
  migratesForward('sqlite', () => undefined);
});

const programs = postgresPrograms();
describe.skipIf(programs === undefined)('PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(programs!);
  });
  afterAll(() => server?.stop());
  migratesForward('postgres', (name) => server.createDatabase(name));
});
