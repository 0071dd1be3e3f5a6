import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { v4 } from 'uuid';
import { openDatabase, type OpenDatabase } from '../../src/service/db/open-database.ts';
import { startService, type Service } from '../../src/service/service.ts';
import {
  Client,
  homePage,
  integration,
  newBox,
  temporaryFolder,
  viewing,
  writeContent,
  type Answer,
} from './service-kit.ts';

/** The binding of boxes, their tokens, the roster and repeated requests, on two processes with one database. */
export function accessContract(database: () => string | undefined): void {
  const data = temporaryFolder();
  const manifests = temporaryFolder();
  /** Added to the clock of both services, milliseconds. */
  let later = 0;
  let service: Service;
  /** A second process of the service on the same database. */
  let twin: Service;
  let county: Client;
  let inside: OpenDatabase;

  beforeAll(async () => {
    writeContent(manifests.path);
    const options = {
      port: 0,
      host: '127.0.0.1',
      data: data.path,
      manifests: manifests.path,
      databaseUrl: database(),
      integration,
      logLevel: 'error',
      now: () => Date.now() + later,
    };
    service = await startService(options);
    twin = await startService(options);
    county = new Client(service.url);
    inside = await openDatabase({ url: database(), folder: data.path }, () => undefined);
    for (const [path, body] of [
      ['villages/v1', { name: '柳树村' }],
      ['branches/b1', { name: '第一支部', village: 'v1' }],
      ['homes/h1', { name: '王家', village: 'v1' }],
      ['homes/h2', { name: '李家', village: 'v1' }],
      ['rooms/r1', { name: '活动室', village: 'v1', branch: 'b1' }],
      ['people/wang-1', { name: '王一', role: 'party-member', branch: 'b1', home: 'h1' }],
      ['people/wang-2', { name: '王二', role: 'villager', home: 'h1' }],
      ['people/li-1', { name: '李一', role: 'branch-secretary', branch: 'b1', home: 'h2' }],
    ] as const)
      expect((await county.call('PUT', `/api/v1/${path}`, body)).status).toBe(201);
  });

  afterAll(async () => {
    await inside?.db.destroy();
    await service?.close();
    await twin?.close();
    data.remove();
    manifests.remove();
  });

  interface Tokens {
    access_token: string;
    refresh_token: string;
    expires_in: number;
    token_type: string;
  }
  type OAuthAnswer<Body> = Answer<Body & { error?: string; code?: string }>;

  async function oauth<Body = Tokens>(
    box: { authorization: string },
    path: string,
    form: Record<string, string> = {},
    url = service.url,
  ): Promise<OAuthAnswer<Body>> {
    const [id, key] = box.authorization.replace('Bearer ', '').split('.');
    const client = new Client(url, `Basic ${Buffer.from(`${id}:${key}`).toString('base64')}`);
    return client.call('POST', `/oauth/${path}`, new URLSearchParams(form).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });
  }
  const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
  const cardGrant = 'urn:field-classroom:grant-type:binding-card';

  interface Started {
    device_code: string;
    user_code: string;
    verification_uri: string;
    verification_uri_complete: string;
    expires_in: number;
    interval: number;
  }
  type Box = Awaited<ReturnType<typeof newBox>>;
  const start = (box: Box) => oauth<Started>(box, 'device_authorization');
  const poll = (box: Box, { device_code }: Started, url?: string) =>
    oauth(box, 'token', { grant_type: deviceGrant, device_code }, url);
  const refresh = (box: Box, { refresh_token }: Tokens, url?: string) =>
    oauth(box, 'token', { grant_type: 'refresh_token', refresh_token }, url);
  const confirm = (userCode: string, place: object) =>
    county.post<{ state: string; code: string; place: { village: { name: string } } }>(
      '/api/v1/device-authorizations/confirm',
      { userCode, ...place },
    );
  const withToken = ({ access_token }: Tokens, url = service.url) =>
    new Client(url, `Bearer ${access_token}`);
  const use = async (tokens: Tokens, url?: string) =>
    (await withToken(tokens, url).get('/api/v1/boxes/self')).status;

  async function bound(place: object): Promise<{ box: Box; tokens: Tokens }> {
    const box = await newBox(service.url);
    const { body: started } = await start(box);
    expect((await confirm(started.user_code, place)).status).toBe(200);
    const { status, body: tokens } = await poll(box, started);
    expect(status).toBe(200);
    return { box, tokens };
  }

  async function atTime<T>(milliseconds: number, act: () => Promise<T>): Promise<T> {
    later += milliseconds;
    try {
      return await act();
    } finally {
      later -= milliseconds;
    }
  }

  describe('binding by a phone (RFC 8628)', () => {
    test('code, look-up, confirmation, tokens', async () => {
      const box = await newBox(service.url);
      const { status, headers, body: started } = await start(box);
      expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(started).toEqual({
        device_code: expect.stringMatching(/^[\w-]{43}$/) as string,
        user_code: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/) as string,
        verification_uri: `${service.url}/bind`,
        verification_uri_complete: `${service.url}/bind?code=${started.user_code}`,
        expires_in: 600,
        interval: 5,
      });
      const waiting = await poll(box, started);
      expect([waiting.status, waiting.body.error]).toEqual([400, 'authorization_pending']);
      expect((await poll(box, started)).body.error).toBe('slow_down');

      const typed = started.user_code.toLowerCase().replace('-', ' ');
      const seen = await county.post('/api/v1/device-authorizations/look-up', {
        userCode: typed,
        home: 'h1',
      });
      expect([seen.status, seen.body]).toMatchObject([
        200,
        {
          boxId: box.boxId,
          state: 'unbound',
          wanted: { kind: 'home', village: { name: '柳树村' } },
          triesLeft: 5,
        },
      ]);
      expect((await confirm(typed, { home: 'nowhere' })).body.code).toBe('no-such-place');
      expect((await confirm(typed, { home: 'h1', room: 'r1' })).status).toBe(400);
      expect((await confirm(typed, { home: 'h1' })).body).toMatchObject({ state: 'home' });
      // Asked too soon before, so the interval is ten seconds now.
      const granted = await atTime(11_000, () => poll(box, started));
      expect([granted.status, granted.headers.get('cache-control'), granted.body]).toMatchObject([
        200,
        'no-store',
        { token_type: 'Bearer', expires_in: 3600 },
      ]);
      const self = await withToken(granted.body).get('/api/v1/boxes/self');
      expect(self.body).toMatchObject({ boxId: box.boxId, state: 'home', place: { id: 'h1', name: '王家' } });
      expect((await box.get('/api/v1/boxes/self')).body).toMatchObject({ state: 'home' });
      const rows = JSON.stringify(await inside.db.selectFrom('token_pairs').selectAll().execute());
      expect(rows).not.toContain(granted.body.access_token);
      expect(rows).not.toContain(granted.body.refresh_token);
    });

    test('only the box itself can begin, ask and refresh', async () => {
      const { box, tokens } = await bound({ home: 'h1' });
      const stranger = await newBox(service.url);
      const forged = Object.assign(new Client(service.url, `${box.authorization.slice(0, -2)}xx`), {
        person: box.person,
        boxId: box.boxId,
      });
      const refused = await start(forged);
      expect([refused.status, refused.body.error]).toEqual([401, 'invalid_client']);
      expect(refused.headers.get('www-authenticate')).toMatch(/^Basic /);
      const { body: started } = await start(box);
      expect((await poll(stranger, started)).body.error).toBe('invalid_grant');
      expect((await refresh(stranger, tokens)).body.error).toBe('invalid_grant');
      expect((await refresh(forged, tokens)).body.error).toBe('invalid_client');
      expect(await use(tokens)).toBe(200);
    });

    test('the key may be in the form instead; twice anything is refused', async () => {
      const box = await newBox(service.url);
      const [client_id = '', client_secret = ''] = box.authorization.replace('Bearer ', '').split('.');
      const send = (form: string, authorization?: string) =>
        fetch(`${service.url}/oauth/device_authorization`, {
          method: 'POST',
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            ...(authorization ? { authorization } : {}),
          },
          body: form,
        });
      const form = new URLSearchParams({ client_id, client_secret }).toString();
      expect((await send(form)).status).toBe(200);
      const basic = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`;
      for (const answer of [
        await send(form, basic),
        await send(`${form}&client_id=${client_id}`),
        await send('client_id=other', basic),
        await send(form, box.authorization),
      ])
        expect([answer.status, ((await answer.json()) as { error: string }).error]).toEqual([
          400,
          'invalid_request',
        ]);
    });

    test('refused, expired, and dead after five wrong guesses', async () => {
      const denied = await newBox(service.url);
      const { body: first } = await start(denied);
      const deny = await county.post('/api/v1/device-authorizations/deny', { userCode: first.user_code });
      expect(deny.status).toBe(200);
      expect((await poll(denied, first)).body.error).toBe('access_denied');
      expect((await confirm(first.user_code, { home: 'h1' })).body.code).toBe('no-such-code');

      const late = await newBox(service.url);
      const { body: second } = await start(late);
      await atTime(601_000, async () => {
        expect((await confirm(second.user_code, { home: 'h1' })).body.code).toBe('no-such-code');
        expect((await poll(late, second)).body.error).toBe('expired_token');
      });

      const guessed = await newBox(service.url);
      const { body: third } = await start(guessed);
      const last = third.user_code.slice(-1);
      const wrong = third.user_code.slice(0, -1) + (last === 'B' ? 'C' : 'B');
      for (let guess = 0; guess < 5; guess += 1)
        expect((await confirm(wrong, { home: 'h1' })).body.code).toBe('no-such-code');
      expect((await confirm(third.user_code, { home: 'h1' })).body.code).toBe('no-such-code');
      expect((await poll(guessed, third)).body.error).toBe('access_denied');
      expect((await guessed.get('/api/v1/boxes/self')).body).toMatchObject({ state: 'unbound' });
    });
  });

  describe('binding by a card', () => {
    interface Card {
      number: string;
      expiresAt: string;
    }
    const issue = async (place: object) => (await county.post<Card>('/api/v1/binding-cards', place)).body;
    const redeem = (box: Box, card: string) => oauth(box, 'token', { grant_type: cardGrant, card });

    test('one box, once; again only while it has not used what it was given', async () => {
      const { number } = await issue({ room: 'r1' });
      expect(number).toMatch(/^\d{4}-\d{4}-\d{4}$/);
      const box = await newBox(service.url);
      const lost = await redeem(box, number);
      const heard = await redeem(box, number.replaceAll('-', ''));
      expect([lost.status, heard.status]).toEqual([200, 200]);
      expect(await use(heard.body)).toBe(200);
      expect((await redeem(box, number)).body.error).toBe('invalid_grant');
      expect((await redeem(await newBox(service.url), number)).body.error).toBe('invalid_grant');
      expect((await box.get('/api/v1/boxes/self')).body).toMatchObject({
        state: 'room',
        place: { id: 'r1' },
      });
      // The twin that was never used is no way in any more.
      expect(await use(lost.body)).toBe(401);
    });

    test('another box cannot take a card that is taken; wrong numbers kill a card; it expires', async () => {
      const taken = await issue({ home: 'h1' });
      await redeem(await newBox(service.url), taken.number);
      expect((await redeem(await newBox(service.url), taken.number)).body.error).toBe('invalid_grant');

      const guessed = await issue({ home: 'h1' });
      const box = await newBox(service.url);
      const last = guessed.number.slice(-1);
      for (let guess = 0; guess < 5; guess += 1)
        await redeem(box, guessed.number.slice(0, -1) + (last === '1' ? '2' : '1'));
      expect((await redeem(box, guessed.number)).body.error).toBe('invalid_grant');

      const old = await issue({ home: 'h1', days: 1 });
      await atTime(86_400_000, async () => {
        expect((await redeem(box, old.number)).body.error).toBe('invalid_grant');
      });
      const nowhere = await county.post('/api/v1/binding-cards', { home: 'nowhere' });
      expect([nowhere.status, nowhere.body.code]).toEqual([422, 'no-such-place']);
    });
  });

  describe('tokens', () => {
    test('rotate; the old refresh token is good until the new pair is used, by either token', async () => {
      for (const firstUse of ['access', 'refresh'] as const) {
        const { box, tokens: first } = await bound({ home: 'h1' });
        expect(await use(first)).toBe(200);
        // The power goes out before the answer is heard, twice; the box asks another process next time.
        const lost = (await refresh(box, first)).body;
        const second = (await refresh(box, first, twin.url)).body;
        expect(await use(first, twin.url)).toBe(200);
        if (firstUse === 'access') expect(await use(second, twin.url)).toBe(200);
        else expect((await refresh(box, second)).status).toBe(200);
        expect((await refresh(box, lost)).body.error).toBe('invalid_grant');
        expect(await use(lost)).toBe(401);
        expect(await use(second)).toBe(200);
        // A request that was under way with the access token before it.
        expect(await use(first)).toBe(200);
      }
    });

    test('a superseded refresh token is a copy: the whole family ends', async () => {
      const { box, tokens: first } = await bound({ home: 'h1' });
      await use(first);
      const { body: second } = await refresh(box, first);
      await use(second);
      const copied = await refresh(box, first, twin.url);
      expect([copied.status, copied.body.error]).toEqual([400, 'invalid_grant']);
      expect(await use(second)).toBe(401);
      expect((await refresh(box, second)).body.error).toBe('invalid_grant');
      // Its key still opens the door for its own default viewer.
      expect((await box.get('/api/v1/boxes/self')).status).toBe(200);
    });

    test('a power cut at any moment never signs a box out', async () => {
      const { box, tokens } = await bound({ home: 'h1' });
      let kept = tokens;
      // What is cut short: nothing, the answer to the refresh, the first use of what it gave.
      for (const cut of ['none', 'answer', 'answer', 'use', 'none', 'use', 'answer'] as const) {
        const { status, body } = await refresh(box, kept, cut === 'use' ? twin.url : service.url);
        expect(status).toBe(200);
        if (cut !== 'answer') kept = body;
        if (cut === 'none') expect(await use(kept)).toBe(200);
      }
      expect(await use((await refresh(box, kept)).body)).toBe(200);
    });

    test('an access token lives an hour, a refresh token 90 days', async () => {
      const { box, tokens } = await bound({ home: 'h1' });
      expect(await use(tokens)).toBe(200);
      await atTime(3_601_000, async () => {
        expect(await use(tokens)).toBe(401);
        const { headers } = await withToken(tokens).get('/api/v1/boxes/self');
        expect(headers.get('www-authenticate')).toContain('error="invalid_token"');
      });
      await atTime(90 * 86_400_000 + 1000, async () => {
        expect((await refresh(box, tokens)).body.error).toBe('invalid_grant');
      });
      await atTime(90 * 86_400_000 - 60_000, async () => {
        expect(await use((await refresh(box, tokens)).body)).toBe(200);
      });
    });

    test('unbinding and binding elsewhere end all tokens', async () => {
      const { box, tokens } = await bound({ home: 'h1' });
      const moved = (await start(box)).body;
      await confirm(moved.user_code, { home: 'h2' });
      expect(await use(tokens)).toBe(401);
      const there = (await poll(box, moved)).body;
      expect(await use(there)).toBe(200);
      const gone = await county.call('DELETE', `/api/v1/boxes/${box.boxId}/binding`);
      expect(gone.status).toBe(204);
      expect(await use(there, twin.url)).toBe(401);
      expect((await refresh(box, there)).body.error).toBe('invalid_grant');
      const state = await county.get(`/api/v1/boxes/${box.boxId}`);
      expect(state.body).toEqual({ boxId: box.boxId, state: 'unbound', place: null });
    });

    test('what is none is refused', async () => {
      const { box } = await bound({ home: 'h1' });
      for (const [form, error] of [
        [{}, 'invalid_request'],
        [{ grant_type: 'password' }, 'unsupported_grant_type'],
        [{ grant_type: deviceGrant }, 'invalid_request'],
        [{ grant_type: 'refresh_token', refresh_token: 'x' }, 'invalid_grant'],
        [{ grant_type: 'refresh_token', refresh_token: `${v4()}.1.${'a'.repeat(43)}` }, 'invalid_grant'],
        [{ grant_type: cardGrant, card: 'abc' }, 'invalid_grant'],
      ] as const) {
        const { status, body } = await oauth(box, 'token', form as Record<string, string>);
        expect([status, body.error]).toEqual([400, error]);
      }
    });
  });

  describe('a bound box', () => {
    test('acts for the people of its home with its token, for its default viewer with its key', async () => {
      const { box, tokens } = await bound({ home: 'h1' });
      const home = withToken(tokens);
      const said = (person: string) => viewing({ person, lessonId: 'short', length: 20, to: 20 }).statements;
      expect((await home.statements(said('wang-1'))).status).toBe(200);
      expect((await home.statements(said(box.person))).status).toBe(200);
      expect((await home.get('/api/v1/people/wang-2/study')).status).toBe(200);
      expect((await home.statements(said('li-1'))).body.code).toBe('foreign-person');
      expect((await home.get('/api/v1/people/li-1/study')).body.code).toBe('foreign-person');
      expect((await box.statements(said('wang-1'))).body.code).toBe('foreign-person');
      const actor = (name: string) =>
        encodeURIComponent(JSON.stringify({ account: { homePage: `${homePage}/people`, name } }));
      expect((await home.get(`/xapi/statements?agent=${actor('wang-1')}`)).status).toBe(200);
      expect((await home.get(`/xapi/statements?agent=${actor('li-1')}`)).status).toBe(403);
    });

    test('in a room is nobody but its default viewer', async () => {
      const { box, tokens } = await bound({ room: 'r1' });
      const room = withToken(tokens);
      expect((await room.get(`/api/v1/people/${box.person}/study`)).status).toBe(200);
      expect((await room.get('/api/v1/people/wang-1/study')).status).toBe(403);
    });
  });

  describe('the roster', () => {
    test('is written under ids, whole, again without harm, and read back', async () => {
      const person = { name: '赵六', role: 'villager', home: 'h2' };
      const put = (body: object, id = 'zhao-6') => county.call<object>('PUT', `/api/v1/people/${id}`, body);
      expect((await put(person)).status).toBe(201);
      const { status, body } = await put(person);
      expect([status, body]).toEqual([200, { id: 'zhao-6', ...person, branch: null }]);
      expect((await put({ name: '赵六', role: 'party-member', branch: 'b1' })).body).toMatchObject({
        role: 'party-member',
        home: null,
      });
      expect((await county.get('/api/v1/people/zhao-6')).body).toMatchObject({ branch: 'b1' });
      const page = await county.get<{ people: { id: string }[]; more: string }>('/api/v1/people?limit=2');
      expect(page.body.people.map(({ id }) => id)).toEqual(['li-1', 'wang-1']);
      const next = await county.get<{ people: { id: string }[] }>(page.body.more);
      expect(next.body.people.map(({ id }) => id)).toEqual(['wang-2', 'zhao-6']);
    });

    test('refuses what points nowhere and roles the policy does not know', async () => {
      const put = (path: string, body: object) =>
        county.call<{ code: string }>('PUT', `/api/v1/${path}`, body);
      expect((await put('homes/h9', { name: '空', village: 'v9' })).body.code).toBe('no-such-reference');
      expect((await put('people/x-1', { name: '某', role: 'villager', home: 'h9' })).status).toBe(422);
      expect((await put('people/x-1', { name: '某', role: 'king' })).body.code).toBe('unknown-role');
      expect((await put('people/x-1', { role: 'villager' })).status).toBe(400);
      expect((await county.get('/api/v1/people/x-1')).body.code).toBe('not-in-roster');
    });

    test("gives a person's year its role and yearly target", async () => {
      expect(await county.study('wang-1')).toMatchObject({ role: 'party-member', target: { hours: 32 } });
      expect(await county.study('li-1')).toMatchObject({ role: 'branch-secretary', target: { hours: 56 } });
      expect(await county.study('nobody')).toMatchObject({ role: 'villager', target: null });
    });
  });

  describe('Idempotency-Key', () => {
    const issue = (key: string, body: object, url = service.url, authorization?: string) =>
      new Client(url, authorization).call<{ number: string; code: string }>(
        'POST',
        '/api/v1/binding-cards',
        body,
        { 'idempotency-key': key },
      );

    test('the same request again has the same answer, from another process too', async () => {
      const key = `"${v4()}"`;
      const first = await issue(key, { home: 'h1' });
      const again = await issue(key, { home: 'h1' }, twin.url);
      expect([again.status, again.body]).toEqual([201, first.body]);
      expect((await issue(`"${v4()}"`, { home: 'h1' })).body.number).not.toBe(first.body.number);
      const kept = JSON.stringify(await inside.db.selectFrom('idempotency_keys').selectAll().execute());
      expect(kept).not.toContain(first.body.number);
      expect(kept).not.toContain(key.slice(1, -1));
    });

    test('the same key with another request is refused; after a day it is forgotten', async () => {
      const key = `"${v4()}"`;
      const { body: first } = await issue(key, { home: 'h1' });
      const other = await issue(key, { home: 'h2' });
      expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
      const next = await atTime(86_401_000, () => issue(key, { home: 'h2' }));
      expect(next.status).toBe(201);
      expect(next.body.number).not.toBe(first.number);
    });

    test('many at once: done once, the others hear that, or that it is under way', async () => {
      const key = `"${v4()}"`;
      const before = await inside.db.selectFrom('binding_cards').select('prefix').execute();
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          issue(key, { home: 'h1' }, index % 2 ? twin.url : service.url),
        ),
      );
      const after = await inside.db.selectFrom('binding_cards').select('prefix').execute();
      expect(after.length).toBe(before.length + 1);
      const numbers = answers.flatMap(({ status, body }) => (status === 201 ? [body.number] : []));
      expect(new Set(numbers).size).toBe(1);
      for (const { status, body } of answers)
        if (status !== 201) expect([status, body.code]).toEqual([409, 'request-under-way']);
    });

    test('what was refused may be tried again; what is no key is refused', async () => {
      const key = `"${v4()}"`;
      expect((await issue(key, { home: 'h7' })).status).toBe(422);
      await county.call('PUT', '/api/v1/homes/h7', { name: '新家', village: 'v1' });
      expect((await issue(key, { home: 'h7' })).status).toBe(201);
      for (const bad of ['""', '"a', '"a", "b"', `"${'x'.repeat(300)}"`, 'a b'])
        expect((await issue(bad, { home: 'h1' })).body.code).toBe('invalid-idempotency-key');
    });

    test('a request whose process died is done after all', async () => {
      const key = v4();
      await issue(key, { home: 'h1' });
      await inside.db
        .updateTable('idempotency_keys')
        .set({ answer: null, owner: 'dead' })
        .where('answer', 'is not', null)
        .execute();
      expect((await issue(key, { home: 'h1' })).body.code).toBe('request-under-way');
      expect((await atTime(121_000, () => issue(key, { home: 'h1' }))).status).toBe(201);
    });
  });
}
