import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type OpenDatabase } from '../../src/service/db/open-database.ts';
import { badRequests, type Material } from './fuzz/bad-requests.ts';
import { sendRaw, type RawAnswer, type RawRequest } from './fuzz/raw-request.ts';
import { startObserved, type ObservedService } from './fuzz/service-with-gc.ts';
import { routeSamples } from './route-samples.ts';
import { basic, Client, newBox, temporaryFolder, viewing, writeContent } from './service-kit.ts';
import { bundleService } from './service-process.ts';
import { tableContents } from './table-contents.ts';

/** As many as the figure is of: `REQUESTS=10000 npx vitest run --project e2e tests/e2e/service-fuzz.test.ts`. */
const COUNT = Number(process.env.REQUESTS ?? 1500);
const SEED = Number(process.env.SEED ?? 20_261_122);
/** Connections at a time. */
const PARALLEL = 8;
/** Requests after which caches are warm. */
const WARM = Math.ceil(COUNT / 5);
/** What the memory may grow by after that, bytes: less than a kilobyte for each request. */
const GROWTH = 6 * 1024 * 1024;

const marker = 'Wang-Xiaoming-13900001111';
const data = temporaryFolder();
const manifests = temporaryFolder();
let service: ObservedService;
let inside: OpenDatabase;
let material: Material;
let secrets: string[];

beforeAll(async () => {
  writeContent(manifests.path);
  const main = await bundleService('fuzz');
  const none = join(data.path, 'none');
  service = await startObserved(main, ['--data', data.path, '--manifests', manifests.path, '--app', none], {
    CREDIT_INTEGRATION: 'county:a:secret',
    DATABASE_URL: '',
    LOG_LEVEL: 'info',
    // What is refused must be refused for what is wrong with it.
    LIMIT_BOX: '0',
    LIMIT_ADDRESS: '0',
    LIMIT_FAILURES: '0',
    LIMIT_NEW_BOXES: '0',
    LIMIT_DELAY: '0',
  });
  inside = await openDatabase({ folder: data.path }, () => undefined);
  const url = `http://127.0.0.1:${service.port}`;
  const county = new Client(url);
  for (const [path, body] of [
    ['villages/v1', { name: marker }],
    ['branches/b1', { name: marker, village: 'v1' }],
    ['homes/h1', { name: marker, village: 'v1' }],
    ['rooms/r1', { name: marker, village: 'v1' }],
    ['people/wang-1', { name: marker, role: 'party-member', branch: 'b1', home: 'h1' }],
  ] as const)
    await county.call('PUT', `/api/v1/${path}`, body);
  const box = await newBox(url);
  const watched = viewing({ person: box.person, lessonId: 'short', length: 20, to: 20 });
  await box.statements(watched.statements);
  material = { samples: routeSamples(box), credentials: [basic, box.authorization], marker };
  const [boxId = '', boxKey = ''] = box.authorization.replace('Bearer ', '').split('.');
  secrets = [
    marker,
    'a:secret',
    basic.slice('Basic '.length),
    box.person,
    boxId,
    boxKey,
    watched.sessionId,
    watched.registration,
    'wang-1',
    'DROP TABLE',
    'onerror',
  ];
});

afterAll(async () => {
  await inside?.db.destroy();
  await service?.stop();
  data.remove();
  manifests.remove();
});

/** What is wrong with an answer to a bad request; `undefined` if it is as it should be. */
function trouble({ fault }: RawRequest, { status, body }: RawAnswer): string | undefined {
  if (status < 400 || status > 499) return `${status} to ${fault}: ${body.slice(0, 300)}`;
  // An answer to a request for the head alone has no body.
  if (fault.startsWith('HEAD ')) return undefined;
  try {
    const { code } = JSON.parse(body) as { code?: unknown };
    return typeof code === 'string' && code !== '' ? undefined : `no code to ${fault}: ${body.slice(0, 300)}`;
  } catch {
    return `no JSON (${status}) to ${fault}: ${body.slice(0, 300)}`;
  }
}

async function send(requests: readonly RawRequest[]): Promise<string[]> {
  const troubles: string[] = [];
  const waiting = [...requests].reverse();
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const found = trouble(next, await sendRaw(service.port, next));
      if (found !== undefined) troubles.push(found);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return troubles;
}

test(`${COUNT} bad requests: each is refused with a code, nothing is changed, kept or told`, async () => {
  const requests = badRequests(material, COUNT, SEED);
  expect(requests).toHaveLength(COUNT);
  const before = await tableContents(inside.db);
  const troubles = await send(requests.slice(0, WARM));
  const warm = await service.memory();
  troubles.push(...(await send(requests.slice(WARM))));
  const grown = (await service.memory()) - warm;
  expect([troubles.length, troubles.slice(0, 20)]).toEqual([0, []]);
  expect(await tableContents(inside.db)).toEqual(before);
  expect(grown).toBeLessThan(GROWTH);

  const said = service.output();
  expect(said.split('\n').filter((line) => line.includes('"msg":"answered"')).length).toBeGreaterThan(
    COUNT / 2,
  );
  for (const secret of secrets) expect([secret, said.includes(secret)]).toEqual([secret, false]);
  // It still does its work.
  const alive = await fetch(`http://127.0.0.1:${service.port}/readyz`);
  expect(alive.status).toBe(200);
});
