import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { v4 } from 'uuid';
import { openDatabase, type OpenDatabase } from '../../src/service/db/open-database.ts';
import type { Integration } from '../../src/service/http/integrations.ts';
import { scopeNames, type Scope } from '../../src/service/http/scopes.ts';
import { startService, type Service } from '../../src/service/service.ts';
import { bindBox } from './bind-box.ts';
import { routeSamples, send, type RouteSample } from './route-samples.ts';
import {
  Client,
  integration,
  newBox,
  temporaryFolder,
  viewing,
  writeContent,
  type ProblemBody,
} from './service-kit.ts';
import { tableContents } from './table-contents.ts';

interface Operation {
  security?: { box?: string[]; boxKey?: string[]; phone?: string[]; integration?: Scope[] }[];
  responses: Record<string, unknown>;
}

/** Every route of the OpenAPI document under every kind of caller: a new route cannot be forgotten. */

/** What anybody may ask. */
const open = [
  'GET /api/v1/phone/check-in/rooms',
  'GET /api/v1/phone/record-files/{token}/{kind}',
  'GET /api/v1/time',
  'GET /catalogue/catalogue.json',
  'GET /catalogue/policy.json',
  'GET /healthz',
  'GET /readyz',
  'GET /xapi/about',
  'POST /api/v1/boxes',
  'POST /api/v1/groups/sessions/{id}/check-ins',
  'POST /api/v1/groups/sessions/{id}/guests',
  'POST /api/v1/groups/sessions/{id}/tickets',
  'POST /api/v1/phone/sign-in',
];
/** What a box may ask that is about nobody: it must not show anything of others. */
const aboutNobody = ['GET /api/v1/box', 'GET /api/v1/boxes/self', 'GET /xapi/activities'];
/** What a box does to itself alone. */
const toItself = ['DELETE /api/v1/box/binding'];

/** How a box hears that something is not its own; of a session it does not lead it hears nothing at all. */
const foreign = ['403 foreign-person', '403 not-the-room', '404 no-such-session', '404 no-such-record'];

const password = 'a long password';
const data = temporaryFolder();
const manifests = temporaryFolder();
let service: Service;
let inside: OpenDatabase;
let county: Client;
let document: { openapi: string; paths: Record<string, Record<string, Operation>> };
let operations: Map<string, Operation>;
let victim: Awaited<ReturnType<typeof newBox>>;

const withScopes = (scopes: readonly Scope[]): string => scopes.join('+');
const programs: Integration[] = [
  ...scopeNames.map((scope) => [scope]),
  ...scopeNames.map((scope) => scopeNames.filter((other) => other !== scope && !other.startsWith('all'))),
].map((scopes) => ({ user: withScopes(scopes), password, scopes }));

const program = (scopes: readonly Scope[]) =>
  new Client(service.url, `Basic ${Buffer.from(`${withScopes(scopes)}:${password}`).toString('base64')}`);

beforeAll(async () => {
  writeContent(manifests.path);
  service = await startService({
    port: 0,
    host: '127.0.0.1',
    data: data.path,
    manifests: manifests.path,
    integration,
    integrations: programs,
    logLevel: 'error',
    limits: { failures: 0 },
  });
  county = new Client(service.url);
  inside = await openDatabase({ folder: data.path }, () => undefined);
  document = (await county.get<typeof document>('/api/v1/openapi.json')).body;
  operations = new Map(
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation]),
    ),
  );
  await county.call('PUT', '/api/v1/villages/v1', { name: '柳树村' });
  await county.call('PUT', '/api/v1/branches/b1', { name: '支部', village: 'v1' });
  await county.call('PUT', '/api/v1/homes/h1', { name: '王家', village: 'v1' });
  await county.call('PUT', '/api/v1/homes/h2', { name: '李家', village: 'v1' });
  await county.call('PUT', '/api/v1/rooms/r1', { name: '活动室', village: 'v1' });
  await county.call('PUT', '/api/v1/people/wang-1', { name: '王一', role: 'villager', home: 'h1' });
  await county.call('PUT', '/api/v1/people/li-1', { name: '李一', role: 'villager', home: 'h2' });
  victim = await newBox(service.url);
  for (const person of [victim.person, 'wang-1'])
    await county.statements(viewing({ person, lessonId: 'short', length: 20, to: 20 }).statements);
  for (const [operation, sample] of Object.entries(routeSamples(victim)))
    if (/^(PUT .*\/state|POST .*\/profile)$/.test(operation))
      expect((await send(county, operation, sample)).status).toBe(204);
});

