import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { v4 } from 'uuid';
import type { Statement } from '../../src/domain/statements/statement.ts';
import { postgresPrograms, startPostgres, type PostgresServer } from './postgres-server.ts';
import { basic, Client, integration, newBox, temporaryFolder, viewing, writeContent } from './service-kit.ts';
import { bundleService, runService, runToEnd } from './service-process.ts';

const KILLS = 20;
const WRITERS = 6;

interface Acknowledged {
  statements: Map<string, Statement>;
  checkpoints: object[];
  /** People of whom a whole viewing was acknowledged. */
  earned: string[];
}

/** Boxes that upload one viewing after the other, until the service is gone. */
async function writeUntilGone(url: string, acknowledged: Acknowledged): Promise<void> {
  for (;;)
    try {
      const box = await newBox(url);
      const session = viewing({ person: box.person, lessonId: 'long', length: 600, to: 600 });
      const stored = await box.statements(session.statements.slice(0, 2));
      if (stored.status !== 200) throw new Error(`refused: ${stored.status}`);
      for (const statement of session.statements.slice(0, 2))
        acknowledged.statements.set(statement.id!, statement);
      await box.checkpoints(session.checkpoints);
      acknowledged.checkpoints.push(...session.checkpoints);
      await box.statements(session.statements.slice(2));
      for (const statement of session.statements.slice(2))
        acknowledged.statements.set(statement.id!, statement);
      acknowledged.earned.push(box.person);
    } catch (error) {
      if (error instanceof TypeError) return;
      throw error;
    }
}

async function everything(county: Client): Promise<Map<string, Statement>> {
  const found = new Map<string, Statement>();
  let more = '/xapi/statements?limit=500';
  while (more !== '') {
    const { body } = await county.get<{ statements: Statement[]; more: string }>(more);
    for (const statement of body.statements) found.set(statement.id!, statement);
    more = body.more;
  }
  return found;
}

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
    const acknowledged: Acknowledged = { statements: new Map(), checkpoints: [], earned: [] };
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
    const stored = await everything(county);
    const lost = [...acknowledged.statements].filter(([id]) => !stored.has(id));
    expect(lost).toEqual([]);
    for (const [id, sent] of acknowledged.statements) expect(stored.get(id)).toMatchObject({ ...sent });
    const people = new Set<string>();
    let more = '/api/v1/ledger';
    while (more !== '') {
      const { body } = await county.get<{
        entries: { person: string; creditedSeconds: number }[];
        more: string;
      }>(more);
      for (const { person, creditedSeconds } of body.entries) {
        expect([people.has(person), creditedSeconds]).toEqual([false, 600]);
        people.add(person);
      }
      more = body.more;
    }
    expect(acknowledged.earned.filter((person) => !people.has(person))).toEqual([]);
    expect(await service.stop('SIGTERM')).toEqual({ code: 0, signal: null });

    const check = await runToEnd(main, ['recompute', ...args], env);
    const report = JSON.parse(check.stdout) as { entries: number; differences: unknown[] };
    expect([check.code, report.differences, report.entries]).toEqual([0, [], people.size]);
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
  neverLoses(() => server.createDatabase('sigkill'));
});
