import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { v4 } from 'uuid';
import { postgresPrograms, startPostgres, type PostgresServer } from './postgres-server.ts';
import { basic, Client, integration, temporaryFolder, writeContent } from './service-kit.ts';
import { lossesOf, nothingYet, recomputed, writeUntilGone } from './acknowledged.ts';
import { bundleService, runService } from './service-process.ts';

/** As many as the figure is of: `KILLS=20 npx vitest run --project e2e tests/e2e/service-sigkill.test.ts`. */
const KILLS = Number(process.env.KILLS ?? 3);
const WRITERS = 6;

function neverLoses(databaseUrl: () => string | undefined): void {
  test(`${KILLS} kills under load lose nothing that was acknowledged`, async () => {
    const data = temporaryFolder();
    const manifests = temporaryFolder();
    writeContent(manifests.path);
    const main = await bundleService(`sigkill-${v4()}`);
    const args = ['--data', data.path, '--manifests', manifests.path, '--app', data.path];
    const url = databaseUrl();
    const env = {
      CREDIT_INTEGRATION: `${integration.user}:${integration.password}`,
      ...(url === undefined ? {} : { DATABASE_URL: url }),
    };
    const acknowledged = nothingYet();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const service = await runService(main, args, env);
      const writers = Array.from({ length: WRITERS }, () => writeUntilGone(service.url, acknowledged));
      const before = acknowledged.statements.size;
      await expect
        .poll(() => acknowledged.statements.size, { timeout: 30_000, interval: 5 })
        .toBeGreaterThan(before + 25 + ((kill * 7) % 40));
      await service.stop('SIGKILL');
      await Promise.all(writers);
    }

    const service = await runService(main, args, env);
    const county = new Client(service.url, basic);
    expect(await lossesOf(county, acknowledged)).toEqual({ statements: [], credits: [] });
    expect(await service.stop('SIGTERM')).toEqual({ code: 0, signal: null });
    expect((await recomputed(main, args, env)).differences).toEqual([]);
    console.log(
      `${KILLS} kills: ${acknowledged.statements.size} statements, ${acknowledged.checkpoints.length} checkpoints ` +
        `and ${acknowledged.earned.length} credits acknowledged, none lost`,
    );
    data.remove();
    manifests.remove();
  }, 300_000);
}

describe('SQLite', () => {
  neverLoses(() => undefined);
});

const programs = postgresPrograms();
describe.skipIf(programs === undefined)('PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(programs!);
  });
  afterAll(() => server?.stop());
  let tries = 0;
  neverLoses(() => server.createDatabase(`sigkill_${(tries += 1)}`));
});