afterAll(async () => {
  await inside?.db.destroy();
  await service?.close();
  data.remove();
  manifests.remove();
});

/** A box that was bound to a home by a card, with its token. */
async function boxOfHome(home: string): Promise<Awaited<ReturnType<typeof bindBox>>> {
  const bound = await bindBox(county, { home });
  // The first use of a token is noted.
  expect((await bound.get('/api/v1/boxes/self')).body).toMatchObject({ state: 'home', place: { id: home } });
  return bound;
}

const mayBox = ({ security }: Operation): boolean => (security ?? []).some(({ box }) => box);
const scopeOf = ({ security }: Operation): Scope | undefined =>
  (security ?? []).flatMap((one) => one.integration ?? [])[0];
const guarded = (): [string, Operation][] =>
  [...operations].filter(([, { security }]) => security?.some(({ box, integration }) => box ?? integration));
/** Tested where the phone pages and tokens are. */
const ofOthers = (): string[] =>
  [...operations].flatMap(([name, { security }]) =>
    security?.some(({ boxKey, phone }) => boxKey ?? phone) ? [name] : [],
  );

/** No such code, no forwarding, no such document; never "may not" or "not understood". */
const passed = (status: number): boolean => status < 300 || [404, 412, 422].includes(status);

function sampleOf(samples: ReturnType<typeof routeSamples>, name: string): RouteSample {
  const sample = samples[name as keyof typeof samples];
  if (!sample) throw new Error(`there is no sample for ${name}`);
  return sample;
}

async function unchanged(act: () => Promise<void>): Promise<void> {
  const before = await tableContents(inside.db);
  await act();
  expect(await tableContents(inside.db)).toEqual(before);
}

describe('the OpenAPI document', () => {
  test('is valid', async () => {
    const { valid, errors } = await new Validator().validate(document);
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  test('tells for each route who may call it and how mistakes are told', () => {
    expect(
      [...operations]
        .filter(([, { security }]) => security === undefined)
        .map(([name]) => name)
        .sort(),
    ).toEqual(open);
    for (const { responses } of operations.values())
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['4XX', '429', '5XX']));
  });

  test('names no route that these tests have no request for', () => {
    const known = [...Object.keys(routeSamples(victim)), ...open];
    const routes = [...operations.keys()].filter((name) => !ofOthers().includes(name));
    expect(routes.filter((name) => !known.includes(name))).toEqual([]);
    expect(known.filter((name) => !routes.includes(name))).toEqual([]);
  });
});

describe('nobody is let in', () => {
  test.each([
    ['without a credential', () => ''],
    ['with the id of a box and another key', () => `Bearer ${victim.boxId}.${'ab'.repeat(32)}`],
    ['with a token that was never issued', () => `Bearer ${'a'.repeat(43)}`],
    ['with a name and another password', () => `Basic ${Buffer.from('county:guess').toString('base64')}`],
    [
      'with the key of a box as a password',
      () => {
        const [id, key] = victim.authorization.replace('Bearer ', '').split('.');
        return `Basic ${Buffer.from(`${id}:${key}`).toString('base64')}`;
      },
    ],
  ])('%s', async (_, authorization) => {
    const stranger = new Client(service.url, authorization());
    const samples = routeSamples(victim);
    await unchanged(async () => {
      for (const [name] of guarded()) {
        const answer = await send(stranger, name, sampleOf(samples, name));
        const { code } = answer.body as ProblemBody;
        expect([name, answer.status, code]).toEqual([name, 401, 'unauthorized']);
        expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm=".*", Basic realm=/);
      }
    });
  });
});

