import { v4 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkInCode, stepAt } from '../../src/domain/groups/check-in-code.ts';
import type { GroupRecord, PaperRecord } from '../../src/domain/groups/group-record.ts';
import type { AttendanceClaim } from '../../src/domain/groups/group-statements.ts';
import { buildStatement } from '../../src/domain/statements/build-statement.ts';
import { ownExtension, profileIris, verbIris, videoExtensionIris } from '../../src/domain/statements/iris.ts';
import { ContentFolder } from '../../src/service/catalogue/content-folder.ts';
import { defaultPolicy } from '../../src/service/catalogue/default-policy.ts';
import { recompute } from '../../src/service/credit/recompute.ts';
import { openDatabase, type OpenDatabase } from '../../src/service/db/open-database.ts';
import type { MinutesView } from '../../src/service/groups/minutes-view.ts';
import { startService, type Service } from '../../src/service/service.ts';
import {
  Client,
  homePage,
  integration,
  newBox,
  temporaryFolder,
  writeContent,
  type ProblemBody,
} from './service-kit.ts';

const secret = 'ab'.repeat(32);
const evening = Date.parse('2026-11-20T11:00:00.000Z');
/** Names that must never leave the roster but masked. */
const names = ['赵德福', '王桂兰', '孙长河', '李秀英', '欧阳建国'];

