import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LedgerEntry } from '../../../src/domain/credit/study-year.ts';
import { ContentFolder } from '../../../src/service/catalogue/content-folder.ts';
import { defaultPolicy } from '../../../src/service/catalogue/default-policy.ts';
import { recompute, type LedgerDifference } from '../../../src/service/credit/recompute.ts';
import { settleQuietSessions } from '../../../src/service/credit/settle.ts';
import { openDatabase, type OpenDatabase } from '../../../src/service/db/open-database.ts';
import { WriteQueue } from '../../../src/service/db/write-queue.ts';
import { startService, type Service } from '../../../src/service/service.ts';
import { postgresPrograms, startPostgres, type PostgresServer } from '../postgres-server.ts';
import { Client, integration, newBox, temporaryFolder, writeContent, writeJson } from '../service-kit.ts';

/** Noon in the county on a working day, far from midnight and New Year. */
export const NOON = Date.parse('2026-11-20T12:00:00+08:00');

/** A service whose clock the tests hold. */
export interface World {
  /** Milliseconds since 1970 by the service's clock; only ever moved forward. */
  now(): number;
  /** Lets seconds pass for the service. */
  pass(seconds: number): void;
  url: string;
  county: Client;
  database: OpenDatabase;
  ledger(person: string): Promise<LedgerEntry[]>;
  /** Counted seconds of a person over all entries. */
  credited(person: string): Promise<number>;
  differences(): Promise<LedgerDifference[]>;
  newBox(): ReturnType<typeof newBox>;
  /** What the service does every minute: closes sessions of which nothing is heard any more. */
  settle(): Promise<unknown>;
}

/** Runs the tests on SQLite and on PostgreSQL, each against a service of its own, and ends with a recomputation. */
export function onBothDatabases(name: string, define: (world: () => World) => void): void {
  const programs = postgresPrograms();
  describe(`${name}, on SQLite`, () => {
    inWorld(() => Promise.resolve({ url: undefined, stop: () => Promise.resolve() }), define);
  });
  describe.skipIf(programs === undefined)(`${name}, on PostgreSQL`, () => {
    inWorld(async () => {
      const server: PostgresServer = await startPostgres(programs!);
      return { url: server.createDatabase('credit'), stop: () => server.stop() };
    }, define);
  });
}

function inWorld(
  openServer: () => Promise<{ url: string | undefined; stop: () => Promise<void> }>,
  define: (world: () => World) => void,
): void {
  const data = temporaryFolder();
  const manifests = temporaryFolder();
  let server: Awaited<ReturnType<typeof openServer>>;
  let service: Service;
  let world: World;

  beforeAll(async () => {
    writeContent(manifests.path);
    for (const [id, length] of [
      ['talk', 3600],
      ['evening', 3600],
    ] as const)
      writeJson(manifests.path, `lessons/${id}.json`, {
        id,
        title: id,
        length,
        media: { hls: `media/${id}/master.m3u8` },
      });
    server = await openServer();
    let ms = NOON;
    service = await startService({
      port: 0,
      host: '127.0.0.1',
      data: data.path,
      manifests: manifests.path,
      databaseUrl: server.url,
      integration,
      logLevel: 'error',
      limits: { perBox: 0, newBoxes: 0 },
      now: () => ms,
    });
    const database = await openDatabase({ url: server.url, folder: data.path }, () => undefined);
    const content = new ContentFolder(manifests.path, defaultPolicy);
    const county = new Client(service.url);
    const ledger = (person: string) => county.ledger(`?person=${person}`);
    world = {
      now: () => ms,
      pass: (seconds) => {
        ms += seconds * 1000;
      },
      url: service.url,
      county,
      database,
      ledger,
      credited: async (person) =>
        (await ledger(person)).reduce((sum, { creditedSeconds }) => sum + creditedSeconds, 0),
      differences: async () => (await recompute(database.db, await content.current())).differences,
      newBox: () => newBox(service.url),
      settle: () =>
        settleQuietSessions(
          { db: database.db, writes: new WriteQueue(database.db, database.dialect), content },
          ms,
        ),
    };
  });

  afterAll(async () => {
    await world?.database.db.destroy();
    await service?.close();
    await server?.stop();
    data.remove();
    manifests.remove();
  });

  define(() => world);

  test('in the end, deciding all credit anew gives the same ledger', async () => {
    expect((await world.county.ledger()).length).toBeGreaterThan(0);
    expect(await world.differences()).toEqual([]);
  });
}