describe('a program', () => {
  test('may do nothing without the scope that the document names', async () => {
    const samples = routeSamples(victim);
    await unchanged(async () => {
      for (const [name, operation] of guarded()) {
        const scope = scopeOf(operation);
        const others = scopeNames.filter((other) => other !== scope && !other.startsWith('all'));
        const caller = program(scope === undefined ? ['statements/read'] : others);
        const { status, body } = await send(caller, name, sampleOf(samples, name));
        const code = scope === undefined ? 'forbidden' : 'insufficient-scope';
        expect([name, status, (body as ProblemBody).code]).toEqual([name, 403, code]);
      }
    });
  });

  test('may read with all/read, and write nothing', async () => {
    const samples = routeSamples(victim);
    for (const [name, operation] of guarded()) {
      if (scopeOf(operation) === undefined) continue;
      const { status } = await send(program(['all/read']), name, sampleOf(samples, name));
      if (name.startsWith('GET')) expect([name, status]).not.toEqual([name, 403]);
      else expect([name, status]).toEqual([name, 403]);
    }
  });

  test('is let in with the one scope that the document names', async () => {
    const other = await newBox(service.url);
    const samples = routeSamples(other);
    for (const [name, operation] of guarded()) {
      const scope = scopeOf(operation);
      if (scope === undefined) continue;
      const { status, body } = await send(program([scope]), name, sampleOf(samples, name));
      expect([name, status, body]).toSatisfy(() => passed(status));
    }
  });
});

describe('a box', () => {
  test.each([
    ['another box with its key', () => newBox(service.url)],
    ['a box of another home with its token', () => boxOfHome('h2')],
  ])('%s reads and writes nothing of a home', async (_, attacker) => {
    const box = await attacker();
    for (const subject of [victim, { person: 'wang-1', boxId: victim.boxId }])
      await unchanged(async () => {
        const samples = routeSamples(subject);
        for (const [name, operation] of guarded()) {
          if (toItself.includes(name)) continue;
          const { status, body } = await send(box, name, sampleOf(samples, name));
          if (mayBox(operation) && aboutNobody.includes(name)) {
            expect([name, status]).toEqual([name, 200]);
            expect(JSON.stringify(body)).not.toContain(subject.person);
            expect(JSON.stringify(body)).not.toContain(subject.boxId);
          } else {
            const { code } = body as ProblemBody;
            const refusals = mayBox(operation) ? foreign : ['403 forbidden'];
            expect([name, ...refusals]).toContain(`${status} ${code}`);
          }
        }
      });
  });

  test('sees nothing of others by what it does not name', async () => {
    const box = await boxOfHome('h2');
    const { body } = await county.get<{ statements: { id: string }[] }>('/xapi/statements');
    expect(body.statements.length).toBeGreaterThanOrEqual(8);
    for (const query of ['', '?related_agents=true', '?related_activities=true', '?format=ids', '?limit=0'])
      expect([query, (await box.get(`/xapi/statements${query}`)).body]).toMatchObject([
        query,
        { statements: [] },
      ]);
    for (const { id } of body.statements)
      for (const parameter of ['statementId', 'voidedStatementId']) {
        const { status } = await box.get(`/xapi/statements?${parameter}=${id}`);
        expect([403, 404]).toContain(status);
      }
  });

  test('does with the token of its home what the home may do', async () => {
    const box = await boxOfHome('h1');
    const samples = routeSamples({ person: 'wang-1', boxId: box.boxId });
    for (const [name, operation] of guarded()) {
      // Sessions are led by the boxes of rooms.
      if (!mayBox(operation) || name.includes('/groups/') || toItself.includes(name)) continue;
      const { status, body } = await send(box, name, sampleOf(samples, name));
      expect([name, status, body]).toSatisfy(() => passed(status));
    }
  });

  test('cannot make itself a person of the roster', async () => {
    const box = { boxId: `b-${v4()}`, boxKey: 'ab'.repeat(32) };
    for (const person of ['wang-1', 'nobody-yet', `V-${v4()}`]) {
      const { status, body } = await county.post('/api/v1/boxes', { ...box, person });
      expect([status, body.errors?.[0]?.path]).toEqual([400, '/person']);
    }
    const put = await county.call('PUT', `/api/v1/people/${victim.person}`, { name: '王', role: 'villager' });
    expect(put.status).toBe(400);
  });
});
