import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client, newBox, temporaryFolder, viewing, writeContent } from './service-kit.ts';
import { everything, load } from './service-load.ts';
import { bundleService, runService, type Running } from './service-process.ts';

const folder = temporaryFolder();
const manifests = join(folder.path, 'manifests');
const token = 'a-token-of-32-visible-characters';
let main: string;

beforeAll(async () => {
  main = await bundleService('operating');
  writeContent(manifests);
});
afterAll(folder.remove);

const start = (data: string, env: Record<string, string> = {}, ...args: string[]): Promise<Running> =>
  runService(
    main,
    ['--data', join(folder.path, data), '--manifests', manifests, '--app', folder.path, ...args],
    { CREDIT_INTEGRATION: 'county:a:secret', ...env },
  );

describe('figures', () => {
  const figures = async (url: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}/metrics`, { headers });
    const text = await response.text();
    const value = (line: string): number =>
      Number(
        text
          .split('\n')
          .find((found) => found.startsWith(`${line} `))
          ?.slice(line.length),
      );
    return { status: response.status, type: response.headers.get('content-type'), text, value };
  };

  test('tell what came in and what became of it, and name nobody', async () => {
    const service = await start('figures');
    const box = await newBox(service.url);
    const session = viewing({ person: box.person, lessonId: 'long', length: 600, to: 600 });
    await box.statements(session.statements.slice(0, 2));
    await box.checkpoints(session.checkpoints);
    await box.checkpoints(session.checkpoints.slice(0, 3));
    await box.statements(session.statements);
    await box.study(box.person);
    await box.get('/xapi/statements?limit=abc');
    await box.get(`/no/such/${box.person}`);
    const { status, type, text, value } = await figures(service.url);
    expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(value('study_credit_statements_stored_total')).toBe(session.statements.length);
    expect(value('study_credit_checkpoints_total{result="stored"}')).toBe(session.checkpoints.length);
    expect(value('study_credit_checkpoints_total{result="duplicate"}')).toBe(3);
    expect(value('study_credit_credit_decisions_total{result="credited"}')).toBeGreaterThan(0);
    expect(value('study_credit_ledger_entries_total')).toBe(1);
    expect(value('http_requests_total{method="POST",route="/xapi/statements",status="200"}')).toBe(2);
    expect(value('http_requests_total{method="GET",route="/xapi/statements",status="400"}')).toBe(1);
    expect(value('http_requests_total{method="GET",route="/api/v1/people/:person/study",status="200"}')).toBe(
      1,
    );
    expect(value('http_request_duration_seconds_count{method="POST",route="/xapi/statements"}')).toBe(2);
    expect(value('study_credit_write_group_size_sum')).toBe(5);
    expect(value('study_credit_write_commit_seconds_count')).toBeGreaterThan(0);
    expect(value('study_credit_write_queue_depth')).toBe(0);
    expect(value('study_credit_database_up')).toBe(1);
    expect(value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
    for (const secret of [box.person, box.boxId, session.registration, '127.0.0.1'])
      expect(text).not.toContain(secret);
    await service.stop('SIGTERM');
  });

  test('are for this machine and for the bearer of the token', async () => {
    const service = await start('figures', { METRICS_TOKEN: token });
    const status = async (headers: Record<string, string>) => (await figures(service.url, headers)).status;
    expect(await status({})).toBe(200);
    // Through a proxy on this machine it is somebody else who asks.
    expect(await status({ 'x-forwarded-for': '203.0.113.9' })).toBe(403);
    expect(
      await status({ 'x-forwarded-for': '203.0.113.9', authorization: `Bearer ${token.slice(1)}x` }),
    ).toBe(403);
    expect(await status({ 'x-forwarded-for': '203.0.113.9', authorization: `Bearer ${token}` })).toBe(200);
    await service.stop('SIGTERM');
  });

  const elsewhere = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
  test.skipIf(elsewhere === undefined)('without a token other machines are turned away', async () => {
    const service = await start('figures', {}, '--host', '0.0.0.0');
    const port = new URL(service.url).port;
    expect((await figures(`http://${elsewhere}:${port}`)).status).toBe(403);
    expect((await figures(`http://127.0.0.1:${port}`)).status).toBe(200);
    await service.stop('SIGTERM');
  });
});

test('the log has a line for each answer: route, status, time, id; no person', async () => {
  const service = await start('log', { LOG_LEVEL: 'info' });
  const box = await newBox(service.url);
  const session = viewing({ person: box.person, lessonId: 'short', length: 20, to: 20 });
  await box.statements(session.statements);
  const id = '0123456789abcdef0123456789abcdef';
  const answer = await box.call('GET', `/api/v1/people/${box.person}/study`, undefined, {
    'x-request-id': id,
  });
  expect(answer.headers.get('x-request-id')).toBe(id);
  const other = await box.call('GET', '/healthz', undefined, { 'x-request-id': box.person });
  expect(other.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  await service.stop('SIGTERM');
  const lines = service
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => msg === 'answered');
  expect(lines.map(({ method, route, status }) => [method, route, status])).toEqual([
    ['POST', '/api/v1/boxes', 201],
    ['POST', '/xapi/statements', 200],
    ['GET', '/api/v1/people/:person/study', 200],
    ['GET', '/healthz', 200],
  ]);
  expect(lines[2]).toMatchObject({ reqId: id, level: 30, ms: expect.any(Number) as number });
  for (const secret of [box.person, box.boxId, session.sessionId, 'secret'])
    expect(service.output()).not.toContain(secret);
});

describe('told to stop', () => {
  test('it says so at /readyz while it still answers', async () => {
    const service = await start('drain', { DRAIN_SECONDS: '1.5' });
    const client = new Client(service.url);
    expect((await client.get('/readyz')).status).toBe(200);
    const stopped = service.stop('SIGTERM');
    await expect
      .poll(async () => (await client.get<{ checks: unknown[] }>('/readyz')).body.checks, { interval: 20 })
      .toContainEqual({ name: 'running', ok: false, reason: 'the service is stopping' });
    expect((await client.get('/readyz')).status).toBe(503);
    const box = await newBox(service.url);
    const { statements } = viewing({ person: box.person, lessonId: 'short', length: 20, to: 20 });
    expect((await box.statements(statements)).status).toBe(200);
    expect(await stopped).toEqual({ code: 0, signal: null });
  });

  test('under load it loses nothing that it acknowledged; what it did not answer can be sent again', async () => {
    let service = await start('load');
    const boxes = load(() => service.url, 8);
    for (let round = 0; round < 3; round += 1) {
      const before = boxes.acknowledged.size;
      await expect
        .poll(() => boxes.acknowledged.size, { timeout: 30_000, interval: 5 })
        .toBeGreaterThan(before + 20);
      expect(await service.stop('SIGTERM')).toEqual({ code: 0, signal: null });
      service = await start('load');
    }
    await boxes.end();
    // A connection that was kept open is told at once that the service is going away.
    expect(boxes.refused.filter((status) => status !== 503)).toEqual([]);
    const county = new Client(service.url);
    const stored = await everything(county);
    expect([...boxes.acknowledged.keys()].filter((id) => !stored.has(id))).toEqual([]);
    for (const { box, statements } of boxes.unanswered)
      expect((await new Client(service.url, box.authorization).statements(statements)).status).toBe(200);
    expect(await service.stop('SIGTERM')).toEqual({ code: 0, signal: null });
  });
});
