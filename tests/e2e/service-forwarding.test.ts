import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { v4 } from 'uuid';
import { verbIris } from '../../src/domain/statements/iris.ts';
import type { Statement } from '../../src/domain/statements/statement.ts';
import { arrivedForGood } from '../../src/service/db/arrivals-barrier.ts';
import { openDatabase } from '../../src/service/db/open-database.ts';
import { WriteQueue } from '../../src/service/db/write-queue.ts';
import { startService, type Service, type ServiceOptions } from '../../src/service/service.ts';
import { postgresPrograms, startPostgres, type PostgresServer } from './postgres-server.ts';
import { roadTo, type Road, type Weather } from './other-store.ts';
import { basic, Client, integration, newBox, temporaryFolder, viewing, writeContent } from './service-kit.ts';
import { everything, load } from './service-load.ts';
import { bundleService, runService } from './service-process.ts';

const folder = temporaryFolder();
const manifests = join(folder.path, 'manifests');
const patience = { timeout: 60_000, interval: 50 };
let main: string;

interface Forwarding {
  lag: { rows: number; seconds: number };
  sent: number;
  failures: number;
  lastError: string | null;
  quarantined: number;
  refusals: { statementId: string; status: number; reason: string }[];
}

beforeAll(async () => {
  main = await bundleService('forwarding');
  writeContent(manifests);
});
afterAll(folder.remove);

/** What a statement says, without what each store sets itself. */
const said = ({ actor, verb, object, result, context, timestamp }: Statement) => ({
  actor,
  verb,
  object,
  result,
  context,
  timestamp,
});

