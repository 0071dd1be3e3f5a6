import SqliteDatabase from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { v4 } from 'uuid';
import { hashPassword } from '../../src/service/http/password-hash.ts';
import { startService, type Service } from '../../src/service/service.ts';
import { postgresPrograms, startPostgres, type PostgresServer } from './postgres-server.ts';
import { Client, integration, newBox, temporaryFolder, viewing, writeContent } from './service-kit.ts';
import { everything } from './service-load.ts';
import { bundleService, runToEnd } from './service-process.ts';

const folder = temporaryFolder();
const manifests = join(folder.path, 'manifests');
let main: string;

beforeAll(async () => {
  main = await bundleService('export');
  writeContent(manifests);
});
afterAll(folder.remove);

const asProgram = (url: string, user: string) =>
  new Client(url, `Basic ${Buffer.from(`${user}:password`).toString('base64')}`);

/** Fields of simple CSV: nothing in these tests is quoted but names. */
const rowsOf = (text: string): string[][] =>
  text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));

function exports(database: () => string | undefined): void {
  const data = join(folder.path, v4());
  let service: Service;
  let people: string[];
  let batches: number;

  beforeAll(async () => {
    const passwordHash = await hashPassword('password');
    service = await startService({
      port: 0,
      host: '127.0.0.1',
      data,
      manifests,
      databaseUrl: database(),
      integration,
      integrations: [
        { user: 'exporter', passwordHash, scopes: ['export'] },
        { user: 'registrar', passwordHash, scopes: ['export', 'roster'] },
        { user: 'reader', passwordHash, scopes: ['statements/read'] },
      ],
      logLevel: 'error',
    });
    const county = new Client(service.url);
    const put = async (path: string, body: object) => {
      const { status } = await county.call('PUT', `/api/v1/${path}`, body);
      expect([200, 201]).toContain(status);
    };
    await put('villages/v1', { name: '柳树村' });
    await put('branches/b1', { name: '第一支部', village: 'v1' });
    await put('branches/b2', { name: '第二支部', village: 'v1' });
    people = [];
    // More than a page of statements; several batches share a moment.
    batches = 120;
    for (let index = 0; index < 3; index += 1) {
      const person = `p-${3 - index}`;
      people.push(person);
      await put(`people/${person}`, {
        name: ['=HYPERLINK("http://x")', '张"三", 李四', '王五'][index]!,
        role: ['villager', 'party-member', 'branch-secretary'][index]!,
        branch: index < 2 ? 'b1' : 'b2',
      });
      await county.statements(viewing({ person, lessonId: 'short', length: 20, to: 20 }).statements);
      await Promise.all(
        Array.from({ length: batches }, () =>
          county.statements(viewing({ person, lessonId: 'long', length: 600, to: 9 }).statements),
        ),
      );
    }
  }, 120_000);
  afterAll(() => service?.close());

  test('statements come whole, once each, in the order in which they were stored', async () => {
    const { status, headers, body } = await asProgram(service.url, 'exporter').get<string>(
      '/api/v1/exports/statements',
    );
    expect([status, headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
    const lines = String(body).trimEnd().split('\n');
    const statements = lines.map((line) => JSON.parse(line) as { id: string; stored: string });
    expect(statements).toHaveLength(3 * (4 + 3 * batches));
    const listed = await everything(new Client(service.url));
    expect(new Map(statements.map((one) => [one.id, one]))).toEqual(listed);
    const stored = statements.map((one) => one.stored);
    expect(stored).toEqual([...stored].sort());

    // Any two spans that meet give all, none twice.
    const middle = stored[Math.floor(stored.length / 2)]!;
    const part = async (query: string) =>
      String(
        (await asProgram(service.url, 'exporter').get<string>(`/api/v1/exports/statements${query}`)).body,
      );
    expect((await part(`?until=${middle}`)) + (await part(`?since=${middle}`))).toBe(String(body));
    expect(await part('?since=2100-01-01T00:00:00Z')).toBe('');
  });

  test('the ledger as CSV is the ledger', async () => {
    const { headers, body } = await asProgram(service.url, 'exporter').get<string>('/api/v1/exports/ledger');
    expect(headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/);
    const [heading, ...rows] = rowsOf(String(body));
    const entries = await new Client(service.url).ledger();
    expect(entries).toHaveLength(3);
    const fields = rows.map((row) =>
      Object.fromEntries(row.map((value, index) => [heading![index]!, value])),
    );
    expect(
      fields.map(({ id, person, lessonId, hours, creditedSeconds, evidence }) => ({
        id,
        person,
        lessonId,
        hours: Number(hours),
        creditedSeconds: Number(creditedSeconds),
        evidence,
      })),
    ).toEqual(
      entries.map(({ id, person, lessonId, hours, creditedSeconds, evidence }) => ({
        id,
        person,
        lessonId,
        hours,
        creditedSeconds,
        evidence,
      })),
    );
    const bytes = await fetch(`${service.url}/api/v1/exports/ledger?bom=true`, {
      headers: { authorization: asProgram(service.url, 'exporter').authorization },
    }).then((response) => response.arrayBuffer());
    expect([...new Uint8Array(bytes).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  test("a branch's people: hours and target; names only if asked for and allowed, and never a formula", async () => {
    const year = new Date().getFullYear();
    const ask = (user: string, query: string) =>
      asProgram(service.url, user).get<string & { code: string }>(`/api/v1/exports/people?${query}`);
    const { body } = await ask('exporter', `branch=b1&year=${year}`);
    const study = await new Client(service.url).study(people[0]!, year);
    const [heading, ...rows] = rowsOf(String(body));
    expect(heading).toEqual(['id', 'role', 'year', 'hours', 'dutyHours', 'target']);
    expect(rows.map(([id]) => id)).toEqual([people[0]!, people[1]!].sort());
    expect(rows.find(([id]) => id === people[0])).toEqual([
      people[0],
      'villager',
      String(year),
      String(study.total.hours),
      String(study.duty.hours),
      study.target === null ? '' : String(study.target.hours),
    ]);
    expect(String(body)).not.toContain('张');

    const refused = await ask('exporter', 'branch=b1&names=true');
    expect([refused.status, refused.body.code]).toEqual([403, 'insufficient-scope']);
    const named = String((await ask('registrar', 'branch=b1&names=true')).body);
    expect(named).toContain('"\'=HYPERLINK(""http://x"")"');
    expect(named).toContain('"张""三"", 李四"');
    const none = await ask('registrar', 'branch=nowhere');
    expect([none.status, none.body.code]).toEqual([404, 'no-such-branch']);
  });

  test('only for programs that may export, and only what is asked for rightly', async () => {
    const box = await newBox(service.url);
    for (const kind of ['statements', 'ledger', 'people?branch=b1']) {
      expect((await box.get(`/api/v1/exports/${kind}`)).status).toBe(403);
      expect((await asProgram(service.url, 'reader').get(`/api/v1/exports/${kind}`)).status).toBe(403);
      expect((await new Client(service.url, 'none').get(`/api/v1/exports/${kind}`)).status).toBe(401);
    }
    for (const query of [
      'statements?since=yesterday',
      'ledger?bom=1',
      'people',
      'people?branch=b1&year=26',
    ]) {
      const { status, body } = await new Client(service.url).get(`/api/v1/exports/${query}`);
      expect([status, body.code]).toEqual([400, 'invalid-request']);
    }
  });

  test('the command line gives the same', async () => {
    const url = database();
    const env: Record<string, string> = url === undefined ? {} : { DATABASE_URL: url };
    const run = (...words: string[]) =>
      runToEnd(main, ['export', ...words, '--data', data, '--manifests', manifests], env);
    const http = async (path: string) =>
      String((await new Client(service.url).get<string>(`/api/v1/exports/${path}`)).body);
    expect((await run('statements')).stdout).toBe(await http('statements'));
    expect((await run('ledger', '--since', '2020-01-01')).stdout).toBe(await http('ledger'));
    expect((await run('people', '--branch', 'b1', '--names')).stdout).toBe(
      await http('people?branch=b1&names=true'),
    );
    expect(await run('people', '--branch', 'b9')).toMatchObject({
      code: 1,
      stderr: 'There is no branch "b9".\n',
    });
    expect(await run('weather')).toMatchObject({
      code: 1,
      stderr: 'export knows statements, ledger and people, not "weather".\n',
    });
    expect((await run('ledger', '--since', 'yesterday')).stderr).toMatch(/^--since must be a date/);
  });
}

describe('SQLite', () => {
  exports(() => undefined);

  test('an export many times larger than the memory it may use', async () => {
    const data = join(folder.path, 'large');
    await runToEnd(main, ['migrate', '--data', data]);
    const database = new SqliteDatabase(join(data, 'study-credit.sqlite'));
    const insert = database.prepare(
      `insert into statements (id, actor, verb, happened_at, stored_at, json)
       values (@id, 'a', 'v', 0, @at, @json)`,
    );
    const expected = createHash('sha256');
    const rows = 30_000;
    database.transaction(() => {
      for (let index = 0; index < rows; index += 1) {
        const id = v4();
        const json = JSON.stringify({ id, filling: id.repeat(60) });
        insert.run({ id, at: Math.floor(index / 700), json });
        expected.update(`${json}\n`);
      }
    })();
    database.close();
    const child = spawn(
      process.execPath,
      ['--max-old-space-size=40', main, 'export', 'statements', '--data', data, '--manifests', manifests],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const got = createHash('sha256');
    let bytes = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      got.update(chunk);
      bytes += chunk.length;
    });
    const [code] = (await once(child, 'close')) as [number | null];
    expect([code, got.digest('hex')]).toEqual([0, expected.digest('hex')]);
    expect(bytes).toBeGreaterThan(60 * 1024 * 1024);
  });
});

const programs = postgresPrograms();
describe.skipIf(programs === undefined)('PostgreSQL', () => {
  let server: PostgresServer;
  let url: string;
  beforeAll(async () => {
    server = await startPostgres(programs!);
    url = server.createDatabase('export');
  });
  afterAll(() => server?.stop());
  exports(() => url);
});
