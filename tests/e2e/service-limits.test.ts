import { afterEach, expect, test } from 'vitest';
import type { Limits } from '../../src/service/http/limits.ts';
import { startService, type Service } from '../../src/service/service.ts';
import {
  Client,
  integration,
  newBox,
  temporaryFolder,
  writeContent,
  type Answer,
  type ProblemBody,
} from './service-kit.ts';

let service: Service | undefined;
let remove: (() => void)[] = [];

afterEach(async () => {
  await service?.close();
  for (const one of remove) one();
  remove = [];
});

async function start(limits: Partial<Limits>, trustProxy?: string): Promise<string> {
  const data = temporaryFolder();
  const manifests = temporaryFolder();
  remove = [data.remove, manifests.remove];
  writeContent(manifests.path);
  service = await startService({
    port: 0,
    host: '127.0.0.1',
    data: data.path,
    manifests: manifests.path,
    integration,
    logLevel: 'error',
    limits,
    trustProxy,
  });
  return service.url;
}

function expectTooMany({ status, headers, body }: Answer<ProblemBody>): void {
  expect([status, body.code]).toEqual([429, 'too-many-requests']);
  expect(headers.get('content-type')).toContain('application/problem+json');
  const seconds = Number(headers.get('retry-after'));
  expect(seconds).toBeGreaterThanOrEqual(1);
  // The rest of this minute, and a moment of one's own in the next.
  expect(seconds).toBeLessThanOrEqual(120);
}

test('a box that asks too often is asked to wait; other boxes, programs and health checks are not', async () => {
  const url = await start({ perBox: 5 });
  const busy = await newBox(url);
  const other = await newBox(url);
  // Its registration counts, with the same credential.
  for (let asked = 1; asked < 5; asked += 1) expect((await busy.get('/api/v1/boxes/self')).status).toBe(200);
  expectTooMany(await busy.get('/api/v1/boxes/self'));
  expect((await other.get('/api/v1/boxes/self')).status).toBe(200);
  // Who knows the name of a box and not its key uses up nothing of its share.
  const forger = new Client(url, `Bearer ${other.boxId}.${'0'.repeat(64)}`);
  for (let asked = 0; asked < 5; asked += 1)
    expect((await forger.get('/api/v1/boxes/self')).status).toBe(401);
  expect((await other.get('/api/v1/boxes/self')).status).toBe(200);
  for (let asked = 0; asked < 10; asked += 1)
    expect((await new Client(url).get('/api/v1/ledger')).status).toBe(200);
  expect((await busy.get('/healthz')).status).toBe(200);
});

test('an address that asks too often is asked to wait, health checks are not', async () => {
  const url = await start({ perAddress: 6 });
  const county = new Client(url);
  for (let asked = 0; asked < 6; asked += 1) expect((await county.get('/api/v1/ledger')).status).toBe(200);
  expectTooMany(await county.get('/api/v1/ledger'));
  expect((await county.get('/readyz')).status).toBe(200);
});

test.each([
  ['by the address that a trusted proxy names', 'loopback', 200],
  ['by the connection, whatever a stranger says', undefined, 429],
] as const)('addresses are told apart %s', async (_, trustProxy, status) => {
  const url = await start({ perAddress: 3 }, trustProxy);
  const from = (address: string) =>
    new Client(url).call<ProblemBody>('GET', '/api/v1/ledger', undefined, { 'x-forwarded-for': address });
  for (let asked = 0; asked < 3; asked += 1) expect((await from('203.0.113.1')).status).toBe(200);
  expect((await from('203.0.113.1')).status).toBe(429);
  expect((await from('203.0.113.2')).status).toBe(status);
});

test('who guesses passwords is asked to wait, also with the right one; boxes behind the address go on', async () => {
  const url = await start({ failures: 4 });
  const box = await newBox(url);
  const guess = (password: string) =>
    new Client(url, `Basic ${Buffer.from(`county:${password}`).toString('base64')}`).get('/api/v1/ledger');
  for (let tried = 0; tried < 4; tried += 1) expect((await guess(`guess-${tried}`)).status).toBe(401);
  expectTooMany(await guess('a:secret'));
  expect((await box.get('/api/v1/boxes/self')).status).toBe(200);
});

test('who guesses card numbers is asked to wait', async () => {
  const url = await start({ failures: 3 });
  const box = await newBox(url);
  const basic = Buffer.from(box.authorization.replace('Bearer ', '').replace('.', ':')).toString('base64');
  const guess = (card: string) =>
    new Client(url, `Basic ${basic}`).call<ProblemBody>(
      'POST',
      '/oauth/token',
      new URLSearchParams({ grant_type: 'urn:field-classroom:grant-type:binding-card', card }).toString(),
      { 'content-type': 'application/x-www-form-urlencoded' },
    );
  for (let tried = 0; tried < 3; tried += 1) expect((await guess(`00000000000${tried}`)).status).toBe(400);
  expectTooMany(await guess('000000000009'));
});

test('new boxes are limited by address', async () => {
  const url = await start({ newBoxes: 2 });
  await newBox(url);
  await newBox(url);
  await expect(newBox(url)).rejects.toThrow('429');
});

test('a process with too much to do says when to come again; it is alive all the same', async () => {
  // Any delay is too much.
  const url = await start({ eventLoopDelay: 1e-6 });
  const county = new Client(url);
  let answer: Answer<ProblemBody> | undefined;
  const asked = async (): Promise<number> => (answer = await county.get('/api/v1/ledger')).status;
  await expect.poll(asked, { timeout: 20_000 }).toBe(503);
  expect(answer?.body.code).toBe('overloaded');
  expect(Number(answer?.headers.get('retry-after'))).toBeGreaterThanOrEqual(10);
  expect(Number(answer?.headers.get('retry-after'))).toBeLessThanOrEqual(20);
  expect((await county.get('/healthz')).status).toBe(200);
});
