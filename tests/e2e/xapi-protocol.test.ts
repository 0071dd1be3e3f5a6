import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { v4 } from 'uuid';
import { onBothDatabases } from './both-databases.ts';
import { basic, homePage, newBox, type ProblemBody } from './service-kit.ts';
import { search, serviceOn, versions } from './xapi-kit.ts';

const statement = () => ({
  id: v4(),
  actor: { objectType: 'Agent', name: '王', mbox: 'mailto:wang@lms.example' },
  verb: { id: 'http://adlnet.gov/expapi/verbs/attended', display: { 'en-GB': 'attended' } },
  object: { objectType: 'Activity', id: 'https://lms.example/meetings/1' },
});
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const agent = { account: { homePage: 'https://lms.example', name: 'wang' } };
const activityId = 'https://lms.example/apples';

/** A GET of every resource that is answered with 200. */
const resources = [
  { path: '/about', query: {} },
  { path: '/statements', query: {} },
  { path: '/activities', query: { activityId } },
  { path: '/agents', query: { agent } },
  { path: '/activities/state', query: { activityId, agent } },
  { path: '/activities/profile', query: { activityId } },
  { path: '/agents/profile', query: { agent } },
] as const;
const guarded = resources.filter(({ path }) => path !== '/about');

onBothDatabases('the xAPI protocol', (database) => {
  const lrs = serviceOn(database);

  describe('versions (1.0.3: 3.3; 2.0: X-Experience-API-Version)', () => {
    test.each([
      ['1.0', '1.0.3'],
      ['1.0.0', '1.0.3'],
      ['1.0.1', '1.0.3'],
      ['1.0.3', '1.0.3'],
      ['2.0', '2.0.0'],
      ['2.0.0', '2.0.0'],
      ['2.0.1', '2.0.0'],
    ])('%s is answered as %s', async (version, answered) => {
      for (const { path, query } of resources) {
        const { status, headers } = await lrs.ask(path, { version, query });
        expect([path, status, headers.get('x-experience-api-version')]).toEqual([path, 200, answered]);
      }
    });

    test.each(['0.9', '0.95', '1', '1.1.0', '1.00', '2.1', '3.0.0', 'BAD', '', '1.0.3, 2.0.0'])(
      '%j is refused',
      async (version) => {
        for (const { path, query } of guarded) {
          const { status, json, headers } = await lrs.ask(path, { version, query });
          expect([status, json<ProblemBody>().code]).toEqual([400, 'xapi-version']);
          expect(versions).toContain(headers.get('x-experience-api-version'));
        }
      },
    );

    test('none is refused, whoever asks, in the version spoken last', async () => {
      const statementId = v4();
      const refused = [
        ...guarded.map(({ path }) => ({ path, request: {} })),
        { path: '/statements', request: { query: { statementId } } },
        { path: '/statements', request: { method: 'POST', body: statement() } },
        { path: '/statements', request: { method: 'PUT', query: { statementId }, body: statement() } },
      ];
      for (const version of [...versions, ...versions])
        for (const { path, request } of refused) {
          await lrs.ask('/about', { version });
          const headers = { 'x-experience-api-version': undefined };
          const answer = await lrs.ask(path, { ...request, headers });
          expect([path, answer.status, answer.headers.get('x-experience-api-version')]).toEqual([
            path,
            400,
            version,
          ]);
          expect(
            await lrs.status(path, { ...request, headers: { ...headers, authorization: undefined } }),
          ).toBe(400);
        }
    });

    test('what is refused for other reasons says its version too', async () => {
      for (const version of versions) {
        const { status, headers } = await lrs.ask('/statements', {
          version,
          headers: { authorization: undefined },
        });
        expect([status, headers.get('x-experience-api-version')]).toEqual([401, version]);
      }
    });
  });

  describe('About Resource (1.0.3: 2.8; 2.0: 4.1.6.7)', () => {
    const old = ['1.0.0', '1.0.1', '1.0.2', '1.0.3'];

    test('tells the versions to everybody, those of its own line to 1.0', async () => {
      const told = async (version: string | undefined) => {
        const headers = { 'x-experience-api-version': version, authorization: undefined };
        const { status, json } = await lrs.ask('/about', { headers });
        return [status, json<{ version: string[] }>().version];
      };
      expect(await told('1.0.3')).toEqual([200, old]);
      for (const version of ['2.0.0', undefined, '0.9', '3.0.0'])
        expect(await told(version)).toEqual([200, [...old, '2.0.0']]);
    });
  });

  describe('HEAD (1.0.3: 1.1; 2.0: 4.1.6)', () => {
    test.each(resources)('$path answers as GET does, without a body', async ({ path, query }) => {
      for (const version of versions) {
        const [head, got] = [
          await lrs.ask(path, { method: 'HEAD', version, query }),
          await lrs.ask(path, { version, query }),
        ];
        expect([head.status, head.bytes.length]).toEqual([200, 0]);
        for (const name of ['content-type', 'content-length', 'x-experience-api-version'])
          expect(head.headers.get(name), name).toBe(got.headers.get(name));
      }
    });

    test('a GET that carries a body is answered all the same', async () => {
      for (const path of ['/statements', `/agents/profile${search({ agent })}`])
        for (let turn = 0; turn < 2; turn += 1) {
          const sent = httpRequest(`${lrs.url}/xapi${path}`, {
            headers: {
              authorization: basic,
              'x-experience-api-version': '1.0.3',
              'content-type': 'application/json',
              'content-length': 7,
            },
          });
          const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
          sent.end('{"a":1}');
          const [response] = await answered;
          response.resume();
          expect(response.statusCode).toBe(200);
        }
    });

    test('mistakes are mistakes', async () => {
      expect(await lrs.status('/activities', { method: 'HEAD' })).toBe(400);
      expect(await lrs.status('/statements', { method: 'HEAD', headers: { authorization: undefined } })).toBe(
        401,
      );
    });
  });

  describe('Alternate Request Syntax (1.0.3: 1.3)', () => {
    const post = (
      path: string,
      method: string,
      fields: Record<string, unknown>,
      headers: Record<string, string | undefined> = {},
    ) => {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries(fields))
        body.set(name, typeof value === 'string' ? value : JSON.stringify(value));
      const more = { ...form, ...headers };
      return lrs.ask(path, { method: 'POST', query: { method }, body: body.toString(), headers: more });
    };

    test('GET, PUT and POST of statements', async () => {
      const { id, ...sent } = statement();
      expect((await post('/statements', 'PUT', { statementId: id, content: sent })).status).toBe(204);
      const found = await post('/statements', 'GET', { statementId: id });
      expect([found.status, found.json<{ id: string }>().id]).toEqual([200, id]);
      const list = await post('/statements', 'GET', { limit: 1 });
      expect([list.status, Object.keys(list.json<object>()).sort()]).toEqual([200, ['more', 'statements']]);
      const posted = await post('/statements', 'POST', { content: [statement(), statement()] });
      expect([posted.status, posted.json<string[]>().length]).toEqual([200, 2]);
    });

    test('documents of any type, with conditions, and text as it was typed', async () => {
      const name = { activityId, profileId: v4() };
      const text = '一 + 二 = 三 & "quotes" %20\r\n';
      const put = (fields: object) => post('/activities/profile', 'PUT', { ...name, ...fields });
      const content = { content: text, 'Content-Type': 'text/plain', 'Content-Length': '7' };
      expect((await put(content)).status).toBe(400);
      expect((await put({ ...content, 'If-None-Match': '*' })).status).toBe(204);
      expect((await put({ ...content, 'If-None-Match': '*' })).status).toBe(412);
      const found = await post('/activities/profile', 'GET', name);
      expect([found.text, found.headers.get('content-type')]).toEqual([text, 'text/plain']);
      const tag = found.headers.get('etag')!;
      expect((await put({ content: { a: 1 }, 'If-Match': tag })).status).toBe(204);
      expect((await post('/activities/profile', 'POST', { ...name, content: { b: 2 } })).status).toBe(204);
      expect((await lrs.ask('/activities/profile', { query: name })).json()).toEqual({ a: 1, b: 2 });
      expect((await post('/activities/profile', 'DELETE', name)).status).toBe(204);
      expect((await post('/activities/profile', 'GET', name)).status).toBe(404);
    });

    test('headers may all be in the form, and count more there', async () => {
      const nothing = { authorization: undefined, 'x-experience-api-version': undefined };
      const { id, ...content } = statement();
      const fields = { statementId: id, content };
      const inForm = { 'X-Experience-API-Version': '1.0.3', Authorization: basic };
      expect((await post('/statements', 'PUT', { ...fields, ...inForm }, nothing)).status).toBe(204);
      expect((await post('/statements', 'PUT', fields, nothing)).status).toBe(400);
      const version = { 'X-Experience-API-Version': '0.8' };
      expect((await post('/statements', 'PUT', { ...fields, ...version })).status).toBe(400);
      expect((await post('/statements', 'GET', { Authorization: 'Basic eDp5' })).status).toBe(401);
    });

    test('a method beside POST, more parameters, another method, another type or no content: 400', async () => {
      const { id, ...sent } = statement();
      const content = new URLSearchParams({ content: JSON.stringify(sent), statementId: id }).toString();
      const status = (query: object, headers: object = form, body: string | undefined = content) =>
        lrs.status('/statements', {
          method: 'POST',
          query: { ...query },
          headers: { ...headers },
          ...(body === undefined ? {} : { body }),
        });
      for (const method of ['GET', 'PUT', 'DELETE'])
        for (const named of ['GET', 'POST', 'PUT'])
          expect(await lrs.status('/statements', { method, query: { method: named } })).toBe(400);
      expect(await status({ method: 'PUT', statementId: id })).toBe(400);
      for (const method of ['put', 'HEAD', 'PATCH', 'TRACE', '', 'x'])
        expect(await status({ method }), method).toBe(400);
      expect(await status({ method: 'PUT' }, { 'content-type': 'application/json' })).toBe(400);
      expect(await status({ method: 'PUT' }, {}, '')).toBe(400);
      expect(await status({ method: 'PUT' }, form, JSON.stringify({ statementId: id, content: sent }))).toBe(
        400,
      );
      expect(await status({ method: 'PUT' }, form, `statementId=${id}`)).toBe(400);
      expect(await status({ method: 'GET' }, form, 'foo=bar')).toBe(400);
      expect(await status({ method: 'GET' }, form, 'content=x')).toBe(400);
      expect(await status({ method: 'GET' }, form, 'limit=1&limit=2')).toBe(400);
      expect(await status({ method: 'DELETE' })).toBe(405);
      expect(await lrs.status('/statements', { query: { statementId: id } })).toBe(404);
    });

    test('what could not be a header or a parameter is 400', async () => {
      const name = { activityId, profileId: v4(), 'If-None-Match': '*', content: 'x' };
      for (const type of ['text/plain\r\nx: y', '文本', 'a\0b'])
        expect((await post('/activities/profile', 'PUT', { ...name, 'Content-Type': type })).status).toBe(
          400,
        );
      const body = 'limit=1&__proto__=x&__proto__=y';
      const request = { method: 'POST', query: { method: 'GET' }, headers: form, body };
      expect(await lrs.status('/statements', request)).toBe(400);
    });

    test('a mistake in it is told in the version of the request', async () => {
      const { headers } = await lrs.ask('/statements', { method: 'POST', query: { method: 'PUT' } });
      expect(headers.get('x-experience-api-version')).toBe('1.0.3');
    });

    test('2.0 has dropped it', async () => {
      const { id, ...content } = statement();
      for (const [method, fields] of [
        ['GET', { limit: 1 }],
        ['PUT', { statementId: id, content }],
        ['POST', { content }],
      ] as const) {
        const inHeader = { 'x-experience-api-version': '2.0.0' };
        expect((await post('/statements', method, fields, inHeader)).status).toBe(400);
        const inForm = { 'X-Experience-API-Version': '2.0.0' };
        expect((await post('/statements', method, { ...fields, ...inForm })).status).toBe(400);
      }
      const query = { method: 'GET' };
      expect(await lrs.status('/statements', { method: 'POST', version: '2.0.0', query })).toBe(400);
    });

    test('too large a form is 413', async () => {
      const { status } = await post('/statements', 'POST', { content: 'x'.repeat(7 * 1024 * 1024) });
      expect(status).toBe(413);
    });
  });

  describe('Encoding (1.0.3: 1.4)', () => {
    test('texts are UTF-8 both ways', async () => {
      const display = { 'zh-CN': '参加了', uk: 'відвідав', ar: 'حضر', 'ja-JP': '出席した', en: '𝒶🌾' };
      const sent = { ...statement(), verb: { id: 'https://lms.example/v', display } };
      expect(await lrs.status('/statements', { method: 'POST', body: sent })).toBe(200);
      const found = await lrs.ask('/statements', { query: { statementId: sent.id } });
      expect(found.json<typeof sent>().verb.display).toEqual(display);
    });
  });

  test('what is no resource says how far the store has come, too', async () => {
    const answer = await lrs.ask(`/statementsverb=https://lms.example/v`);
    expect([answer.status, answer.json<{ code: string }>().code]).toEqual([404, 'not-found']);
    expect(Date.parse(answer.headers.get('x-experience-api-consistent-through') ?? '')).not.toBeNaN();
  });

  test('identifiers may be longer than an index takes', async () => {
    // Random: a database would compress a repeated letter.
    const long = (bytes: number) => randomBytes(bytes).toString('hex');
    const id = `https://lms.example/${long(3000)}`;
    const other = `https://lms.example/${long(3000)}`;
    const actor = { account: { homePage: 'https://lms.example', name: long(1500) } };
    const sent = {
      ...statement(),
      actor,
      object: { id, definition: { name: { en: 'long' } } },
      context: { contextActivities: { grouping: [{ id: other }] }, instructor: { openid: other } },
    };
    expect(await lrs.status('/statements', { method: 'POST', body: sent })).toBe(200);
    const found = async (query: object) => {
      const { json } = await lrs.ask('/statements', { query: { ...query } });
      return json<{ statements: { id: string }[] }>().statements.map((one) => one.id);
    };
    expect(await found({ agent: actor })).toEqual([sent.id]);
    expect(await found({ activity: id })).toEqual([sent.id]);
    expect(await found({ activity: other, related_activities: true })).toEqual([sent.id]);
    expect(await found({ agent: { openid: other }, related_agents: true })).toEqual([sent.id]);
    const activity = await lrs.ask('/activities', { query: { activityId: id } });
    expect(activity.json()).toEqual({ objectType: 'Activity', ...sent.object });
    const document = { activityId: id, agent: actor, stateId: '长'.repeat(512) };
    expect(await lrs.status('/activities/state', { method: 'PUT', query: document, body: { a: 1 } })).toBe(
      204,
    );
    expect((await lrs.ask('/activities/state', { query: document })).json()).toEqual({ a: 1 });
  });

  describe('Error codes (1.0.3: 3.2; 2.0: 4.1)', () => {
    test.each([
      ['/statements', ['DELETE', 'PATCH'], 'GET, PUT, POST, HEAD'],
      ['/activities', ['DELETE', 'POST', 'PUT', 'PATCH'], 'GET, HEAD'],
      ['/agents', ['DELETE', 'POST', 'PUT'], 'GET, HEAD'],
      ['/about', ['DELETE', 'POST', 'PUT'], 'GET, HEAD'],
      ['/activities/state', ['PATCH', 'OPTIONS'], 'GET, PUT, POST, DELETE, HEAD'],
      ['/activities/profile', ['PATCH'], 'GET, PUT, POST, DELETE, HEAD'],
      ['/agents/profile', ['PATCH'], 'GET, PUT, POST, DELETE, HEAD'],
    ])('%s does not have %j: 405, whoever asks', async (path, methods, allowed) => {
      for (const method of methods)
        for (const authorization of [basic, undefined]) {
          const { status, headers, json } = await lrs.ask(path, { method, headers: { authorization } });
          expect([method, status, headers.get('allow')]).toEqual([method, 405, allowed]);
          expect(json<ProblemBody>().code).toBe('method-not-allowed');
        }
    });

    test.each(guarded)(
      '$path refuses parameters it does not know, or in another case',
      async ({ path, query }) => {
        for (const version of versions) {
          expect(await lrs.status(path, { version, query: { ...query, foo: 'bar' } })).toBe(400);
          for (const [name, value] of Object.entries(query)) {
            const other = {
              ...query,
              [name]: undefined,
              [name[0]!.toUpperCase() + name.slice(1)]: value as unknown,
            };
            const defined = Object.fromEntries(
              Object.entries(other).filter(([, given]) => given !== undefined),
            );
            expect(await lrs.status(path, { version, query: defined })).toBe(400);
          }
        }
      },
    );

    test('a wrong credential is 401, whatever its form', async () => {
      for (const authorization of [
        undefined,
        'Basic Zm9vOmJhcg==',
        'Basic:Zm9vOmJhcg==',
        'Basic',
        'Bearer x',
        'x',
      ])
        for (const { path, query } of guarded) {
          const { status, headers } = await lrs.ask(path, { query, headers: { authorization } });
          expect([path, status]).toEqual([path, 401]);
          expect(headers.get('www-authenticate')).toContain('Basic');
        }
    });

    test('a body that a resource does not take is 400', async () => {
      const body = JSON.stringify(statement());
      for (const type of [
        'text/plain',
        'multipart/form-data; boundary=x',
        'application/x-www-form-urlencoded',
      ])
        expect(
          await lrs.status('/statements', { method: 'POST', body, headers: { 'content-type': type } }),
        ).toBe(400);
    });

    test('an address that is no resource is 404', async () => {
      for (const path of ['/', '/statement', '/activities/profiles', '/agents/state'])
        expect(await lrs.status(path, {})).toBe(404);
    });
  });

  describe.each(versions)('Agents Resource, %s (1.0.3: 2.4; 2.0: 4.1.6.3)', (version) => {
    const person = async (asked: object) => lrs.ask('/agents', { version, query: { agent: asked } });

    test.each([
      [{ mbox: 'mailto:a@lms.example' }, { mbox: ['mailto:a@lms.example'] }],
      [{ mbox_sha1sum: 'a'.repeat(40) }, { mbox_sha1sum: ['a'.repeat(40)] }],
      [{ openid: 'https://openid.example/a' }, { openid: ['https://openid.example/a'] }],
      [agent, { account: [agent.account] }],
      [
        { ...agent, name: 'Wang', objectType: 'Agent' },
        { account: [agent.account], name: ['Wang'] },
      ],
    ])('%j is a person with lists', async (asked, properties) => {
      const { status, json, headers } = await person(asked);
      expect([status, json()]).toEqual([200, { objectType: 'Person', ...properties }]);
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    });

    test('has the names that statements gave the agent', async () => {
      const mbox = `mailto:${v4()}@lms.example`;
      for (const name of ['王', 'Wang', '王'])
        await lrs.ask('/statements', {
          method: 'POST',
          version,
          body: { ...statement(), actor: { mbox, name } },
        });
      const { name } = (await person({ mbox, name: 'Old Wang' })).json<{ name: string[] }>();
      expect([name[0], [...name].sort()]).toEqual(['Old Wang', ['Old Wang', 'Wang', '王']]);
    });

    test('an agent that is none is 400, none too', async () => {
      for (const asked of [
        { name: 'x' },
        { account: { name: 'x' } },
        { mbox: 'a@b.example' },
        true,
        'not JSON',
      ])
        expect((await lrs.ask('/agents', { version, query: { agent: asked } })).status).toBe(400);
      expect(await lrs.status('/agents', { version })).toBe(400);
    });

    test('a box asks about its own person', async () => {
      const box = await newBox(lrs.url);
      const asked = (name: string) =>
        lrs.status('/agents', {
          version,
          query: { agent: { account: { homePage: `${homePage}/people`, name } } },
          headers: { authorization: box.authorization },
        });
      expect(await asked(box.person)).toBe(200);
      expect(await asked('v-someone-else')).toBe(403);
    });
  });

  describe.each(versions)('Activities Resource, %s (1.0.3: 2.5; 2.0: 4.1.6.4)', (version) => {
    const activity = (id: string) => lrs.ask('/activities', { version, query: { activityId: id } });

    test('one that nobody has spoken of is an activity too', async () => {
      const id = `https://lms.example/never/${v4()}`;
      const { status, json } = await activity(id);
      expect([status, json()]).toEqual([200, { objectType: 'Activity', id }]);
    });

    test('has all that statements said of it, wherever they named it', async () => {
      const id = `https://lms.example/meetings/${v4()}`;
      const definition = {
        type: 'http://adlnet.gov/expapi/activities/meeting',
        name: { 'en-GB': 'meeting', 'en-US': 'meeting' },
        moreInfo: 'https://lms.example/345256',
        extensions: {
          'https://lms.example/location': 'X:\\meetings',
          'https://lms.example/by': { name: 'T' },
        },
      };
      const say = (body: object) => lrs.status('/statements', { method: 'POST', version, body });
      const object = (more: object) => ({ ...statement(), object: { objectType: 'Activity', id, ...more } });
      expect(await say(object({ definition }))).toBe(200);
      expect((await activity(id)).json()).toEqual({ objectType: 'Activity', id, definition });

      const contextActivities = { other: [{ id, definition: { description: { uk: 'зустріч' } } }] };
      expect(await say({ ...statement(), context: { contextActivities } })).toBe(200);
      expect(await say([object({ definition: { name: { 'zh-CN': '会' } } }), object({})])).toBe(200);
      expect((await activity(id)).json()).toEqual({
        objectType: 'Activity',
        id,
        definition: {
          ...definition,
          name: { ...definition.name, 'zh-CN': '会' },
          description: { uk: 'зустріч' },
        },
      });
    });

    test('what is no IRI is 400, nothing too', async () => {
      for (const id of ['true', '', 'not an IRI']) expect((await activity(id)).status).toBe(400);
      expect(await lrs.status('/activities', { version })).toBe(400);
    });

    test('a box may ask', async () => {
      const { authorization } = await newBox(lrs.url);
      const query = { activityId };
      expect(await lrs.status('/activities', { version, query, headers: { authorization } })).toBe(200);
    });
  });
});
