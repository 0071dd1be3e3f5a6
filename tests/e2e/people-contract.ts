import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, type OpenDatabase } from '../../src/service/db/open-database.ts';
import { startService, type Service } from '../../src/service/service.ts';
import { Client, integration, newBox, temporaryFolder, writeContent } from './service-kit.ts';

type Box = Awaited<ReturnType<typeof newBox>>;

interface Place {
  kind: string;
  id: string;
  name: string;
  village: { id: string; name: string };
}

/** Boxes bound from a phone page, what a bound box is told, PINs and their locks. */
export function peopleContract(database: () => string | undefined): void {
  const data = temporaryFolder();
  const manifests = temporaryFolder();
  /** Added to the service's clock, milliseconds. */
  let later = 0;
  let service: Service;
  let county: Client;
  let nobody: Client;
  let inside: OpenDatabase;

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
      now: () => Date.now() + later,
    });
    county = new Client(service.url);
    nobody = new Client(service.url, '');
    inside = await openDatabase({ url: database(), folder: data.path }, () => undefined);
    const { status } = await county.call(
      'POST',
      '/api/v1/roster/import',
      String(readFileSync('samples/roster.csv')),
      {
        'content-type': 'text/csv',
      },
    );
    expect(status).toBe(200);
    expect((await county.call('PUT', '/api/v1/people/100101/pin', { pin: '4711' })).status).toBe(204);
  });
  afterAll(async () => {
    await inside?.db.destroy();
    await service?.close();
    data.remove();
    manifests.remove();
  });

  async function oauth<Body>(box: Box, path: string, form: Record<string, string> = {}): Promise<Body> {
    const basic = Buffer.from(box.authorization.replace('Bearer ', '').replace('.', ':')).toString('base64');
    const client = new Client(service.url, `Basic ${basic}`);
    const answer = await client.call<Body>('POST', `/oauth/${path}`, new URLSearchParams(form).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });
    return answer.body;
  }

  async function start(): Promise<{ box: Box; device_code: string; userCode: string }> {
    const box = await newBox(service.url);
    const started = await oauth<{ device_code: string; user_code: string }>(box, 'device_authorization');
    return { box, device_code: started.device_code, userCode: started.user_code };
  }

  /** The box with the token it gets for its code. */
  async function collect({ box, device_code }: { box: Box; device_code: string }): Promise<Client> {
    const { access_token } = await oauth<{ access_token: string }>(box, 'token', {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code,
    });
    expect(access_token).toBeTruthy();
    return new Client(service.url, `Bearer ${access_token}`);
  }

  const issue = async (place: object) =>
    (await county.post<{ number: string }>('/api/v1/binding-cards', place)).body.number;

  const signIn = (person: string, pin: string) =>
    nobody.post<{ token: string; code: string; detail: string }>('/api/v1/phone/sign-in', { person, pin });

  async function secretary(): Promise<Client> {
    const { status, body } = await signIn('100101', '4711');
    expect(status).toBe(200);
    return new Client(service.url, `Bearer ${body.token}`);
  }

  async function boundTo(place: object): Promise<Client> {
    const waiting = await start();
    const { status } = await nobody.post('/api/v1/phone/bind/confirm', {
      userCode: waiting.userCode,
      card: await issue(place),
    });
    expect(status).toBe(200);
    return collect(waiting);
  }

  describe('binding on the phone page', () => {
    test('by a card: shows box, village and home first, binds once, the card is used up', async () => {
      const waiting = await start();
      const card = await issue({ home: 'h102' });
      const asked = { userCode: waiting.userCode.toLowerCase(), card };
      const look = await nobody.post<{ box: string; wanted: Place; now: null }>(
        '/api/v1/phone/bind/look-up',
        asked,
      );
      expect(look.body).toEqual({
        box: waiting.box.boxId.slice(-4).toUpperCase(),
        wanted: { kind: 'home', id: 'h102', name: '王桂兰家', village: { id: 'zaoyuan', name: '枣园村' } },
        now: null,
      });
      expect((await nobody.post('/api/v1/phone/bind/confirm', asked)).status).toBe(200);
      expect((await nobody.post('/api/v1/phone/bind/confirm', asked)).body.code).toBe('no-such-code');
      await (await collect(waiting)).get('/api/v1/box');
      const other = await start();
      const again = await nobody.post('/api/v1/phone/bind/confirm', { userCode: other.userCode, card });
      expect([again.status, again.body.code]).toEqual([404, 'no-such-card']);
    });

    test('a confirmed box that had no power collects its tokens days later', async () => {
      const waiting = await start();
      await nobody.post('/api/v1/phone/bind/confirm', {
        userCode: waiting.userCode,
        card: await issue({ home: 'h103' }),
      });
      later += 3 * 86_400_000;
      const { body } = await (await collect(waiting)).get<{ state: string }>('/api/v1/box');
      expect(body.state).toBe('home');
    });

    test('five wrong cards of one beginning are the end of it', async () => {
      const { userCode } = await start();
      const card = (await issue({ home: 'h104' })).replace(/-/g, '');
      const wrong = card.slice(0, 6) + String((Number(card.slice(6)) + 1) % 1_000_000).padStart(6, '0');
      for (let i = 0; i < 5; i += 1)
        expect((await nobody.post('/api/v1/phone/bind/look-up', { userCode, card: wrong })).status).toBe(404);
      expect((await nobody.post('/api/v1/phone/bind/confirm', { userCode, card })).body.code).toBe(
        'no-such-card',
      );
    });

    test('by the branch secretary: rooms and homes of the own village, and no other', async () => {
      const phone = await secretary();
      const { body } = await phone.get<{ places: Place[] }>('/api/v1/phone/places');
      expect(body.places.map(({ id }) => id)).toEqual([
        'zaoyuan-room',
        ...['h101', 'h102', 'h103', 'h104', 'h105', 'h106', 'h107', 'h108'],
      ]);
      const waiting = await start();
      const { userCode } = waiting;
      const foreign = await phone.post('/api/v1/phone/bind/confirm', { userCode, room: 'liuhe-room' });
      expect([foreign.status, foreign.body.code]).toEqual([403, 'foreign-place']);
      expect((await phone.post('/api/v1/phone/bind/confirm', { userCode })).body.code).toBe('one-place');
      const done = await phone.post<{ place: Place }>('/api/v1/phone/bind/confirm', {
        userCode,
        room: 'zaoyuan-room',
      });
      expect(done.body.place.name).toBe('枣园村活动室');
      const bound = await inside.db
        .selectFrom('bindings')
        .select(['room', 'bound_by'])
        .where('box_id', '=', waiting.box.boxId)
        .executeTakeFirst();
      expect(bound).toEqual({ room: 'zaoyuan-room', bound_by: 'person:100101' });
    });

    test('nobody else: not unsigned, not a member, not after half an hour, not after a new PIN', async () => {
      const { userCode } = await start();
      const bind = (client: Client) =>
        client.post('/api/v1/phone/bind/confirm', { userCode, room: 'zaoyuan-room' });
      expect((await bind(nobody)).body.code).toBe('signed-out');
      await county.call('PUT', '/api/v1/people/100102/pin', { pin: '2468' });
      const member = new Client(service.url, `Bearer ${(await signIn('100102', '2468')).body.token}`);
      expect((await bind(member)).body.code).toBe('not-secretary');
      const phone = await secretary();
      await county.call('PUT', '/api/v1/people/100101/pin', { pin: '4711' });
      expect((await bind(phone)).body.code).toBe('signed-out');
      const late = await secretary();
      later += 1_801_000;
      expect((await bind(late)).body.code).toBe('signed-out');
    });
  });

  describe('what a box is told', () => {
    test('unbound, and with its key alone: nothing of anybody', async () => {
      const waiting = await start();
      expect((await waiting.box.get('/api/v1/box')).body).toEqual({ state: 'unbound' });
      await nobody.post('/api/v1/phone/bind/confirm', {
        userCode: waiting.userCode,
        card: await issue({ home: 'h101' }),
      });
      expect((await waiting.box.get('/api/v1/box')).body).toEqual({ state: 'unbound' });
      expect((await nobody.get('/api/v1/box')).status).toBe(401);
    });

    test('in a home: masked names only', async () => {
      const box = await boundTo({ home: 'h102' });
      const { body } = await box.get('/api/v1/box');
      expect(body).toEqual({
        state: 'home',
        home: { id: 'h102', name: '王○○家' },
        village: { id: 'zaoyuan', name: '枣园村' },
        people: [
          { id: '100102', masked: '王○○', role: 'party-member', hasPin: true },
          { id: '100109', masked: '马○○ 09', role: 'party-member', hasPin: false },
          { id: '100117', masked: '马○○ 17', role: 'villager', hasPin: false },
        ],
      });
    });

    test('in a room: the roll of the branch, and nothing else of a person', async () => {
      const box = await boundTo({ room: 'zaoyuan-room' });
      const { body } = await box.get<{ people: object[]; branch: object }>('/api/v1/box');
      expect(body).toMatchObject({
        state: 'room',
        room: { id: 'zaoyuan-room', name: '枣园村活动室' },
        branch: { id: 'zaoyuan-branch', name: '枣园村党支部' },
      });
      expect(body.people).toHaveLength(16);
      expect(body.people[0]).toEqual({ id: '100101', name: '赵○○', role: 'branch-secretary' });
    });

    test('unbound by itself, its tokens end', async () => {
      const box = await boundTo({ home: 'h105' });
      expect((await box.call('DELETE', '/api/v1/box/binding')).status).toBe(204);
      expect((await box.get('/api/v1/box')).status).toBe(401);
    });
  });

  describe('PINs', () => {
    const check = (box: Client, person: string, pin: string) =>
      box.post<{ name: string; code: string; errors: { message: string }[] }>(
        `/api/v1/box/people/${person}/pin-check`,
        { pin },
      );
    const set = (box: Client, person: string, body: object) =>
      box.call<{ code?: string }>('PUT', `/api/v1/box/people/${person}/pin`, body);

    test('a first one is set at home; changing it takes the old one; the right one tells the full name', async () => {
      const box = await boundTo({ home: 'h106' });
      expect((await check(box, '100106', '1234')).body.code).toBe('no-pin');
      expect((await set(box, '100106', { pin: '1234' })).status).toBe(204);
      expect((await set(box, '100106', { pin: '9999' })).body.code).toBe('has-pin');
      expect((await set(box, '100106', { pin: '9999', oldPin: '1111' })).body.code).toBe('wrong-pin');
      expect((await set(box, '100106', { pin: '567890', oldPin: '1234' })).status).toBe(204);
      expect((await check(box, '100106', '567890')).body).toEqual({ name: '刘春来' });
      const row = await inside.db
        .selectFrom('pins')
        .selectAll()
        .where('person', '=', '100106')
        .executeTakeFirstOrThrow();
      expect(row.pin_hash).toMatch(/^\$scrypt\$/);
      expect(JSON.stringify(row)).not.toContain('567890');
    });

    test('five wrong ones lock, longer each time, also for the right one; the wait passes', async () => {
      const box = await boundTo({ home: 'h107' });
      await set(box, '100107', { pin: '1234' });
      const codes: (string | undefined)[] = [];
      for (let i = 0; i < 5; i += 1) codes.push((await check(box, '100107', '0000')).body.code);
      expect(codes).toEqual(['wrong-pin', 'wrong-pin', 'wrong-pin', 'wrong-pin', 'pin-locked']);
      const locked = await check(box, '100107', '1234');
      expect([locked.status, locked.body.code]).toEqual([429, 'pin-locked']);
      expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(55);
      later += 61_000;
      expect((await check(box, '100107', '0000')).headers.get('retry-after')).toBe('120');
      later += 121_000;
      expect((await check(box, '100107', '1234')).status).toBe(200);
      expect((await check(box, '100107', '0000')).body.errors[0]?.message).toBe('4 tries left');
    });

    test('guesses made at one moment are all counted', async () => {
      const box = await boundTo({ home: 'h108' });
      await set(box, '100108', { pin: '1234' });
      later += 60_000;
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) => check(box, '100108', String(2000 + i))),
      );
      expect(answers.filter(({ body }) => body.code === 'wrong-pin')).toHaveLength(4);
      expect(answers.filter(({ body }) => body.code === 'pin-locked')).toHaveLength(16);
    });

    test('a box may not ask about people of other homes, nor about its own guest', async () => {
      const box = await boundTo({ home: 'h106' });
      expect((await check(box, '100101', '4711')).body.code).toBe('foreign-person');
      const key = await newBox(service.url);
      expect((await check(key, key.person, '4711')).body.code).toBe('foreign-person');
    });

    test('a forgotten one is taken away by the county', async () => {
      const box = await boundTo({ home: 'h106' });
      expect((await county.call('DELETE', '/api/v1/people/100106/pin')).status).toBe(204);
      expect((await check(box, '100106', '567890')).body.code).toBe('no-pin');
      expect((await county.call('PUT', '/api/v1/people/none/pin', { pin: '1234' })).status).toBe(404);
      expect((await county.call('PUT', '/api/v1/people/100106/pin', { pin: '12a4' })).status).toBe(400);
    });

    test('signing in does not tell who is there', async () => {
      const unknown = await signIn('999999', '4711');
      const without = await signIn('100110', '4711');
      expect([unknown.status, unknown.body]).toEqual([without.status, without.body]);
    });
  });
}
