import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { v4 } from 'uuid';
import { onBothDatabases } from './both-databases.ts';
import { homePage, newBox } from './service-kit.ts';
import { serviceOn, versions, type XapiRequest } from './xapi-kit.ts';

const agent = { objectType: 'Agent', account: { homePage: 'https://lms.example', name: 'wang' } };
const activityId = 'https://lms.example/activities/apples';

/** The three document resources and what names their documents. */
const resources = [
  { name: 'State', path: '/activities/state', keptWith: { activityId, agent }, id: 'stateId' },
  { name: 'Agent Profile', path: '/agents/profile', keptWith: { agent }, id: 'profileId' },
  { name: 'Activity Profile', path: '/activities/profile', keptWith: { activityId }, id: 'profileId' },
] as const;
const [state, agentProfile, activityProfile] = resources;
const cases = versions.flatMap((version) => resources.map((resource) => ({ ...resource, version })));

const octets = { 'content-type': 'application/octet-stream' };
const isNew = { 'if-none-match': '*' };

onBothDatabases('xAPI documents', (database) => {
  /** How far the service's clock is ahead, milliseconds: nobody waits for a second to pass. */
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const lrs = serviceOn(database, now);

  describe.each(cases)('$name Resource, $version (1.0.3: 2.2; 2.0: 4.1.6)', (resource) => {
    const { path, keptWith, id, version } = resource;
    /** A document of its own, with what is sent for it. */
    const fresh = () => {
      const query = { ...keptWith, [id]: v4() };
      const send = (method: string, request: XapiRequest = {}) =>
        lrs.ask(path, { method, query, version, ...request });
      return { query, send, get: () => send('GET') };
    };

    test('a document that is not there is 404', async () => {
      const { status, json } = await fresh().get();
      expect([status, json<{ code: string }>().code]).toEqual([404, 'no-such-document']);
    });

    test.each(['PUT', 'POST'])(
      '%s stores, GET gives back with type, ETag and Last-Modified',
      async (method) => {
        const { send, get } = fresh();
        const before = now();
        const { status, text } = await send(method, { body: { car: 'MKX' }, headers: isNew });
        expect([status, text]).toEqual([204, '']);
        const { headers, ...found } = await get();
        expect([found.status, found.text]).toEqual([200, '{"car":"MKX"}']);
        expect(headers.get('content-type')).toBe('application/json');
        expect(headers.get('x-experience-api-version')).toBe(version);
        const sha1 = createHash('sha1').update(found.bytes).digest('hex');
        expect(headers.get('etag')).toBe(`"${sha1}"`);
        const modified = Date.parse(headers.get('last-modified')!);
        expect(modified).toBeGreaterThan(before - 1000);
        expect(modified).toBeLessThanOrEqual(now());
      },
    );

    test('HEAD says what GET says, without a body', async () => {
      const { send, get } = fresh();
      await send('POST', { body: { a: 1 } });
      const [head, found] = [await send('HEAD'), await get()];
      expect([head.status, head.text]).toEqual([200, '']);
      for (const name of ['etag', 'last-modified', 'content-type', 'content-length'])
        expect(head.headers.get(name), name).toBe(found.headers.get(name));
    });

    test('any bytes come back as they were sent, with their type', async () => {
      const bytes = Buffer.from([0, 255, 254, 128, 13, 10, 0, 195, 40]);
      for (const type of ['application/octet-stream', 'image/jpeg', 'text/plain; charset=latin1', 'not/json'])
        for (const method of ['PUT', 'POST']) {
          const { send, get } = fresh();
          const headers = { 'content-type': type, ...isNew };
          expect((await send(method, { body: bytes, headers })).status).toBe(204);
          const found = await get();
          expect(found.bytes.equals(bytes)).toBe(true);
          expect(found.headers.get('content-type')).toBe(type);
        }
    });

    test('without a type it is octets; an empty document is one; a form is a document like any other', async () => {
      const plain = fresh();
      await plain.send('PUT', { body: Buffer.from('x'), headers: isNew });
      expect((await plain.get()).headers.get('content-type')).toBe('application/octet-stream');
      const empty = fresh();
      expect((await empty.send('PUT', { headers: { ...octets, ...isNew } })).status).toBe(204);
      expect([(await empty.get()).status, (await empty.get()).bytes.length]).toEqual([200, 0]);
      const form = fresh();
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      expect((await form.send('POST', { body: 'true', headers })).status).toBe(204);
      expect((await form.get()).text).toBe('true');
    });

    test('a type that makes no sense is kept or refused, never an error of the service', async () => {
      for (const type of [
        'text',
        '/',
        ';',
        'a/b; c',
        'a/b;charset="',
        'x'.repeat(2000),
        'tëxt/plain',
        '',
        '*/*',
      ]) {
        const { send, get } = fresh();
        const { status } = await send('PUT', { body: 'x', headers: { 'content-type': type, ...isNew } });
        const found = await get();
        expect([type, status, found.status]).toEqual(status === 204 ? [type, 204, 200] : [type, status, 404]);
        expect([204, 400, 415]).toContain(status);
      }
    });

    test('a document with scripts is not run', async () => {
      const { send, get } = fresh();
      await send('POST', { body: '<script>', headers: { 'content-type': 'text/html' } });
      const { headers } = await get();
      expect(headers.get('content-security-policy')).toContain('sandbox');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    });

    test('POST merges JSON objects, one level deep', async () => {
      const { send, get } = fresh();
      await send('POST', { body: { car: { make: 'Ford', model: 'Escape' }, driver: 'Dale' } });
      const { status } = await send('POST', {
        body: { car: { make: 'Dodge' }, team: 'a' },
        headers: { 'content-type': 'application/json; charset=utf-8' },
      });
      expect(status).toBe(204);
      expect((await get()).json()).toEqual({ car: { make: 'Dodge' }, driver: 'Dale', team: 'a' });
    });

    const object = { body: { a: 1 } };
    test.each<[string, XapiRequest, XapiRequest]>([
      ['text to a JSON object', object, { body: 'abcdefg', headers: { 'content-type': 'not/json' } }],
      ['octets to a JSON object', object, { body: 'abcdefg', headers: octets }],
      ['a JSON object to octets', { body: '/ asdf /', headers: octets }, object],
      ['octets to octets', { body: 'a', headers: octets }, { body: 'b', headers: octets }],
      ['broken JSON', object, { body: '{"a":2}{', headers: { 'content-type': 'application/json' } }],
      ['a JSON array', object, { body: [1] }],
      ['a JSON text', object, { body: '"x"', headers: { 'content-type': 'application/json' } }],
      [
        'JSON that is too deep',
        object,
        {
          body: `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`,
          headers: { 'content-type': 'application/json' },
        },
      ],
    ])('POST refuses to merge %s and changes nothing', async (_name, first, second) => {
      const { send, get } = fresh();
      expect((await send('PUT', { ...first, headers: { ...first.headers, ...isNew } })).status).toBe(204);
      const before = await get();
      const { status, json } = await send('POST', second);
      expect([status, json<{ code: string }>().code]).toEqual([400, 'not-mergeable']);
      const after = await get();
      expect([after.text, after.headers.get('etag')]).toEqual([before.text, before.headers.get('etag')]);
    });

    test('POST of what is no JSON object, said to be JSON, is refused where there is nothing too', async () => {
      const { send, get } = fresh();
      const headers = { 'content-type': 'application/json' };
      expect((await send('POST', { body: '{"a":1}[', headers })).status).toBe(400);
      expect((await get()).status).toBe(404);
    });

    test('DELETE removes, and once more is harmless', async () => {
      const { send, get } = fresh();
      await send('POST', { body: { a: 1 } });
      expect((await send('DELETE')).status).toBe(204);
      expect((await get()).status).toBe(404);
      expect((await send('DELETE')).status).toBe(204);
      // Some clients send a type with everything.
      expect((await send('DELETE', { headers: { 'content-type': 'application/json' } })).status).toBe(204);
    });

    describe('concurrency (1.0.3: 3.1; 2.0: 4.1.4)', () => {
      const wrong = { 'if-match': '"1111111111111111111111111111111111111111"' };

      test.each(['PUT', 'POST', 'DELETE'])(
        '%s with another If-Match is 412 and changes nothing',
        async (method) => {
          const { send, get } = fresh();
          await send('POST', { body: { a: 1 } });
          for (const headers of [wrong, { 'if-match': '1234' }, { 'if-match': '"1234"' }]) {
            const { status, json } = await send(method, { body: { b: 2 }, headers });
            expect([status, json<{ code: string }>().code]).toEqual([412, 'precondition-failed']);
          }
          expect((await get()).json()).toEqual({ a: 1 });
        },
      );

      test.each(['PUT', 'POST', 'DELETE'])('%s with the right If-Match is done', async (method) => {
        for (const dress of [
          (tag: string) => tag,
          (tag: string) => `"other", ${tag}`,
          // As a proxy that compresses makes it.
          (tag: string) => `W/${tag}`,
          () => '*',
        ]) {
          const { send, get } = fresh();
          await send('POST', { body: { a: 1 } });
          const tag = (await get()).headers.get('etag')!;
          const headers = { 'if-match': dress(tag) };
          expect((await send(method, { body: { b: 2 }, headers })).status).toBe(204);
          const left = await get();
          expect(left.headers.get('etag')).not.toBe(tag);
          expect(left.status).toBe(method === 'DELETE' ? 404 : 200);
        }
      });

      test('If-Match where there is nothing is 412', async () => {
        const { send, get } = fresh();
        for (const method of ['PUT', 'POST', 'DELETE'])
          for (const headers of [wrong, { 'if-match': '*' }])
            expect((await send(method, { body: { a: 1 }, headers })).status).toBe(412);
        expect((await get()).status).toBe(404);
      });

      test('If-None-Match: * stores what is new and refuses what is there', async () => {
        const { send, get } = fresh();
        expect((await send('PUT', { body: { a: 1 }, headers: isNew })).status).toBe(204);
        expect((await send('PUT', { body: { a: 2 }, headers: isNew })).status).toBe(412);
        expect((await send('POST', { body: { a: 2 }, headers: isNew })).status).toBe(412);
        expect((await get()).json()).toEqual({ a: 1 });
      });

      test('GET with the ETag one has is 304', async () => {
        const { send, get } = fresh();
        await send('POST', { body: { a: 1 } });
        const tag = (await get()).headers.get('etag')!;
        const { status, text } = await send('GET', { headers: { 'if-none-match': tag } });
        expect([status, text]).toEqual([304, '']);
        expect((await send('GET', { headers: { 'if-none-match': '"x"' } })).status).toBe(200);
      });

      const freely = resource.name === 'State' && version === '1.0.3';
      test(`PUT without either header, where there is a document, is ${freely ? 204 : 409}`, async () => {
        const { send, get } = fresh();
        await send('POST', { body: { a: 1 } });
        const { status, text } = await send('PUT', { body: { b: 2 } });
        expect(status).toBe(freely ? 204 : 409);
        if (!freely) expect(text).toContain('If-Match');
        expect((await get()).json()).toEqual(freely ? { b: 2 } : { a: 1 });
      });

      const mustSay = resource.name !== 'State' && version === '1.0.3';
      test(`PUT without either header, where there is nothing, is ${mustSay ? 400 : 204}`, async () => {
        const { send, get } = fresh();
        expect((await send('PUT', { body: { b: 2 } })).status).toBe(mustSay ? 400 : 204);
        expect((await get()).status).toBe(mustSay ? 404 : 200);
      });

      test('of many who replace the same document at once, one does', async () => {
        const { send, get } = fresh();
        await send('POST', { body: { a: 0 } });
        const headers = { 'if-match': (await get()).headers.get('etag')! };
        const answers = await Promise.all(
          Array.from({ length: 10 }, (_, a) => send('PUT', { body: { a: a + 1 }, headers })),
        );
        expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array<number>(9).fill(412)]);
      });

      test('of many who merge at once, all are merged', async () => {
        const { send, get } = fresh();
        const names = Array.from({ length: 10 }, (_, index) => `k${index}`);
        await Promise.all(names.map((name) => send('POST', { body: { [name]: 1 } })));
        expect(Object.keys((await get()).json<object>()).sort()).toEqual(names);
      });
    });

    describe('parameters', () => {
      const valid = { ...keptWith, [id]: 'x' };
      const missing = [...Object.keys(keptWith), id];
      const wrong: [string, Record<string, unknown>][] = [
        ['an unknown parameter', { ...valid, foo: 'bar' }],
        ['another case', { ...valid, [id]: undefined, [id.toLowerCase()]: 'x' }],
        ['an empty id', { ...valid, [id]: '' }],
        ['an id with a NUL', { ...valid, [id]: 'a\0b' }],
        ['an id without end', { ...valid, [id]: 'x'.repeat(600) }],
      ];
      if ('agent' in keptWith)
        wrong.push(
          ['an agent that is no JSON', { ...valid, agent: 'not JSON' }],
          ['an agent that is no object', { ...valid, agent: true }],
          ['an agent without identifier', { ...valid, agent: { name: 'x' } }],
          ['an agent with two', { ...valid, agent: { ...agent, mbox: 'mailto:a@b.example' } }],
          ['a group nobody can tell', { ...valid, agent: { objectType: 'Group', member: [agent] } }],
        );
      if ('activityId' in keptWith)
        wrong.push(['an activity that is no IRI', { ...valid, activityId: 'true' }]);
      else wrong.push(['a parameter of another resource', { ...valid, activityId }]);
      if (id === 'stateId') wrong.push(['a registration that is no UUID', { ...valid, registration: true }]);
      else wrong.push(['a registration', { ...valid, registration: v4() }]);

      test.each(wrong)('%s is 400', async (_name, query) => {
        const defined = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
        for (const method of ['GET', 'PUT', 'POST', 'DELETE']) {
          const { status, json } = await lrs.ask(path, {
            method,
            version,
            query: defined,
            headers: method === 'PUT' ? isNew : {},
            ...(method === 'GET' ? {} : { body: { a: 1 } }),
          });
          const known = json<{ code: string; errors: unknown[] }>();
          expect([method, status, known.code, known.errors.length]).toEqual([
            method,
            400,
            'invalid-parameter',
            1,
          ]);
        }
      });

      test.each(missing)('without %s it is 400', async (name) => {
        const query = Object.fromEntries(Object.entries(valid).filter(([key]) => key !== name));
        for (const method of ['GET', 'PUT', 'POST', 'DELETE']) {
          // GET lists then, and a State's DELETE removes all.
          if (name === id && (method === 'GET' || (method === 'DELETE' && id === 'stateId'))) continue;
          const { status, json } = await lrs.ask(path, {
            method,
            version,
            query,
            headers: method === 'PUT' ? isNew : {},
            ...(method === 'GET' ? {} : { body: { a: 1 } }),
          });
          const { errors } = json<{ errors: { path: string }[] }>();
          expect([method, status, errors[0]!.path]).toEqual([method, 400, `/${name}`]);
        }
      });

      test('a parameter given twice is 400; a "since" that is no timestamp too', async () => {
        const twice = `${new URLSearchParams({ [id]: 'y' }).toString()}&${id}=z`;
        expect(await lrs.status(`${path}?${twice}`, { version })).toBe(400);
        for (const since of [true, 'not a timestamp', '2026-02-30T00:00:00Z'])
          expect(await lrs.status(path, { version, query: { ...keptWith, since } })).toBe(400);
        expect(
          await lrs.status(path, {
            version,
            method: 'DELETE',
            query: { ...valid, since: '2026-01-01T00:00:00Z' },
          }),
        ).toBe(400);
      });
    });

    test('too large a document is 413', async () => {
      const { send, get } = fresh();
      const body = Buffer.alloc(1024 * 1024 + 1);
      expect((await send('PUT', { body, headers: { ...octets, ...isNew } })).status).toBe(413);
      const half = 'x'.repeat(600 * 1024);
      await send('POST', { body: { a: half } });
      expect((await send('POST', { body: { b: half } })).status).toBe(413);
      expect(Object.keys((await get()).json<object>())).toEqual(['a']);
    });

    test('without an id, GET lists the ids, of documents stored after "since"', async () => {
      const own = {
        ...('agent' in keptWith ? { agent: { mbox: `mailto:${v4()}@lms.example` } } : {}),
        ...('activityId' in keptWith ? { activityId: `${activityId}/${v4()}` } : {}),
      };
      const list = async (query = {}) => lrs.ask(path, { version, query: { ...own, ...query } });
      const none = await list();
      expect([none.status, none.json(), none.headers.get('last-modified')]).toEqual([200, [], null]);

      const store = (name: string) =>
        lrs.ask(path, { method: 'POST', version, query: { ...own, [id]: name }, body: { a: 1 } });
      await store('first');
      const found = await lrs.ask(path, { version, query: { ...own, [id]: 'first' } });
      const second = Date.parse(found.headers.get('last-modified')!) + 1000;
      ahead += 1001;
      await store('later 中文');
      const all = await list();
      expect([all.status, all.json<string[]>().sort()]).toEqual([200, ['first', 'later 中文']]);
      expect(Date.parse(all.headers.get('last-modified')!)).toBeGreaterThanOrEqual(second);
      const since = async (moment: number) => (await list({ since: new Date(moment).toISOString() })).json();
      expect(await since(second)).toEqual(['later 中文']);
      expect(await since(now())).toEqual([]);
      expect((await list({ since: '2012-06-01T19:09:13.245+08:00' })).json()).toHaveLength(2);
      expect((await lrs.ask(path, { method: 'HEAD', version, query: own })).status).toBe(200);
    });
  });

  describe.each(versions)('State Resource, %s (1.0.3: 2.3; 2.0: 4.1.6.2)', (version) => {
    const fresh = () => ({ activityId: `${activityId}/${v4()}`, agent });
    const store = (query: object) =>
      lrs.ask(state.path, { method: 'POST', version, query: { ...query }, body: { a: 1 } });
    const ids = async (query: object) =>
      (await lrs.ask(state.path, { version, query: { ...query } })).json<string[]>().sort();

    test('a registration has states of its own; without one, lists show all', async () => {
      const set = fresh();
      const registration = v4();
      await store({ ...set, stateId: 'alone' });
      await store({ ...set, stateId: 'registered', registration });
      await store({ ...set, stateId: 'registered', registration: v4() });
      expect(await ids(set)).toEqual(['alone', 'registered']);
      expect(await ids({ ...set, registration })).toEqual(['registered']);
      expect(await ids({ ...set, registration: registration.toUpperCase() })).toEqual(['registered']);
      const status = (query: object) => lrs.status(state.path, { version, query: { ...set, ...query } });
      expect(await status({ stateId: 'registered', registration })).toBe(200);
      expect(await status({ stateId: 'registered' })).toBe(404);
      expect(await status({ stateId: 'alone', registration })).toBe(404);
    });

    test('DELETE without stateId removes all, or those of a registration, and nothing else', async () => {
      const [set, other] = [fresh(), fresh()];
      const registration = v4();
      await store({ ...set, stateId: 'a' });
      await store({ ...set, stateId: 'b', registration });
      await store({ ...other, stateId: 'c' });
      const remove = (query: object) =>
        lrs.status(state.path, { method: 'DELETE', version, query: { ...query } });
      expect(await remove({ ...set, registration })).toBe(204);
      expect(await ids(set)).toEqual(['a']);
      expect(await remove(set)).toBe(204);
      expect(await ids(set)).toEqual([]);
      expect(await ids(other)).toEqual(['c']);
    });

    test('an agent is the same however it is written', async () => {
      const set = fresh();
      await store({ ...set, stateId: 'a' });
      const { homePage, name } = agent.account;
      const same = { name: '王', account: { name, homePage } };
      expect(await ids({ ...set, agent: same })).toEqual(['a']);
      expect(await ids({ ...set, agent: { account: { homePage, name: 'li' } } })).toEqual([]);
    });

    test('a group that can be told has states too', async () => {
      const group = { objectType: 'Group', account: { homePage: 'https://lms.example', name: 'g' } };
      const set = { ...fresh(), agent: group };
      await store({ ...set, stateId: 'a' });
      expect(await ids(set)).toEqual(['a']);
    });
  });

  describe('who may use documents', () => {
    const person = (name: string) => ({ account: { homePage: `${homePage}/people`, name } });

    test('a box keeps state and profile of its own person only, and no activity profiles', async () => {
      const [box, other] = [await newBox(lrs.url), await newBox(lrs.url)];
      for (const { path, keptWith, id } of [state, agentProfile])
        for (const method of ['PUT', 'POST', 'GET', 'HEAD', 'DELETE']) {
          const as = (owner: string) =>
            lrs.ask(path, {
              method,
              query: { ...keptWith, agent: person(owner), [id]: 'x' },
              headers: { authorization: box.authorization, ...(method === 'PUT' ? isNew : {}) },
              ...(method === 'PUT' || method === 'POST' ? { body: { a: 1 } } : {}),
            });
          expect([method, (await as(other.person)).status]).toEqual([method, 403]);
          expect([method, (await as(box.person)).status]).toEqual([
            method,
            method[0] === 'G' || method[0] === 'H' ? 200 : 204,
          ]);
        }
      const headers = { authorization: box.authorization };
      const anyAgent = { ...state.keptWith, stateId: 'x' };
      expect(await lrs.status(state.path, { query: anyAgent, headers })).toBe(403);
      const query = { ...activityProfile.keptWith, profileId: 'x' };
      for (const method of ['GET', 'POST', 'DELETE'])
        expect(await lrs.status(activityProfile.path, { method, query, headers })).toBe(403);
    });

    test('nobody without a credential, and a wrong one is none', async () => {
      for (const { path, keptWith, id } of resources)
        for (const authorization of [undefined, 'Basic bm9ib2R5OnBhc3M=', 'Basic:bm9ib2R5', 'Bearer b-x.y']) {
          const query = { ...keptWith, [id]: 'x' };
          const headers = { authorization };
          expect(await lrs.status(path, { query, headers })).toBe(401);
          expect(await lrs.status(path, { method: 'POST', query, headers, body: { a: 1 } })).toBe(401);
        }
    });
  });
});