function forwards(database: (name: string) => string | undefined): void {
  let other: Service;
  let road: Road;
  const open: Service[] = [];

  const start = async (
    data: string,
    forwarding?: Partial<ServiceOptions['forwarding']>,
    databaseUrl?: string,
  ): Promise<Service> => {
    const service = await startService({
      port: 0,
      host: '127.0.0.1',
      data: join(folder.path, data),
      manifests,
      integration,
      databaseUrl,
      logLevel: 'silent',
      ...(forwarding
        ? {
            forwarding: {
              url: `${road.url}/xapi`,
              authorization: basic,
              verbs: [],
              profiles: [],
              retrySeconds: 0.1,
              ...forwarding,
            },
          }
        : {}),
    });
    open.push(service);
    return service;
  };
  const forwardingOf = async (url: string) =>
    (await new Client(url).get<Forwarding>('/api/v1/forwarding')).body;
  const caughtUp = (url: string) =>
    expect.poll(async () => (await forwardingOf(url)).lag, patience).toEqual({ rows: 0, seconds: 0 });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((service) => service.close()));
    await road?.close();
  });
  const begin = async (): Promise<void> => {
    other = await start(`other-${v4()}`);
    road = await roadTo(other.url);
  };
  const both = async (from: string) => [
    await everything(new Client(from)),
    await everything(new Client(other.url)),
  ];

  test('through outages, lost answers and a busy store: all arrives, what was heard of is not sent again', async () => {
    await begin();
    const service = await start('weather', {}, database('weather'));
    const boxes = load(() => service.url, 2);
    for (const weather of ['fine', 'down', 'fine', 'deaf', 'busy', 'deaf', 'fine'] as Weather[]) {
      const { requests } = road;
      road.weather = weather;
      await expect.poll(() => road.requests, patience).toBeGreaterThan(requests + 1);
    }
    await boxes.end();
    const county = new Client(service.url);
    const taken = [...boxes.acknowledged.values()][3]!;
    const voiding = {
      id: v4(),
      actor: taken.actor,
      verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
      object: { objectType: 'StatementRef', id: taken.id },
    };
    expect((await county.post('/xapi/statements', voiding)).status).toBe(200);
    await caughtUp(service.url);
    const [here, there] = await both(service.url);
    expect([...there!.keys()].sort()).toEqual([...here!.keys()].sort());
    expect(there!.has(voiding.id)).toBe(true);
    for (const [id, statement] of here!) expect(said(there!.get(id)!)).toEqual(said(statement));
    expect([...road.taken].filter(([, times]) => times !== 1)).toEqual([]);
    const report = await forwardingOf(service.url);
    expect(report).toMatchObject({ failures: 0, lastError: null, quarantined: 0, refusals: [] });
    expect(report.sent).toBe(boxes.acknowledged.size + 1);
  });

  test.each([
    ['that is refused', 'refuses', 400, 'not here'],
    ['at which the other store always breaks', 'breaksAt', 500, 'HTTP 500'],
  ] as const)(
    'a statement %s is set aside, seen, and can be sent again; the others go on',
    async (_, trouble, status, reason) => {
      await begin();
      const name = trouble.toLowerCase();
      const service = await start(name, {}, database(name));
      const box = await newBox(service.url);
      const bad = viewing({ person: box.person, lessonId: 'short', length: 20, to: 20 });
      const id = bad.statements[1]!.id!;
      road[trouble] = id;
      const batch = [
        ...bad.statements,
        ...viewing({ person: box.person, lessonId: 'long', length: 600, to: 90 }).statements,
      ];
      await box.statements(batch);
      await caughtUp(service.url);
      expect(await forwardingOf(service.url)).toMatchObject({
        sent: batch.length - 1,
        quarantined: 1,
        refusals: [{ statementId: id, status, reason }],
      });
      const figures = await (await fetch(`${service.url}/metrics`)).text();
      expect(figures).toContain('study_credit_forwarding_quarantined_rows 1\n');
      expect(figures).toContain('study_credit_forwarding_lag_rows 0\n');
      expect((await everything(new Client(other.url))).has(id)).toBe(false);

      road[trouble] = undefined;
      const again = await new Client(service.url).post('/api/v1/forwarding/retries', undefined);
      expect([again.status, again.body]).toEqual([202, { statements: 1 }]);
      await expect.poll(async () => (await forwardingOf(service.url)).quarantined, patience).toBe(0);
      const [here, there] = await both(service.url);
      expect([...there!.keys()].sort()).toEqual([...here!.keys()].sort());
    },
  );

  test('what the other store has already is no conflict; the same id with other content is one', async () => {
    await begin();
    road.strict = true;
    const service = await start('conflict', {}, database('conflict'));
    const box = await newBox(service.url);
    const session = viewing({ person: box.person, lessonId: 'short', length: 20, to: 20 });
    const clash = viewing({ person: box.person, lessonId: 'long', length: 600, to: 90 }).initialized;
    await new Client(other.url).statements({ ...clash, verb: { id: verbIris.terminated } });
    // The store takes all of them and the answer is lost.
    road.weather = 'deaf';
    await box.statements(session.statements);
    await expect
      .poll(async () => (await everything(new Client(other.url))).size, patience)
      .toBe(session.statements.length + 1);
    await box.statements(clash);
    road.weather = 'fine';
    await caughtUp(service.url);
    expect(await forwardingOf(service.url)).toMatchObject({
      sent: session.statements.length,
      quarantined: 1,
      refusals: [{ statementId: clash.id, status: 409 }],
    });
    expect((await everything(new Client(other.url))).size).toBe(session.statements.length + 1);
  });

  test('files go with their statements, and statements of xAPI 2.0 as such', async () => {
    await begin();
    const service = await start('files', {}, database('files'));
    const file = Buffer.from('a leaf with rust\r\n\0\xff', 'latin1');
    const sha2 = createHash('sha256').update(file).digest('hex');
    const actor = { mbox: 'mailto:agronomist@county.example' };
    const verb = { id: 'http://adlnet.gov/expapi/verbs/shared' };
    const object = { id: 'https://county.example/leaves/1' };
    const attached = {
      id: v4(),
      actor,
      verb,
      object,
      attachments: [
        {
          usageType: 'https://county.example/usage/photo',
          display: { en: 'A leaf' },
          contentType: 'application/octet-stream',
          length: file.length,
          sha2,
        },
      ],
    };
    const part = (headers: string, content: Buffer | string) =>
      Buffer.concat([Buffer.from(`--edge\r\n${headers}\r\n\r\n`), Buffer.from(content), Buffer.from('\r\n')]);
    const body = Buffer.concat([
      part('Content-Type: application/json', JSON.stringify(attached)),
      part(
        `Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: ${sha2}`,
        file,
      ),
      Buffer.from('--edge--\r\n'),
    ]);
    const sent = await fetch(`${service.url}/xapi/statements`, {
      method: 'POST',
      headers: {
        authorization: basic,
        'x-experience-api-version': '1.0.3',
        'content-type': 'multipart/mixed; boundary=edge',
      },
      body,
    });
    expect(sent.status).toBe(200);
    const newer = { id: v4(), actor, verb, object, timestamp: '2026-03-01T08:00:00Z' };
    const two = await new Client(service.url).call('POST', '/xapi/statements', newer, {
      'x-experience-api-version': '2.0.0',
    });
    expect(two.status).toBe(200);
    await caughtUp(service.url);
    expect(await forwardingOf(service.url)).toMatchObject({ sent: 2, quarantined: 0 });
    const got = await fetch(`${other.url}/xapi/statements?statementId=${attached.id}&attachments=true`, {
      headers: { authorization: basic, 'x-experience-api-version': '1.0.3' },
    });
    expect(got.headers.get('content-type')).toMatch(/^multipart\/mixed/);
    expect(Buffer.from(await got.arrayBuffer()).includes(file)).toBe(true);
    const there = await new Client(other.url).call<{ version: string }>(
      'GET',
      `/xapi/statements?statementId=${newer.id}`,
      undefined,
      { 'x-experience-api-version': '2.0.0' },
    );
    expect(there.body.version).toBe('2.0.0');
  });

  test('only what was chosen is passed on', async () => {
    await begin();
    const service = await start('chosen', { verbs: [verbIris.completed] }, database('chosen'));
    const box = await newBox(service.url);
    const session = viewing({ person: box.person, lessonId: 'short', length: 20, to: 20 });
    await box.statements(session.statements);
    await caughtUp(service.url);
    const there = await everything(new Client(other.url));
    expect([...there.keys()]).toEqual(session.completed.map(({ id }) => id));
  });

  test('killed while it forwards, it goes on where it was', async () => {
    await begin();
    const url = database('killed');
    const args = ['--data', join(folder.path, 'killed'), '--manifests', manifests, '--app', folder.path];
    const env = {
      CREDIT_INTEGRATION: `${integration.user}:${integration.password}`,
      FORWARD_LRS: `${road.url.replace('http://', 'http://county:a%3Asecret@')}/xapi`,
      FORWARD_RETRY_SECONDS: '0.1',
      ...(url === undefined ? {} : { DATABASE_URL: url }),
    };
    let service = await runService(main, args, env);
    const boxes = load(() => service.url, 2);
    await expect.poll(() => road.taken.size, patience).toBeGreaterThan(10);
    await service.stop('SIGKILL');
    service = await runService(main, args, env);
    await boxes.end();
    await caughtUp(service.url);
    const [here, there] = await both(service.url);
    expect([...boxes.acknowledged.keys()].filter((id) => !there!.has(id))).toEqual([]);
    expect([...there!.keys()].sort()).toEqual([...here!.keys()].sort());
    expect(await service.stop('SIGTERM')).toEqual({ code: 0, signal: null });
  });

  if (database('two') !== undefined)
    test('of two processes on one database one forwards; when it stops the other goes on', async () => {
      await begin();
      const url = database('two');
      const first = await start('two', {}, url);
      const second = await start('two', {}, url);
      const boxes = [load(() => first.url, 1), load(() => second.url, 1)];
      await expect.poll(() => road.taken.size, patience).toBeGreaterThan(20);
      await boxes[0]!.end();
      await first.close();
      open.splice(open.indexOf(first), 1);
      const before = road.taken.size;
      await expect.poll(() => road.taken.size, patience).toBeGreaterThan(before + 10);
      await boxes[1]!.end();
      await caughtUp(second.url);
      const [here, there] = await both(second.url);
      expect([...there!.keys()].sort()).toEqual([...here!.keys()].sort());
      expect([...road.taken].filter(([, times]) => times !== 1)).toEqual([]);
    });
}

