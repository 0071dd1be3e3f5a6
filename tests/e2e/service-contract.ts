import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { v4 } from 'uuid';
import { ContentFolder } from '../../src/service/catalogue/content-folder.ts';
import { defaultPolicy } from '../../src/service/catalogue/default-policy.ts';
import { recompute } from '../../src/service/credit/recompute.ts';
import { settleQuietSessions } from '../../src/service/credit/settle.ts';
import { openDatabase, type OpenDatabase } from '../../src/service/db/open-database.ts';
import { WriteQueue } from '../../src/service/db/write-queue.ts';
import { startService, type Service } from '../../src/service/service.ts';
import {
  basic,
  Client,
  homePage,
  integration,
  newBox,
  type ProblemBody,
  temporaryFolder,
  viewing,
  writeContent,
  writeJson,
} from './service-kit.ts';

/**
 * What the service promises, whatever its database.
 *
 * @param database gives the database's address, or `undefined` for the embedded one.
 */
export function serviceContract(database: () => string | undefined): void {
  const data = temporaryFolder();
  const manifests = temporaryFolder();
  let service: Service;
  let county: Client;
  /** A second look at the same database, past the service. */
  let inside: OpenDatabase;
  let content: ContentFolder;

  beforeAll(async () => {
    writeContent(manifests.path);
    service = await startService({
      port: 0,
      host: '127.0.0.1',
      data: data.path,
      manifests: manifests.path,
      databaseUrl: database(),
      integration,
      logLevel: 'error',
    });
    county = new Client(service.url);
    inside = await openDatabase({ url: database(), folder: data.path }, () => undefined);
    content = new ContentFolder(manifests.path, defaultPolicy);
  });

  afterAll(async () => {
    await inside?.db.destroy();
    await service?.close();
    data.remove();
    manifests.remove();
  });

  const differences = async () => (await recompute(inside.db, await content.current())).differences;

  test('is ready', async () => {
    const { status, body } = await county.get<{ checks: { name: string; ok: boolean }[] }>('/readyz');
    expect([status, body.checks]).toEqual([
      200,
      [
        { name: 'database', ok: true },
        { name: 'content', ok: true },
      ],
    ]);
  });

  describe('boxes', () => {
    test('register once; again is harmless; another key or a taken person is refused', async () => {
      const box = { boxId: `b-${v4()}`, boxKey: 'ab'.repeat(32), person: `v-${v4()}` };
      const register = async (changes = {}) => {
        const { status, body } = await county.post('/api/v1/boxes', { ...box, ...changes });
        return [status, body.code];
      };
      expect(await register()).toEqual([201, undefined]);
      expect(await register()).toEqual([200, undefined]);
      expect(await register({ boxKey: 'cd'.repeat(32) })).toEqual([409, 'box-key-mismatch']);
      expect(await register({ person: `v-${v4()}` })).toEqual([409, 'person-mismatch']);
      expect(await register({ boxId: `b-${v4()}` })).toEqual([409, 'person-has-box']);
      expect(await register({ boxId: 7 })).toEqual([400, 'invalid-request']);
      const rows = await inside.db.selectFrom('boxes').selectAll().execute();
      expect(JSON.stringify(rows)).not.toContain(box.boxKey);
    });

    test('only the right key opens the door', async () => {
      const box = await newBox(service.url);
      const asked = async (authorization: string) =>
        (await new Client(service.url, authorization).get('/xapi/statements')).status;
      expect(await asked(box.authorization)).toBe(200);
      expect(await asked(`${box.authorization.slice(0, -1)}x`)).toBe(401);
      expect(await asked(`Bearer b-nobody.${'ab'.repeat(32)}`)).toBe(401);
      expect(await asked('Basic bm9ib2R5Om5vdGhpbmc=')).toBe(401);
      expect(await asked('')).toBe(401);
    });

    test('a box reads and writes only for its own person', async () => {
      const box = await newBox(service.url);
      const other = await newBox(service.url);
      const foreign = viewing({ person: other.person, lessonId: 'short', length: 20, to: 20 });
      const own = viewing({ person: box.person, lessonId: 'short', length: 20, to: 20 });
      for (const attempt of [
        await box.statements([own.initialized, foreign.initialized]),
        await box.checkpoints(
          viewing({ person: other.person, lessonId: 'long', length: 600, to: 60 }).checkpoints,
        ),
        await box.get(`/api/v1/people/${other.person}/study`),
        await box.get(
          `/xapi/statements?agent=${encodeURIComponent(JSON.stringify(foreign.initialized.actor))}`,
        ),
      ])
        expect([attempt.status, attempt.body.code]).toEqual([403, 'foreign-person']);
      expect((await box.get('/api/v1/ledger')).status).toBe(403);

      await other.statements(foreign.statements);
      expect((await box.get(`/xapi/statements?statementId=${foreign.sessionId}`)).status).toBe(403);
      expect(await box.list()).toEqual([]);
      expect(await other.list()).toHaveLength(4);
    });
  });

  describe('statements', () => {
    test('are given back as they were sent, with what the service sets', async () => {
      const box = await newBox(service.url);
      const { statements } = viewing({ person: box.person, lessonId: 'short', length: 20, to: 20 });
      const { status, body } = await box.statements(statements);
      expect([status, body]).toEqual([200, statements.map(({ id }) => id)]);
      const { body: back, headers } = await box.get<Record<string, unknown>>(
        `/xapi/statements?statementId=${statements[1]!.id!}`,
      );
      expect(back).toEqual({
        ...statements[1],
        stored: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        version: '1.0.0',
        authority: {
          objectType: 'Agent',
          account: { homePage: `${homePage}/xapi/profile/tv-credit/v1`, name: `box:${box.boxId}` },
        },
      });
      expect(headers.get('x-experience-api-version')).toBe('1.0.3');
    });

    test('the same again changes nothing; other content under the same id keeps the batch out', async () => {
      const box = await newBox(service.url);
      const { statements } = viewing({ person: box.person, lessonId: 'short', length: 20, to: 20 });
      await box.statements(statements.slice(0, 2));
      const first = await box.list();
      // Key order, shorthand and case of the id are no difference.
      const [initialized] = statements;
      const reordered = Object.fromEntries(Object.entries(initialized!).reverse());
      expect(
        (await box.post('/xapi/statements', { ...reordered, id: initialized!.id!.toUpperCase() })).status,
      ).toBe(200);
      expect(await box.list()).toEqual(first);

      const edited = { ...statements[1]!, verb: { id: 'http://adlnet.gov/expapi/verbs/passed' } };
      const refused = await box.statements([statements[2]!, edited]);
      expect([refused.status, refused.body.code, refused.body.errors?.[0]?.path]).toEqual([
        409,
        'statement-conflict',
        '/1/id',
      ]);
      expect(await box.list()).toEqual(first);
      // Another time is other content.
      expect((await box.statements({ ...initialized!, timestamp: '2026-01-01T00:00:00Z' })).status).toBe(409);
    });

    test('PUT stores one under its id', async () => {
      const box = await newBox(service.url);
      const { initialized } = viewing({ person: box.person, lessonId: 'short', length: 20, to: 20 });
      const { id, ...rest } = initialized;
      const put = (body: unknown, query = `?statementId=${id!}`) =>
        box.call('PUT', `/xapi/statements${query}`, body);
      expect((await put(rest)).status).toBe(204);
      expect((await put(initialized)).status).toBe(204);
      expect((await put({ ...initialized, id: v4() })).status).toBe(400);
      expect((await put([initialized])).status).toBe(400);
      expect((await put(rest, '')).status).toBe(400);
      expect((await put({ ...rest, verb: { id: 'http://x.example/other' } })).status).toBe(409);
      expect(await box.list()).toHaveLength(1);
    });

    test('a mistake is named by its path and nothing of the batch is stored', async () => {
      const box = await newBox(service.url);
      const good = () => viewing({ person: box.person, lessonId: 'short', length: 20, to: 20 }).initialized;
      const context = good().context!;
      const mistakes: [string, unknown][] = [
        ['/1/verb', { ...good(), verb: undefined }],
        ['/1/verb/id', { ...good(), verb: { id: 'initialized' } }],
        ['/1/actor', { ...good(), actor: { name: '王' } }],
        ['/1/actor', { ...good(), actor: { ...good().actor, mbox: 'mailto:a@b.example' } }],
        ['/1/actor/account/homePage', { ...good(), actor: { account: { name: 'v' } } }],
        ['/1/id', { ...good(), id: 'not-a-uuid' }],
        ['/1/timestamp', { ...good(), timestamp: 'yesterday' }],
        ['/1/result', { ...good(), result: null }],
        ['/1/result/duration', { ...good(), result: { duration: '20 s' } }],
        ['/1/result/score/scaled', { ...good(), result: { score: { scaled: 2 } } }],
        ['/1/result/completion', { ...good(), result: { completion: 'true' } }],
        ['/1/context/registration', { ...good(), context: { ...context, registration: 'r' } }],
        ['/1/context/extensions/no-iri', { ...good(), context: { extensions: { 'no-iri': 1 } } }],
        [
          '/1/object/definition/name/中文',
          { ...good(), object: { id: 'http://x.example', definition: { name: { 中文: 'x' } } } },
        ],
        ['/1/extra', { ...good(), extra: 1 }],
        ['/1', 'text'],
        ['/1', null],
      ];
      for (const [path, statement] of mistakes) {
        const { status, body } = await box.post('/xapi/statements', [good(), statement]);
        expect([status, body.code, body.errors?.map((error) => error.path)]).toEqual([
          400,
          'invalid-statement',
          expect.arrayContaining([path]) as string[],
        ]);
      }
      const twice = good();
      expect((await box.statements([twice, twice])).status).toBe(400);
      expect(await box.list()).toEqual([]);
    });

    test('the version header is asked for, but not to learn the version', async () => {
      const without = (path: string) => fetch(service.url + path, { headers: { authorization: basic } });
      expect((await without('/xapi/statements')).status).toBe(400);
      const about = await without('/xapi/about');
      expect([about.status, await about.json()]).toEqual([
        200,
        { version: ['1.0.0', '1.0.1', '1.0.2', '1.0.3', '2.0.0'], extensions: {} },
      ]);
    });

    test('what is no JSON, of another type or too large is refused with a code', async () => {
      const send = async (body: string, type = 'application/json') => {
        const { status, body: problem } = await county.call<{ code: string }>(
          'POST',
          '/xapi/statements',
          body,
          {
            'content-type': type,
          },
        );
        return [status, problem.code];
      };
      expect(await send('{"actor":')).toEqual([400, 'invalid-json']);
      expect(await send('{}', 'text/plain')).toEqual([400, 'unsupported-media-type']);
      expect(await send(`"${'x'.repeat(2 * 1024 * 1024)}"`)).toEqual([413, 'body-too-large']);
      expect(await send('{"__proto__":{"a":1}}')).toEqual([400, 'invalid-json']);
    });

    test('nonsense is refused with a code, never with a mistake of ours', async () => {
      const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
      const statement = (extension: string) =>
        `{"actor":{"mbox":"mailto:a@b.c"},"verb":{"id":"http://x/v"},"object":{"id":"http://x/o"},"context":{"extensions":{"http://x/e":${extension}}}}`;
      const asked: [string, string, string?][] = [
        ['POST', '/xapi/statements', statement(deep(20_000))],
        ['POST', '/xapi/statements', deep(50_000)],
        ['POST', '/xapi/statements', '['.repeat(100_000)],
        ['POST', '/xapi/statements', 'null'],
        ['POST', '/xapi/statements', '"x"'],
        ['POST', '/xapi/statements', '[[]]'],
        ['POST', '/xapi/statements', ''],
        ['POST', '/xapi/statements?x=1', '[]'],
        ['PUT', '/xapi/statements', '{}'],
        ['DELETE', '/xapi/statements'],
        ['GET', '/xapi/statements?limit=1&limit=2'],
        ['GET', '/xapi/statements?limit=-1'],
        ['GET', '/xapi/statements?limit=99999999999999999999'],
        ['GET', `/xapi/statements?agent=${encodeURIComponent('{"account":7}')}`],
        ['GET', `/xapi/statements?agent=${encodeURIComponent('[null]')}`],
        ['GET', '/xapi/statements?registration=%00'],
        ['GET', "/xapi/statements?verb=' or 1=1--"],
        ['GET', '/xapi/statements?since=2026-02-30T00:00:00Z'],
        ['GET', '/xapi/statements?statementId[]=x'],
        ['POST', '/api/v1/boxes', '{"boxId":"b-1","boxKey":"x","person":"v-1"}'],
        ['POST', '/api/v1/boxes', '{"boxId":"b-1","boxKey":null,"person":["v"],"more":1}'],
        ['POST', '/api/v1/checkpoints', '{"checkpoints":[]}'],
        ['GET', '/api/v1/people/%00/study'],
        ['GET', '/api/v1/people/x/study?year=1'],
        ['GET', '/api/v1/people/x/study?year=2026&year=2027'],
        ['GET', '/api/v1/people//study'],
        ['GET', '/api/v1/ledger?person=%00'],
        ['GET', '/api/v1/ledger?limit=0'],
        ['GET', '/api/v1/ledger?after=x'],
        ['GET', '/api/v1/ledger?drop=table'],
      ];
      for (const [method, path, body] of asked) {
        const answer = await county.call<ProblemBody>(method, path, body);
        expect([method, path, answer.status >= 400 && answer.status < 500, typeof answer.body.code]).toEqual([
          method,
          path,
          true,
          'string',
        ]);
      }
      const nul = JSON.stringify({ account: { homePage, name: '\u0000' } });
      expect((await county.get(`/xapi/statements?agent=${encodeURIComponent(nul)}`)).status).toBe(200);
    });

    test('any text is stored, names with a NUL too', async () => {
      const name = 'v-\u0000-\ud800-"\'-${}';
      const { status } = await county.statements({
        actor: { account: { homePage: `${homePage}/people`, name } },
        verb: { id: 'http://x.example/verb', display: { 'zh-CN': '\u0000🌾' } },
        object: { id: 'http://x.example/thing' },
      });
      expect(status).toBe(200);
    });

    test('are found by agent, verb, activity, registration and time, in pages', async () => {
      const box = await newBox(service.url);
      const first = viewing({ person: box.person, lessonId: 'short', length: 20, to: 20 });
      const second = viewing({ person: box.person, lessonId: 'long', length: 600, to: 100 });
      await box.statements(first.statements);
      const [newest] = await box.list();
      await new Promise((resolve) => setTimeout(resolve, 5));
      await box.statements(second.statements);
      const find = async (params: Record<string, string>, client: Client = county) =>
        (await client.list(`?${new URLSearchParams(params).toString()}`)).map(({ id }) => id);
      const ids = (statements: { id?: string }[]) => statements.map(({ id }) => id);
      const agent = JSON.stringify(first.initialized.actor);

      expect(await find({ agent })).toEqual([...ids(first.statements), ...ids(second.statements)].reverse());
      expect(await find({ agent, ascending: 'true', limit: '2' })).toEqual(ids(first.statements.slice(0, 2)));
      expect(await find({ registration: second.registration, ascending: 'true' })).toEqual(
        ids(second.statements),
      );
      expect(await find({ agent, activity: `${homePage}/lessons/short`, ascending: 'true' })).toEqual(
        ids(first.statements),
      );
      expect(await find({ agent, verb: 'http://adlnet.gov/expapi/verbs/completed' })).toEqual(
        ids(first.completed),
      );
      expect(await find({ agent, since: newest!.stored!, ascending: 'true' })).toEqual(
        ids(second.statements),
      );
      expect(await find({ agent, until: newest!.stored!, ascending: 'true' })).toEqual(ids(first.statements));

      const seen: (string | undefined)[] = [];
      let more = `/xapi/statements?${new URLSearchParams({ agent, limit: '2' }).toString()}`;
      while (more !== '') {
        const { body } = await county.get<{ statements: { id: string }[]; more: string }>(more);
        seen.push(...ids(body.statements));
        more = body.more;
      }
      expect(seen).toEqual([...ids(first.statements), ...ids(second.statements)].reverse());

      const wrong: Record<string, string>[] = [
        { limit: 'x' },
        { agent: '{' },
        { since: 'now' },
        { other: '1' },
        { ascending: 'yes' },
      ];
      for (const params of wrong)
        expect((await county.get(`/xapi/statements?${new URLSearchParams(params).toString()}`)).status).toBe(
          400,
        );
      expect((await county.get(`/xapi/statements?statementId=${v4()}`)).status).toBe(404);
    });
  });

  describe('credit', () => {
    test('an honest viewing of the short lesson makes one entry, and again none', async () => {
      const box = await newBox(service.url);
      const { person } = box;
      const startedAt = Date.now() - 60_000;
      const session = viewing({ person, lessonId: 'short', length: 20, to: 19.98, startedAt });
      await box.statements(session.initialized);
      await box.statements(session.completed);
      // The claim alone writes nothing down: the viewing may go on.
      expect(await county.ledger(`?person=${person}`)).toEqual([]);
      await box.statements(session.closing);
      const [entry, ...others] = await county.ledger(`?person=${person}`);
      expect(others).toEqual([]);
      expect(entry).toMatchObject({
        registration: session.registration,
        person,
        lessonId: 'short',
        kind: 'farming',
        mode: 'individual',
        playedSeconds: 19.98,
        creditedSeconds: 19.98,
        hours: 0.0074,
        evidence: 'A',
        statementId: session.completed[0]!.id,
        policyFrom: '2024-01-01',
        corrects: null,
      });
      expect(entry!.rules.every(({ passed }) => passed)).toBe(true);

      await box.statements(session.statements);
      const again = viewing({
        person,
        lessonId: 'short',
        length: 20,
        to: 20,
        registration: session.registration,
        mono: 500,
      });
      await box.statements(again.statements);
      // Nor does a registration that the box has made up.
      await box.statements(viewing({ person, lessonId: 'short', length: 20, to: 20, mono: 900 }).statements);
      expect(await county.ledger(`?person=${person}`)).toEqual([entry]);

      const study = await box.study(person);
      expect(study.total).toEqual({ seconds: 19.98, hours: 0.01 });
      expect(study).toMatchObject({ role: 'villager', target: null, entries: [entry] });
      expect(study.lessons.map(({ status }) => status).sort()).toEqual(['credited', 'not-counted']);
      const credited = study.lessons.find(({ status }) => status === 'credited');
      expect(credited).toMatchObject({ segments: '0[.]19.98', coverage: 1, length: 20 });
      expect(credited!.reasons.find(({ rule }) => rule === 'once')).toMatchObject({
        passed: false,
        figure: 20,
      });
      expect(await differences()).toEqual([]);
    });

    test('a seek to the end earns nothing, and the study says why', async () => {
      const box = await newBox(service.url);
      const { person } = box;
      const session = viewing({ person, lessonId: 'short', length: 20, from: 18, to: 20 });
      await box.statements(session.statements);
      expect(await county.ledger(`?person=${person}`)).toEqual([]);
      const [lesson] = (await box.study(person)).lessons;
      expect(lesson).toMatchObject({ status: 'in-progress', playedSeconds: 2, coverage: 0.1 });
      expect(lesson!.reasons.find(({ rule }) => rule === 'coverage')).toMatchObject({
        passed: false,
        limit: 0.9,
      });
    });

    test('a completed statement is only a claim', async () => {
      const box = await newBox(service.url);
      const { person } = box;
      const session = viewing({ person, lessonId: 'long', length: 600, to: 600 });
      const inASecond = (statement: object) =>
        JSON.parse(
          JSON.stringify(statement).replace(/"monotonicMs":\d+/, '"monotonicMs":100000'),
        ) as typeof session.initialized;
      await box.statements(session.statements.map(inASecond));
      expect(await county.ledger(`?person=${person}`)).toEqual([]);
      const [lesson] = (await box.study(person)).lessons;
      expect(lesson).toMatchObject({ status: 'not-counted' });
      expect(lesson!.reasons.find(({ rule }) => rule === 'wall-clock')?.passed).toBe(false);
    });

    test('checkpoints are counted once, in any order, before the session’s beginning too', async () => {
      const box = await newBox(service.url);
      const { person } = box;
      const session = viewing({ person, lessonId: 'duty', length: 600, to: 600 });
      const shuffled = [...session.checkpoints].reverse();
      expect((await box.checkpoints(shuffled.slice(0, 10))).body.results.map(({ status }) => status)).toEqual(
        Array(10).fill('stored'),
      );
      expect((await box.checkpoints(shuffled)).body.results.map(({ status }) => status)).toEqual([
        ...(Array(10).fill('duplicate') as string[]),
        ...(Array(9).fill('stored') as string[]),
      ]);
      const conflicting = { ...session.checkpoints[0]!, segments: '0[.]31' };
      const backward = { ...session.checkpoints[0]!, seq: 99, segments: '9[.]3' };
      const results = (await box.checkpoints([conflicting, backward])).body.results;
      expect(results.map(({ status, code }) => [status, code])).toEqual([
        ['rejected', 'checkpoint-conflict'],
        ['rejected', 'invalid-segments'],
      ]);
      await box.statements([...session.closing].reverse());
      await box.statements([...session.completed, session.initialized]);
      expect(await county.ledger(`?person=${person}`)).toMatchObject([
        // Ten minutes from before the box was known.
        { creditedSeconds: 600, kind: 'duty', evidence: 'C' },
      ]);
      expect((await box.study(person)).duty).toEqual({ seconds: 600, hours: 0.22 });
      expect(await differences()).toEqual([]);
    });

    test('a viewing cut by a power cut adds up; both orders of arrival give the same', async () => {
      const totals = [];
      for (const order of [0, 1]) {
        const box = await newBox(service.url);
        const { person } = box;
        const first = viewing({
          person,
          lessonId: 'long',
          length: 600,
          to: 320,
          startedAt: Date.now() - 3_600_000,
        });
        const second = viewing({
          person,
          lessonId: 'long',
          length: 600,
          from: 295,
          to: 590,
          registration: first.registration,
          bootId: 'boot-2',
          mono: 4,
        });
        for (const session of order === 0 ? [first, second] : [second, first]) {
          await box.statements(session.statements);
          await box.checkpoints(session.checkpoints);
        }
        totals.push((await county.ledger(`?person=${person}`)).map(({ creditedSeconds }) => creditedSeconds));
      }
      expect(totals).toEqual([[590], [590]]);
    });

    test('a session that is never closed is credited after a long silence, and what comes later is added', async () => {
      const box = await newBox(service.url);
      const { person } = box;
      const session = viewing({ person, lessonId: 'long', length: 600, to: 600 });
      await box.statements([session.initialized, ...session.completed]);
      expect(await county.ledger(`?person=${person}`)).toEqual([]);
      const parts = { db: inside.db, writes: new WriteQueue(inside.db, inside.dialect), content };
      await settleQuietSessions(parts, Date.now());
      expect(await county.ledger(`?person=${person}`)).toEqual([]);
      await settleQuietSessions(parts, Date.now() + 7 * 3_600_000);
      const [entry] = await county.ledger(`?person=${person}`);
      expect(entry).toMatchObject({ creditedSeconds: 540, corrects: null });

      await box.statements(session.closing);
      const entries = await county.ledger(`?person=${person}`);
      expect(entries).toMatchObject([{ creditedSeconds: 540 }, { creditedSeconds: 60, corrects: entry!.id }]);
      expect((await box.study(person)).total.seconds).toBe(600);
      expect(await differences()).toEqual([]);
    });

    test('a lesson the catalogue does not know is judged as the box describes it', async () => {
      const box = await newBox(service.url);
      await box.statements(viewing({ person: box.person, lessonId: 'gone', length: 100, to: 95 }).statements);
      expect(await county.ledger(`?person=${box.person}`)).toMatchObject([
        { lessonId: 'gone', creditedSeconds: 95 },
      ]);
    });

    test('the day’s cap holds over lessons', async () => {
      const box = await newBox(service.url);
      const { person } = box;
      // Two days ago from seven o'clock in the county, one after the other, so that all is one day.
      const seven = Math.floor(Date.now() / 86_400_000 - 2) * 86_400_000 - 3_600_000;
      for (let index = 0; index < 7; index += 1) {
        const length = 3600;
        const startedAt = seven + index * length * 1000;
        const session = { person, lessonId: `talk-${index}`, length, to: length, startedAt };
        await box.statements(viewing({ ...session, mono: index * length }).statements);
      }
      const entries = await county.ledger(`?person=${person}`);
      expect(entries.map(({ creditedSeconds }) => creditedSeconds)).toEqual(Array(6).fill(3600));
      const last = (await box.study(person)).lessons.find(({ lessonId }) => lessonId === 'talk-6');
      expect(last).toMatchObject({ status: 'not-counted' });
      expect(last!.reasons.find(({ rule }) => rule === 'day-cap')).toMatchObject({
        passed: false,
        limit: 21600,
      });
      expect(await differences()).toEqual([]);
    });

    test('the same statements sent by many at once are stored and credited once', async () => {
      const box = await newBox(service.url);
      const session = viewing({ person: box.person, lessonId: 'short', length: 20, to: 20 });
      const answers = await Promise.all(Array.from({ length: 12 }, () => box.statements(session.statements)));
      expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200));
      expect(await box.list()).toHaveLength(4);
      expect(await county.ledger(`?person=${box.person}`)).toHaveLength(1);
    });

    test('the ledger refuses to be changed', async () => {
      expect(await county.ledger()).not.toEqual([]);
      await expect(inside.db.updateTable('ledger').set({ credited_seconds: 9e9 }).execute()).rejects.toThrow(
        'append-only',
      );
      await expect(inside.db.deleteFrom('ledger').execute()).rejects.toThrow('append-only');
    });

    test('recomputing notices what the sources do not bear out', async () => {
      const person = `v-${v4()}`;
      const [sample] = await inside.db.selectFrom('ledger').selectAll().limit(1).execute();
      const forged = { ...sample!, seq: sample!.seq + 1_000_000, id: v4(), person };
      await inside.db.insertInto('ledger').values(forged).execute();
      expect(await differences()).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ person, field: 'credited_seconds', recomputed: null }),
        ]),
      );
    });

    test('the ledger is read in pages', async () => {
      const all = await county.ledger();
      const seen: string[] = [];
      let more = '/api/v1/ledger?limit=3';
      while (more !== '') {
        const { body } = await county.get<{ entries: { id: string }[]; more: string }>(more);
        seen.push(...body.entries.map(({ id }) => id));
        more = body.more;
      }
      expect(seen).toEqual(all.map(({ id }) => id));
      expect(await county.ledger(`?since=${encodeURIComponent('2099-01-01T00:00:00Z')}`)).toEqual([]);
      expect((await county.get('/api/v1/ledger?since=yesterday')).status).toBe(400);
    });
  });

  test('a lesson whose length the county corrects is judged anew, credited ones stay', async () => {
    const box = await newBox(service.url);
    const { person } = box;
    writeJson(manifests.path, 'lessons/fixed.json', {
      id: 'fixed',
      title: 'x',
      length: 100,
      media: { hls: 'a.m3u8' },
    });
    const credited = viewing({ person, lessonId: 'fixed', length: 100, to: 95 });
    await expect.poll(async () => (await content.current()).lessons.get('fixed')?.length).toBe(100);
    await expect
      .poll(async () => JSON.stringify((await county.get('/catalogue/catalogue.json')).body))
      .toContain('fixed');
    await box.statements(credited.statements);
    writeJson(manifests.path, 'lessons/fixed.json', {
      id: 'fixed',
      title: 'x',
      length: 200,
      media: { hls: 'a.m3u8' },
    });
    await expect
      .poll(async () => (await content.current()).lessons.get('fixed')?.length, { timeout: 5000 })
      .toBe(200);
    await expect
      .poll(async () => JSON.stringify((await county.get('/catalogue/catalogue.json')).body), {
        timeout: 5000,
      })
      .toContain('"length":200');
    await box.statements(
      viewing({
        person,
        lessonId: 'fixed',
        length: 200,
        to: 200,
        registration: credited.registration,
        mono: 900,
        startedAt: Date.now(),
      }).statements,
    );
    expect(await county.ledger(`?person=${person}`)).toMatchObject([{ creditedSeconds: 95 }]);
    expect((await differences()).filter((difference) => difference.person === person)).toEqual([]);
  });
}
