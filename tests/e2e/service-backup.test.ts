import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgresPrograms, startPostgres, type PostgresServer } from './postgres-server.ts';
import { Client, integration, newBox, temporaryFolder, viewing, writeContent } from './service-kit.ts';
import { everything, load } from './service-load.ts';
import { bundleService, runService, runToEnd } from './service-process.ts';

const folder = temporaryFolder();
const manifests = join(folder.path, 'manifests');
let main: string;

beforeAll(async () => {
  main = await bundleService('backup');
  writeContent(manifests);
});
afterAll(folder.remove);

/** @param database makes an empty one and says how the commands are told about it. */
function backsUp(name: string, database: (name: string) => { data: string; url?: string }): void {
  let places = 0;
  /** Each a new one, so that a second try does not meet what the first has left. */
  const place = (which: string) => {
    const { data, url } = database(`${which}_${(places += 1)}`);
    const args = ['--data', data, '--manifests', manifests, '--app', folder.path];
    const env = {
      CREDIT_INTEGRATION: `${integration.user}:${integration.password}`,
      ...(url === undefined ? {} : { DATABASE_URL: url }),
    };
    return {
      serve: () => runService(main, args, env),
      command: (...words: string[]) => runToEnd(main, [...words, ...args], env),
    };
  };
  const line = ({ code, stderr }: { code: number | null; stderr: string }) => [code, stderr.trim()];

  test('a backup under load holds all that was acknowledged before it, and its credit', async () => {
    const first = place('first');
    const file = join(folder.path, `${name}.backup`);
    rmSync(file, { force: true });
    const service = await first.serve();
    const boxes = load(() => service.url);
    await expect.poll(() => boxes.acknowledged.size, { timeout: 30_000 }).toBeGreaterThan(40);
    const before = new Map(boxes.acknowledged);
    expect(await first.command('backup', file)).toMatchObject({ code: 0, stderr: '' });
    const during = boxes.acknowledged.size;
    await expect.poll(() => boxes.acknowledged.size, { timeout: 30_000 }).toBeGreaterThan(during + 20);
    await boxes.end();
    expect(boxes.refused).toEqual([]);
    expect(line(await first.command('backup', file))).toEqual([
      1,
      `${file} is there already; choose another name.`,
    ]);
    // Longer than the pool keeps connections that nobody uses.
    await new Promise((resolve) => setTimeout(resolve, 11_000));
    if (name === 'sqlite')
      expect(line(await first.command('restore', file, '--force'))).toEqual([
        1,
        expect.stringMatching(/study-credit\.sqlite is in use: stop the service first\.$/),
      ]);
    else
      expect(line(await first.command('restore', file, '--force'))).toEqual([
        1,
        'Other programs are connected to the database: stop the service first.',
      ]);
    await service.stop('SIGTERM');

    const second = place('second');
    expect(await second.command('restore', file)).toMatchObject({ code: 0, stderr: '' });
    const check = await second.command('recompute');
    const report = JSON.parse(check.stdout) as { entries: number; differences: unknown[] };
    expect([check.code, report.differences]).toEqual([0, []]);
    expect(report.entries).toBeGreaterThan(5);
    const restored = await second.serve();
    const stored = await everything(new Client(restored.url));
    expect([...before.keys()].filter((id) => !stored.has(id))).toEqual([]);
    expect(stored.size).toBeLessThan(boxes.acknowledged.size);
    // It goes on from there: new rows get new numbers.
    const box = await newBox(restored.url);
    const session = viewing({ person: box.person, lessonId: 'short', length: 20, to: 20 });
    expect((await box.statements(session.statements)).status).toBe(200);
    await restored.stop('SIGTERM');

    expect(line(await second.command('restore', file))).toEqual([
      1,
      expect.stringMatching(/holds records; see restore --help\.$/),
    ]);
    expect(await second.command('restore', file, '--force')).toMatchObject({ code: 0, stderr: '' });
    const again = await second.serve();
    expect((await everything(new Client(again.url))).size).toBe(stored.size);
    await again.stop('SIGTERM');
    expect(readdirSync(folder.path).filter((entry) => entry.includes('unfinished'))).toEqual([]);
  });

  test('a damaged or foreign file is refused and changes nothing', async () => {
    const target = place('third');
    const file = join(folder.path, `${name}.backup`);
    const half = join(folder.path, `${name}.half`);
    const whole = readFileSync(file);
    writeFileSync(half, whole.subarray(0, Math.floor(whole.length / 2)));
    const foreign = join(folder.path, `${name}.foreign`);
    writeFileSync(foreign, 'field,classroom\n');
    for (const broken of [half, foreign, join(folder.path, 'missing')]) {
      const { code, stderr } = await target.command('restore', broken);
      expect(code).toBe(1);
      expect(stderr.trim()).toMatch(/^\S.*[^\n]$/);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
    const service = await target.serve();
    expect((await everything(new Client(service.url))).size).toBe(0);
    await service.stop('SIGTERM');
    // What the service made when it started is an empty database still.
    expect(await target.command('restore', file)).toMatchObject({ code: 0, stderr: '' });
  });
}

describe('SQLite', () => {
  backsUp('sqlite', (name) => ({ data: join(folder.path, `data-${name}`) }));

  test('there must be a database to back up', async () => {
    const file = join(folder.path, 'nothing');
    const { code, stderr } = await runToEnd(main, ['backup', file, '--data', join(folder.path, 'empty')]);
    expect([code, stderr.trim(), existsSync(file)]).toEqual([
      1,
      expect.stringMatching(/^There is no database .*; see --data\.$/),
      false,
    ]);
  });
});

const programs = postgresPrograms();
describe.skipIf(programs === undefined)('PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(programs!);
  });
  afterAll(() => server?.stop());
  backsUp('postgres', (name) => ({
    data: join(folder.path, 'none'),
    url: server.createDatabase(`backup_${name}`),
  }));

  test('without the client programs it says what to install', async () => {
    const file = join(folder.path, 'no-client');
    const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x', PATH: '' };
    const { code, stderr } = await runToEnd(main, ['backup', file], env);
    expect([code, stderr.trim()]).toEqual([1, "pg_dump is not here: install PostgreSQL's client programs."]);
  });
});