test('without another store there is nothing to tell', async () => {
  const service = await startService({
    port: 0,
    host: '127.0.0.1',
    data: join(folder.path, 'none'),
    manifests,
    integration,
    logLevel: 'silent',
  });
  const { status, body } = await new Client(service.url).get('/api/v1/forwarding');
  expect([status, body.code]).toEqual([404, 'no-forwarding']);
  await service.close();
});

describe('from SQLite', () => {
  forwards(() => undefined);
});

const programs = postgresPrograms();
describe.skipIf(programs === undefined)('from PostgreSQL', () => {
  const made = new Map<string, string>();
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(programs!);
  });
  afterAll(() => server?.stop());
  forwards((name) => {
    if (!server) return name;
    if (!made.has(name)) made.set(name, server.createDatabase(`forwarding_${name}`));
    return made.get(name);
  });

  test('a number that is given but not yet committed is waited for', async () => {
    const url = server.createDatabase('barrier');
    const place = { url, folder: folder.path };
    const [one, two] = [
      await openDatabase(place, () => undefined),
      await openDatabase(place, () => undefined),
    ];
    const row = (id: string) => ({
      id,
      actor: 'a',
      person: null,
      verb: 'v',
      activity: null,
      registration: null,
      session_id: null,
      happened_at: 0,
      stored_at: 0,
      json: '{}',
    });
    const gate = { open: (): void => undefined, numbered: (): void => undefined };
    const opened = new Promise<void>((resolve) => (gate.open = resolve));
    const numbered = new Promise<void>((resolve) => (gate.numbered = resolve));
    const slow = new WriteQueue(one.db, 'postgres').run([], async (trx) => {
      await trx.insertInto('statements').values(row('slow')).execute();
      gate.numbered();
      await opened;
    });
    await numbered;
    await new WriteQueue(two.db, 'postgres').run([], async (trx) => {
      await trx.insertInto('statements').values(row('quick')).execute();
    });
    const seen = await two.db.selectFrom('statements').select(['seq', 'id']).execute();
    expect(seen.map(({ id }) => id)).toEqual(['quick']);
    expect(await arrivedForGood(two.db, 'postgres')).toBe(undefined);
    gate.open();
    await slow;
    expect(await arrivedForGood(two.db, 'postgres')).toBe(seen[0]!.seq);
    await one.db.destroy();
    await two.db.destroy();
  });
});