/** Studying together, as the service promises it whatever its database. */
export function groupsContract(database: () => string | undefined): void {
  const data = temporaryFolder();
  const manifests = temporaryFolder();
  let clock = evening;
  let service: Service;
  let county: Client;
  let phone: Client;
  let box: Awaited<ReturnType<typeof newBox>>;
  let inside: OpenDatabase;
  let content: ContentFolder;
  const people = names.map((_, index) => `m-${v4().slice(0, 8)}-${index}`);
  const [one, two, three, four] = people as [string, string, string, string];
  const host = people[4]!;

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
      now: () => clock,
    });
    county = new Client(service.url);
    phone = new Client(service.url, '');
    inside = await openDatabase({ url: database(), folder: data.path }, () => undefined);
    content = new ContentFolder(manifests.path, defaultPolicy);
    const put = (path: string, body: object) => county.call('PUT', `/api/v1/${path}`, body);
    await put('villages/zaoyuan', { name: '枣园村' });
    await put('branches/branch-1', { name: '枣园村党支部', village: 'zaoyuan' });
    await put('rooms/room-1', { name: '枣园村活动室', village: 'zaoyuan', branch: 'branch-1' });
    for (const [index, name] of names.entries())
      await put(`people/${people[index]!}`, { name, role: 'party-member', branch: 'branch-1' });
    box = await newBox(service.url);
    await bind(box.boxId);
  });

  afterAll(async () => {
    await inside?.db.destroy();
    await service?.close();
    data.remove();
    manifests.remove();
  });

  const bind = (boxId: string) =>
    inside.db
      .insertInto('bindings')
      .values({ box_id: boxId, home: null, room: 'room-1', bound_at: clock, bound_by: 'test' })
      .execute();
  const differences = async () => (await recompute(inside.db, await content.current())).differences;
  const wait = (seconds: number) => {
    clock += seconds * 1000;
  };
  const news = (id: string, seconds: number, by: Client = box) =>
    by.call<ProblemBody & { state: string }>('PUT', `/api/v1/groups/sessions/${id}`, {
      room: 'room-1',
      secret,
      seconds,
    });
  const open = async (): Promise<string> => {
    const id = v4();
    const { status, body } = await news(id, 0);
    expect([status, body.state]).toEqual([200, 'open']);
    return id;
  };
  const checkIn = (id: string, body: object) =>
    phone.post<ProblemBody & { room: string }>(`/api/v1/groups/sessions/${id}/check-ins`, body);
  const send = (id: string, record: object, by: Client = box) =>
    by.post<ProblemBody & { attendees: number; fromPhones: number; unknown: string[] }>(
      `/api/v1/groups/sessions/${id}/record`,
      record,
    );
  /** A session of the ten-minute lesson that began `ago` seconds before now. */
  const recordOf = (
    attendees: [person: string, ...spans: [from: number, to: number][]][],
    change: Partial<GroupRecord> = {},
    ago = 1000,
  ): GroupRecord => ({
    room: 'room-1',
    host,
    anchors: [{ seconds: 0, at: new Date(clock - ago * 1000).toISOString() }],
    clock: 'synced',
    seconds: 900,
    lessons: [
      {
        lessonId: 'long',
        showing: v4(),
        length: 600,
        threshold: 0.9,
        plays: [
          { start: 0, end: 300, at: 100, rate: 1 },
          { start: 300, end: 600, at: 500, rate: 1 },
        ],
      },
    ],
    attendees: attendees.map(([person, ...spans]) => ({
      person,
      spans: spans.map(([from, to]) => ({ from, to })),
    })),
    dismissed: [],
    expected: 5,
    guests: 3,
    asked: [{ lessonId: 'long', discussion: 0, at: 400, until: 500 }],
    notes: ['will-visit'],
    ...change,
  });
  const entriesOf = async (person: string) =>
    (await county.ledger(`?person=${person}`)).map(({ mode, creditedSeconds, evidence, lessonId }) => ({
      mode,
      creditedSeconds,
      evidence,
      lessonId,
    }));

  describe('checking in by phone', () => {
    test('takes the code on the screen and the one before, whatever the phone and the box think the time is', async () => {
      const id = await open();
      wait(65);
      expect((await checkIn(id, { person: one, code: checkInCode(secret, 3), step: 3 })).status).toBe(201);
      expect((await checkIn(id, { person: two, code: checkInCode(secret, 2) })).body.room).toBe(
        '枣园村活动室',
      );
      const { body } = await box.get<{ checkIns: { person: string; seconds: number }[] }>(
        `/api/v1/groups/sessions/${id}`,
      );
      const seconds = (wanted: string) => body.checkIns.find(({ person }) => person === wanted)?.seconds;
      expect([body.checkIns.length, seconds(one), seconds(two)]).toEqual([2, 60, 40]);
    });

    test('refuses what is too old, forged, of another session, of a stranger, or said twice, and says why', async () => {
      const id = await open();
      wait(100);
      const refused = async (body: object) => {
        const { status, body: problem } = await checkIn(id, body);
        expect(problem.detail.length).toBeGreaterThan(10);
        return [status, problem.code];
      };
      const now = checkInCode(secret, 5);
      expect(await refused({ person: one, code: checkInCode(secret, 2) })).toEqual([403, 'code-too-old']);
      expect(await refused({ person: one, code: checkInCode(secret, 2), step: 2 })).toEqual([
        403,
        'code-too-old',
      ]);
      expect(await refused({ person: one, code: checkInCode('cd'.repeat(32), 5), step: 5 })).toEqual([
        403,
        'code-wrong',
      ]);
      expect(await refused({ person: 'p-stranger', code: now })).toEqual([404, 'not-on-the-list']);
      expect((await checkIn(id, { person: one, code: now })).status).toBe(201);
      expect(await refused({ person: one, code: now })).toEqual([409, 'already-checked-in']);
      const { status, body } = await checkIn(v4(), { person: one, code: now });
      expect([status, body.code]).toEqual([404, 'no-such-session']);
    });

    test('goes by session time: after a power cut in the room the old codes are not good again', async () => {
      const id = await open();
      wait(40);
      await news(id, 40);
      // Ten minutes without power; the session goes on at second 41.
      wait(600);
      await news(id, 41);
      expect((await checkIn(id, { person: one, code: checkInCode(secret, 2) })).status).toBe(201);
      expect((await checkIn(id, { person: two, code: checkInCode(secret, 0) })).body.code).toBe(
        'code-too-old',
      );
      // A word that was long on its way changes nothing.
      wait(60);
      await news(id, 20);
      expect((await checkIn(id, { person: two, code: checkInCode(secret, 1) })).body.code).toBe(
        'code-too-old',
      );
    });

    test('gives a ticket for finding a name among masked ones: five minutes, one person', async () => {
      const id = await open();
      wait(25);
      const take = () =>
        phone.post<ProblemBody & { ticket: string; room: string; people: { id: string; masked: string }[] }>(
          `/api/v1/groups/sessions/${id}/tickets`,
          { code: checkInCode(secret, 1), step: 1 },
        );
      const { body } = await take();
      expect(body.people.map(({ masked }) => masked).sort()).toEqual(
        ['赵○○', '王○○', '孙○○', '李○○', '欧阳○○'].sort(),
      );
      expect((await checkIn(id, { person: one, ticket: `${body.ticket.slice(0, -1)}x` })).body.code).toBe(
        'ticket-wrong',
      );
      wait(200);
      expect((await checkIn(id, { person: one, ticket: body.ticket })).status).toBe(201);
      expect((await checkIn(id, { person: two, ticket: body.ticket })).body.code).toBe('ticket-used');
      expect((await take()).body.code).toBe('code-too-old');
      wait(101);
      expect((await checkIn(id, { person: two, ticket: body.ticket })).body.code).toBe('ticket-too-old');
    });
  });

  describe('on phones', () => {
    const take = async (id: string, step: number) =>
      (
        await phone.post<{ ticket: string; people: { id: string; hasPin: boolean }[] }>(
          `/api/v1/groups/sessions/${id}/tickets`,
          { code: checkInCode(secret, step), step },
        )
      ).body;

    test('who has a PIN checks in with it alone, and only before the screen is it looked at', async () => {
      await county.call('PUT', `/api/v1/people/${four}/pin`, { pin: '4711' });
      const id = await open();
      wait(5);
      const { ticket, people: list } = await take(id, 0);
      expect(list.find((person) => person.id === four)?.hasPin).toBe(true);
      expect(list.find((person) => person.id === one)?.hasPin).toBe(false);
      const refused = async (body: object) => (await checkIn(id, { person: four, ...body })).body.code;
      expect(await refused({ ticket })).toBe('pin-needed');
      expect(await refused({ ticket, pin: '0000' })).toBe('wrong-pin');
      expect(await refused({ ticket: `${ticket.slice(0, -1)}x`, pin: '4711' })).toBe('ticket-wrong');
      expect((await checkIn(id, { person: four, ticket, pin: '4711' })).status).toBe(201);
      await county.call('DELETE', `/api/v1/people/${four}/pin`);
    });

    test('a guest is a number, once a ticket, and in the minutes where the host counted fewer', async () => {
      const id = await open();
      wait(5);
      const guest = (ticket: string) =>
        phone.post<ProblemBody & { room: string }>(`/api/v1/groups/sessions/${id}/guests`, { ticket });
      for (let count = 0; count < 4; count += 1) {
        const { ticket } = await take(id, 0);
        expect((await guest(ticket)).body.room).toBe('枣园村活动室');
        expect((await guest(ticket)).body.code).toBe('ticket-used');
        expect((await checkIn(id, { person: one, ticket })).body.code).toBe('ticket-used');
      }
      expect((await box.get(`/api/v1/groups/sessions/${id}`)).body).toMatchObject({ guests: 4 });
      wait(995);
      const person = `m-${v4()}`;
      await county.call('PUT', `/api/v1/people/${person}`, { name: '白露', role: 'villager' });
      expect((await send(id, recordOf([[person, [0, 900]]]))).status).toBe(200);
      const { body } = await box.get<MinutesView>(`/api/v1/groups/sessions/${id}/minutes`);
      expect(body.guests).toBe(4);
      expect(body.attendees).toHaveLength(1);
    });

    test('the rooms where a session is under way are told to everybody, until nothing is heard of it', async () => {
      const id = await open();
      const rooms = async () =>
        (await phone.get<{ rooms: { session: string }[] }>('/api/v1/phone/check-in/rooms')).body.rooms;
      expect((await rooms()).find(({ session }) => session === id)).toEqual({
        session: id,
        room: '枣园村活动室',
        village: '枣园村',
      });
      wait(3600);
      expect(await rooms()).toEqual([]);
    });
  });

  describe('the record of a session', () => {
    test('makes one statement for each, and credits what was shown while they were there', async () => {
      const id = await open();
      wait(35);
      await checkIn(id, { person: one, code: checkInCode(secret, 1), step: 1 });
      wait(965);
      const record = recordOf([
        [one, [10, 900]],
        // Late by half of the lesson.
        [two, [500, 900]],
        // Left for a minute of the lesson and came back: nine tenths are enough.
        [three, [0, 200], [260, 900]],
      ]);
      const { status, body } = await send(id, record);
      expect([status, body]).toEqual([200, { attendees: 3, fromPhones: 0, unknown: [] }]);

      const { showing } = record.lessons[0]!;
      const all = await county.list(`?limit=500`);
      const mine = all.filter(
        ({ context }) => context?.extensions?.[videoExtensionIris.sessionId] === showing,
      );
      expect(mine).toHaveLength(5);
      const group = mine.find((statement) => statement.id === showing)!;
      expect(group.verb.id).toBe(verbIris.initialized);
      expect(group.actor.member).toHaveLength(3);
      const ofTwo = mine.find(({ actor }) => actor.account?.name === two)!;
      expect(ofTwo.context!.team!.member).toBeUndefined();
      expect(ofTwo.context!.instructor!.account!.name).toBe(host);
      expect(ofTwo.context!.statement!.id).toBe(showing);
      expect(ofTwo.result!.extensions![videoExtensionIris.playedSegments]).toBe('300[.]600');
      expect(JSON.stringify(mine)).not.toMatch(new RegExp(names.join('|')));

      expect(await entriesOf(one)).toEqual([
        { mode: 'group', creditedSeconds: 600, evidence: 'A', lessonId: 'long' },
      ]);
      expect(await entriesOf(two)).toEqual([]);
      expect(await entriesOf(three)).toEqual([
        { mode: 'group', creditedSeconds: 540, evidence: 'C', lessonId: 'long' },
      ]);
      const year = await county.study(two, 2026);
      expect(year.lessons.find(({ lessonId }) => lessonId === 'long')).toMatchObject({
        mode: 'group',
        playedSeconds: 300,
        status: 'in-progress',
      });
      expect(await differences()).toEqual([]);
    });

    test('counts once, however often it is sent', async () => {
      const id = v4();
      const record = recordOf([[four, [0, 900]]]);
      const first = await send(id, record);
      const again = await send(id, { ...record, guests: record.guests });
      expect([first.status, again.status]).toEqual([200, 200]);
      expect(again.body).toEqual(first.body);
      const other = await send(id, { ...record, guests: 4 });
      expect([other.status, other.body.code]).toEqual([409, 'record-conflict']);
      expect(await entriesOf(four)).toEqual([
        { mode: 'group', creditedSeconds: 600, evidence: 'C', lessonId: 'long' },
      ]);
      expect((await news(id, 950)).body.state).toBe('recorded');
      const late = await checkIn(id, { person: one, code: '123456' });
      expect([late.status, late.body.code]).toEqual([409, 'session-over']);
    });

    test('is refused without people, with figures that cannot be, ahead of the clock, or by another box', async () => {
      const refusal = async (record: object, by: Client = box, id: string = v4()) => {
        const { status, body } = await send(id, record, by);
        return [status, body.code];
      };
      expect(await refusal(recordOf([]))).toEqual([400, 'invalid-request']);
      expect(await refusal(recordOf([['p-nobody', [0, 900]]]))).toEqual([422, 'no-attendees']);
      expect(await refusal(recordOf([[one, [0, 901]]]))).toEqual([400, 'invalid-record']);
      const twice = recordOf([[one, [0, 900]]]);
      twice.lessons[0]!.plays[1]!.at = 300;
      expect(await refusal(twice)).toEqual([400, 'invalid-record']);
      expect(await refusal(recordOf([[one, [0, 900]]], {}, 100))).toEqual([422, 'in-the-future']);
      const stranger = await newBox(service.url);
      expect(await refusal(recordOf([[one, [0, 900]]]), stranger)).toEqual([403, 'not-the-room']);
      expect(await refusal(recordOf([[one, [0, 900]]]), stranger, await open())).toEqual([
        403,
        'foreign-session',
      ]);
    });

    test('brings in whom only the service knew of, but not whom the host sent away', async () => {
      const id = await open();
      wait(45);
      for (const person of [one, two, three])
        await checkIn(id, { person, code: checkInCode(secret, stepAt(45)), step: stepAt(45) });
      wait(955);
      const record = recordOf(
        [
          [one, [0, 900]],
          ['p-moved-away', [0, 900]],
        ],
        { dismissed: [three] },
      );
      record.lessons[0]!.lessonId = 'duty';
      const { body } = await send(id, record);
      expect(body).toEqual({ attendees: 2, fromPhones: 1, unknown: ['p-moved-away'] });
      expect((await entriesOf(two)).filter(({ lessonId }) => lessonId === 'duty')).toEqual([
        { mode: 'group', creditedSeconds: 600, evidence: 'A', lessonId: 'duty' },
      ]);
      expect((await entriesOf(three)).filter(({ lessonId }) => lessonId === 'duty')).toEqual([]);
      expect(await differences()).toEqual([]);
    });

    test('counts for nobody when it is not the service that says so', async () => {
      const forger = await newBox(service.url);
      const iris = profileIris(homePage);
      const statement = buildStatement(
        {
          id: v4(),
          verb: 'completed',
          session: {
            sessionId: v4(),
            homePage,
            person: forger.person,
            boxId: forger.boxId,
            lessonId: 'long',
            lessonName: { 'zh-CN': '田间课堂' },
            length: 600,
            threshold: 0.9,
            platform: 'test/1',
            language: 'zh-CN',
          },
          played: { position: 600, progress: 1, segments: '0[.]600', playSeconds: 600 },
        },
        {
          registration: v4(),
          timestamp: new Date(clock).toISOString(),
          timeQuality: { clock: 'synced', offsetMs: 0, bootId: 'boot', monotonicMs: 600_000 },
        },
      );
      const claim: Partial<AttendanceClaim> = { method: 'roster', from: 0, to: 900, evidence: 'A' };
      Object.assign(statement.context!.extensions!, {
        [iris.extensions.mode]: 'group',
        [iris.extensions.attendance]: claim,
      });
      expect((await forger.statements([statement])).status).toBe(200);
      expect(await entriesOf(forger.person)).toEqual([]);
    });

    test('is corrected by lines that say so: the forgotten come in, the mistaken go out', async () => {
      const [late, gone] = [`m-${v4()}`, `m-${v4()}`];
      for (const person of [late, gone])
        await county.call('PUT', `/api/v1/people/${person}`, {
          name: '何谷雨',
          role: 'party-member',
          branch: 'branch-1',
        });
      const id = v4();
      expect((await send(id, recordOf([[gone, [0, 900]]]))).status).toBe(200);
      expect(await entriesOf(gone)).toHaveLength(1);
      const correction = { id: v4(), reason: '点名时看错了', add: [late], remove: [gone] };
      const correct = (body: object) =>
        county.post<ProblemBody & { added: number; removed: number }>(
          `/api/v1/groups/sessions/${id}/corrections`,
          body,
        );
      expect((await correct(correction)).body).toEqual({ added: 1, removed: 1 });
      expect((await correct(correction)).status).toBe(200);
      expect(await entriesOf(late)).toEqual([
        { mode: 'group', creditedSeconds: 600, evidence: 'C', lessonId: 'long' },
      ]);
      const seconds = (await entriesOf(gone)).map(({ creditedSeconds }) => creditedSeconds);
      expect(seconds).toEqual([600, -600]);
      // Taken out and found right after all.
      wait(1);
      expect((await correct({ id: v4(), reason: '他来了', add: [gone], remove: [] })).status).toBe(200);
      const sum = (await entriesOf(gone)).reduce((total, { creditedSeconds }) => total + creditedSeconds, 0);
      expect(sum).toBe(600);
      expect((await correct({ ...correction, id: v4(), remove: [late], add: [] })).body.removed).toBe(1);
      expect(await differences()).toEqual([]);
    });
  });

  describe('the minutes', () => {
    test('name who was there, late or gone early, what was asked, and what was corrected, for who may see it', async () => {
      const id = v4();
      const record = recordOf([
        [one, [0, 900]],
        [two, [250, 700]],
        [three, [0, 900]],
      ]);
      expect((await send(id, record)).status).toBe(200);
      const correction = { id: v4(), reason: '孙长河那天没来', add: [four], remove: [three] };
      await county.post(`/api/v1/groups/sessions/${id}/corrections`, correction);
      const { body } = await county.get<MinutesView>(`/api/v1/groups/sessions/${id}/minutes`);
      expect(body).toMatchObject({
        kind: 'group',
        room: '枣园村活动室',
        host: '欧阳建国',
        lessons: [{ title: { 'zh-CN': '田间课堂' }, minutes: 10 }],
        expected: 5,
        guests: 3,
        asked: [{ minutes: 1.7 }],
        notes: ['will-visit'],
        corrections: [{ reason: '孙长河那天没来', added: ['李秀英'], removed: ['孙长河'] }],
      });
      expect(body.attendees).toEqual([
        { id: one, name: '赵德福', method: 'roster', minutes: 10, late: null, left: null },
        { id: two, name: '王桂兰', method: 'roster', minutes: 5.8, late: 2.5, left: 1.7 },
        { id: four, name: '李秀英', method: 'roster', minutes: null, late: null, left: null },
      ]);
      const records = await county.get<{ records: { session: string; attendees: number }[] }>(
        '/api/v1/groups/records?room=room-1',
      );
      expect(records.body.records.find(({ session }) => session === id)).toMatchObject({ attendees: 3 });
      const masked = await box.get<MinutesView>(`/api/v1/groups/sessions/${id}/minutes`);
      expect(masked.body.host).toBe('欧阳○○');
      expect(masked.body.attendees.map(({ name }) => name)).toEqual(['赵○○', '王○○', '李○○']);
      expect(masked.body.corrections).toMatchObject([{ added: ['李○○'], removed: ['孙○○'] }]);
      const stranger = await newBox(service.url);
      for (const path of [`sessions/${id}/minutes`, 'records?room=room-1'])
        expect((await stranger.get(`/api/v1/groups/${path}`)).status).toBe(403);
      expect((await phone.get(`/api/v1/groups/sessions/${id}/minutes`)).status).toBe(401);
    });
  });

  describe('a sheet of paper', () => {
    const paper = (attendees: string[], change: Partial<PaperRecord> = {}): PaperRecord => ({
      room: 'room-1',
      host,
      startedAt: new Date(clock - 86_400_000).toISOString(),
      lessons: [{ lessonId: 'duty', showing: v4(), minutes: 10 }],
      attendees,
      guests: 2,
      sheet: '2026-11 第三张',
      ...change,
    });
    const enter = (id: string, body: object, by: Client = box) =>
      by.call<ProblemBody & { attendees: number }>('PUT', `/api/v1/groups/sessions/${id}/paper`, body);

    test('counts as paper, by the word of who entered it, once', async () => {
      const person = `m-${v4()}`;
      await county.call('PUT', `/api/v1/people/${person}`, {
        name: '唐芒种',
        role: 'party-member',
        branch: 'branch-1',
      });
      const id = v4();
      const sheet = paper([person]);
      expect((await enter(id, sheet)).body).toMatchObject({ attendees: 1 });
      expect((await enter(id, sheet)).status).toBe(200);
      expect((await enter(id, { ...sheet, guests: 9 })).body.code).toBe('record-conflict');
      expect(await entriesOf(person)).toEqual([
        { mode: 'paper', creditedSeconds: 600, evidence: 'C', lessonId: 'duty' },
      ]);
      expect(await differences()).toEqual([]);
    });

    test('is refused for a lesson nobody knows, from the future, or from a box elsewhere', async () => {
      const refusal = async (body: object, by: Client = box) => {
        const { status, body: problem } = await enter(v4(), body, by);
        return [status, problem.code];
      };
      const unknown = paper([one], { lessons: [{ lessonId: 'none', showing: v4(), minutes: 10 }] });
      expect(await refusal(unknown)).toEqual([400, 'invalid-record']);
      const future = paper([one], { startedAt: new Date(clock + 3_600_000).toISOString() });
      expect(await refusal(future)).toEqual([422, 'in-the-future']);
      expect(await refusal(paper([one]), await newBox(service.url))).toEqual([403, 'not-the-room']);
    });
  });

  test('the claims in statements say how each was there', async () => {
    const all = await county.list('?limit=500');
    const claims = all.flatMap(
      ({ context }) => (ownExtension(context?.extensions, 'attendance') as AttendanceClaim | undefined) ?? [],
    );
    expect(new Set(claims.flatMap(({ method }) => method ?? []))).toEqual(
      new Set(['code', 'roster', 'paper']),
    );
  });

  // Last: it also uses up what one address may ask in a minute.
  test('stops a thousand guesses, and the host can go on', async () => {
    const id = await open();
    wait(30);
    const right = new Set([0, 1, 2].map((step) => checkInCode(secret, step)));
    const codes = new Map<string, number>();
    const guess = async (number: number): Promise<void> => {
      const code = String(number * 7 + 1).padStart(6, '0');
      if (right.has(code)) return guess(number + 1000);
      const { body } = await checkIn(id, { person: three, code });
      codes.set(body.code, (codes.get(body.code) ?? 0) + 1);
    };
    for (let from = 0; from < 1000; from += 50)
      await Promise.all(Array.from({ length: 50 }, (_, index) => guess(from + index)));
    // Some requests are stopped by the address's limit before they are looked at.
    expect(codes.get('code-wrong')).toBe(100);
    expect((codes.get('too-many-guesses') ?? 0) + (codes.get('too-many-requests') ?? 0)).toBe(900);
    expect((await send(id, recordOf([[three, [0, 900]]]))).status).toBe(200);
  });
}
