import { describe, expect, test } from 'vitest';
import { v4 } from 'uuid';
import type { Statement } from '../../src/domain/statements/statement.ts';
import { onBothDatabases } from './credit/world.ts';
import { Client, homePage, viewing, type newBox, type ViewingOptions } from './service-kit.ts';

type Box = Awaited<ReturnType<typeof newBox>>;

const HOUR = 3600;
const DAY = 24 * HOUR;
const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

/** Attempts to earn by other means than watching, through the door that everybody has. */
onBothDatabases('cheats', (world) => {
  /** A box that the service has known for so long, seconds. */
  const boxOf = async (age = HOUR): Promise<Box> => {
    const box = await world().newBox();
    world().pass(age);
    return box;
  };
  const lesson = { lessonId: 'long', length: 600, to: 600 } as const;
  const claim = (box: Box, more: Partial<ViewingOptions> = {}) =>
    viewing({
      person: box.person,
      ...lesson,
      bootId: `boot-${v4()}`,
      startedAt: world().now() - (more.to ?? lesson.to) * 1000,
      ...more,
    });
  type Claim = ReturnType<typeof claim>;
  const send = async (box: Box, { initialized, checkpoints, completed, closing }: Claim): Promise<void> => {
    await box.statements(initialized);
    if (checkpoints.length > 0) await box.checkpoints(checkpoints);
    await box.statements([...completed, ...closing]);
  };
  const counted = (box: { person: string }): Promise<number> => world().credited(box.person);
  const expectNothing = async (box: { person: string }): Promise<void> => {
    expect(await world().ledger(box.person)).toEqual([]);
  };
  const reasonOf = async (box: Box, rule: string, year?: number) =>
    (await box.study(box.person, year)).lessons
      .flatMap(({ reasons }) => reasons)
      .find((one) => one.rule === rule);
  const edited = <T>(value: T, from: RegExp, to: string): T =>
    JSON.parse(JSON.stringify(value).replace(from, to)) as T;
  /** Watched honestly and seen from minute to minute. */
  const watchOnline = async (
    box: Box,
    more: Partial<ViewingOptions> = {},
    nonce?: (own: string) => string,
  ) => {
    const session = claim(box, { startedAt: world().now(), ...more });
    await box.statements(session.initialized);
    let next: string | undefined;
    for (const checkpoint of session.checkpoints) {
      world().pass(30);
      const sent = next === undefined ? undefined : nonce ? nonce(next) : next;
      const { body } = await box.post<{ sessions: { nonce: string }[] }>('/api/v1/checkpoints', {
        checkpoints: [checkpoint],
        ...(sent === undefined ? {} : { nonces: { [session.sessionId]: sent } }),
      });
      next = body.sessions[0]!.nonce;
    }
    world().pass(30);
    await box.statements([...session.completed, ...session.closing]);
    return session;
  };

  describe('claims without time', () => {
    test('1. ten minutes in one second', async () => {
      const box = await boxOf();
      const session = claim(box);
      await send(box, edited(session, /"monotonicMs":\d+/g, '"monotonicMs":100000'));
      expect(await counted(box)).toBe(0);
    });

    test('2. a bare "completed"', async () => {
      const box = await boxOf();
      await box.statements(claim(box).completed);
      await world().settle();
      await expectNothing(box);
    });

    test('3. fifty tiny checkpoints within a minute', async () => {
      const box = await boxOf();
      const session = claim(box);
      await box.statements(session.initialized);
      const tiny = Array.from({ length: 50 }, (_, index) => ({
        ...session.checkpoints[0]!,
        seq: index + 1,
        mono: 100 + index,
        segments: `0[.]${(index + 1) * 12}`,
      }));
      await box.checkpoints(tiny);
      await box.statements(edited(session.closing, /"monotonicMs":\d+/g, '"monotonicMs":150000'));
      await expectNothing(box);
      expect((await box.study(box.person)).lessons[0]!.playedSeconds).toBeLessThan(51 * 1.5 * 1.05 + 16);
    });

    test('4. more in a checkpoint than its clock holds', async () => {
      const box = await boxOf();
      const session = claim(box);
      const fast = session.checkpoints.map((checkpoint) => ({
        ...checkpoint,
        mono: 100 + checkpoint.seq * 5,
      }));
      await send(box, {
        ...edited(session, /"monotonicMs":\d+/g, '"monotonicMs":200000'),
        checkpoints: fast,
        initialized: session.initialized,
      });
      await expectNothing(box);
      expect(await reasonOf(box, 'wall-clock')).toMatchObject({ passed: false });
    });

    test('5. huge jumps of the monotonic clock, against the service’s own', async () => {
      const box = await boxOf(0);
      const session = claim(box, { startedAt: world().now() });
      world().pass(10);
      const jumping = session.checkpoints.map((checkpoint) => ({
        ...checkpoint,
        mono: checkpoint.seq * 1e6,
      }));
      await send(box, { ...session, checkpoints: jumping });
      await expectNothing(box);
      expect(await reasonOf(box, 'box-budget')).toMatchObject({ passed: false });
    });

    test('6. a new start of the box for each checkpoint', async () => {
      const box = await boxOf();
      const session = claim(box);
      const boots = session.checkpoints.map((checkpoint, index) => ({
        ...checkpoint,
        bootId: `boot-x${index}`,
      }));
      await send(box, { ...session, checkpoints: boots, closing: [], completed: [] });
      world().pass(7 * HOUR);
      await world().settle();
      await expectNothing(box);
    });

    test('7. claiming two hours ten minutes after the last word', async () => {
      const box = await boxOf(0);
      await watchOnline(box);
      const before = await counted(box);
      world().pass(600);
      await send(
        box,
        claim(box, { lessonId: 'talk', length: 3600, to: 3600, startedAt: world().now() - 590_000 }),
      );
      await send(
        box,
        claim(box, { lessonId: 'evening', length: 3600, to: 3600, startedAt: world().now() - 590_000 }),
      );
      expect(await counted(box)).toBe(before);
    });

    test('8. word every second, for the slack of each', async () => {
      const box = await boxOf(0);
      const session = claim(box, { lessonId: 'talk', length: 3600, to: 3600, startedAt: world().now() });
      await box.statements(session.initialized);
      for (const checkpoint of session.checkpoints.slice(0, 60)) {
        world().pass(1);
        await box.checkpoints([checkpoint]);
      }
      const { lessons } = await box.study(box.person);
      expect(lessons[0]!.playedSeconds).toBeLessThanOrEqual(60 * 1.05 + 60 + 1);
      await expectNothing(box);
    });

    test('9. a claim made too early does not ripen', async () => {
      const box = await boxOf(0);
      const session = claim(box, { startedAt: world().now() });
      world().pass(30);
      await send(box, session);
      world().pass(2 * HOUR);
      await box.statements({ ...session.closing[0]!, id: v4() });
      await box.statements({ ...session.closing[1]!, id: v4() });
      await expectNothing(box);
    });
  });

  describe('said again, and said otherwise', () => {
    test('10. the same statements again', async () => {
      const box = await boxOf();
      const session = await watchOnline(box);
      for (let again = 0; again < 3; again += 1) await send(box, session);
      expect(await counted(box)).toBe(600);
    });

    test('11. the same under new statement ids', async () => {
      const box = await boxOf();
      const session = await watchOnline(box);
      for (const statement of session.closing) await box.statements({ ...statement, id: v4() });
      await box.statements(session.completed.map((statement) => ({ ...statement, id: v4() })));
      expect(await counted(box)).toBe(600);
    });

    test('12. the same as a new session', async () => {
      const box = await boxOf();
      const session = await watchOnline(box);
      world().pass(HOUR);
      await send(box, claim(box, { registration: session.registration }));
      expect(await counted(box)).toBe(600);
    });

    test('13. the same lesson under another registration', async () => {
      const box = await boxOf();
      await watchOnline(box);
      world().pass(HOUR);
      await send(box, claim(box));
      await send(box, claim(box, { startedAt: world().now() - 1_800_000 }));
      expect(await counted(box)).toBe(600);
    });

    test('14. a statement edited after it was stored', async () => {
      const box = await boxOf();
      const session = claim(box, { to: 300 });
      await send(box, session);
      const more = edited(session.closing, /0\[\.\]300/g, '0[.]600');
      expect((await box.statements(more)).status).toBe(409);
      await expectNothing(box);
    });

    test('15. a checkpoint edited after it was stored', async () => {
      const box = await boxOf();
      const session = claim(box, { to: 300 });
      await box.statements(session.initialized);
      await box.checkpoints(session.checkpoints);
      const more = session.checkpoints.map((checkpoint) => ({ ...checkpoint, segments: '0[.]600' }));
      const { body } = await box.checkpoints(more);
      expect(body.results.map(({ code }) => code)).toEqual(Array(more.length).fill('checkpoint-conflict'));
      await box.statements(session.closing);
      await expectNothing(box);
    });

    test('16. a threshold of nothing and a length of ten seconds in the statement', async () => {
      const box = await boxOf();
      const session = claim(box, { to: 30 });
      const poor = edited(
        edited(session, /"(\S+?)\/length":600/g, '"$1/length":10'),
        /-threshold":0.9/g,
        '-threshold":0',
      );
      await send(box, poor);
      await expectNothing(box);
      expect((await box.study(box.person)).lessons[0]).toMatchObject({ length: 600, threshold: 0.9 });
    });

    test('17. voided and earned again', async () => {
      const box = await boxOf();
      const session = await watchOnline(box);
      const { actor } = session.initialized;
      const target = session.completed[0]!.id!;
      const voiding = { actor, verb: { id: VOIDED }, object: { objectType: 'StatementRef', id: target } };
      expect((await box.post('/xapi/statements', voiding)).status).toBe(200);
      expect((await world().ledger(box.person)).map(({ creditedSeconds }) => creditedSeconds)).toEqual([
        600, -600,
      ]);
      world().pass(HOUR);
      const again = await watchOnline(box, { registration: session.registration });
      await send(box, again);
      await watchOnline(box);
      expect(await counted(box)).toBe(600);
    });

    test('18. played on after the session was closed', async () => {
      const box = await boxOf();
      const session = claim(box, { to: 300 });
      await send(box, session);
      const later = { ...session.checkpoints[0]!, seq: 99, mono: 400, segments: '0[.]600' };
      await box.checkpoints([later]);
      await expectNothing(box);
    });
  });

  describe('other people’s proof', () => {
    test('19. another home’s person with one’s own token', async () => {
      const [box, victim] = [await boxOf(), await boxOf()];
      const session = claim(victim);
      expect((await box.statements(session.statements)).status).toBe(403);
      expect((await box.checkpoints(session.checkpoints)).status).toBe(403);
      await expectNothing(victim);
      await expectNothing(box);
    });

    test('20. another home’s box id with a made-up key', async () => {
      const victim = await boxOf();
      const forger = new Client(world().url, `Bearer ${victim.boxId}.${'cd'.repeat(32)}`);
      expect((await forger.statements(claim(victim).statements)).status).toBe(401);
      await expectNothing(victim);
    });

    test('21. another home’s session', async () => {
      const [box, victim] = [await boxOf(), await boxOf()];
      const theirs = await watchOnline(victim);
      const forged = claim(box, { sessionId: theirs.sessionId, to: 300 });
      const { completed, closing, checkpoints } = forged;
      await box.statements([...completed, ...closing]);
      await box.checkpoints(checkpoints);
      await expectNothing(box);
      expect(await counted(victim)).toBe(600);
    });

    test('22. another session’s nonces', async () => {
      const [box, victim] = [await boxOf(), await boxOf()];
      const theirs = claim(victim, { to: 60, startedAt: world().now() });
      const { body } = await victim.post<{ sessions: { nonce: string }[] }>('/api/v1/checkpoints', {
        checkpoints: theirs.checkpoints,
      });
      const stolen = body.sessions[0]!.nonce;
      await watchOnline(box, {}, () => stolen);
      expect(await world().ledger(box.person)).toMatchObject([{ creditedSeconds: 600, evidence: 'B' }]);
      expect(await reasonOf(box, 'nonce')).toMatchObject({ passed: false, figure: 18 });
    });

    test('23. one nonce for all checkpoints', async () => {
      const box = await boxOf();
      let first: string | undefined;
      await watchOnline(box, {}, (own) => (first ??= own));
      expect(await world().ledger(box.person)).toMatchObject([{ creditedSeconds: 600, evidence: 'B' }]);
      expect(await reasonOf(box, 'nonce')).toMatchObject({ passed: false, figure: 17 });
    });

    test('24. made-up nonces do not make a forged session an online one', async () => {
      const box = await boxOf();
      await watchOnline(box, {}, () => 'zzzz.AAAAAAAAAAAAAAAAAAAAAA');
      expect(await world().ledger(box.person)).toMatchObject([{ evidence: 'B' }]);
    });

    test('25. many boxes for one person', async () => {
      const box = await boxOf();
      for (let tries = 0; tries < 5; tries += 1) {
        const more = { boxId: `b-${v4()}`, boxKey: 'ef'.repeat(32), person: box.person };
        expect((await box.post('/api/v1/boxes', more)).status).toBe(409);
      }
    });

    test('26. one’s own correction of the ledger', async () => {
      const box = await boxOf();
      const correction = { person: box.person, lessonId: 'long', seconds: 36000, reason: 'x', by: 'me' };
      expect((await box.post('/api/v1/ledger/corrections', correction)).status).toBe(403);
      await expectNothing(box);
    });
  });

  describe('time that is not there', () => {
    test('27. two sessions of one start of the box at the same time', async () => {
      const box = await boxOf();
      const bootId = 'boot-twin';
      await send(box, claim(box, { bootId }));
      await send(box, claim(box, { bootId, lessonId: 'duty' }));
      expect(await counted(box)).toBe(600);
      expect((await box.study(box.person)).lessons.find(({ lessonId }) => lessonId === 'duty')).toMatchObject(
        {
          status: 'not-counted',
        },
      );
    });

    test('28. two starts of the box at the same time', async () => {
      const box = await boxOf();
      await send(box, claim(box));
      await send(box, claim(box, { lessonId: 'duty' }));
      expect(await counted(box)).toBe(600);
    });

    test('29. here and somewhere else at the same time', async () => {
      const box = await boxOf();
      const here = claim(box);
      const there = claim(box, { lessonId: 'duty' });
      await box.statements(here.statements);
      await world().county.statements(there.statements);
      expect(await counted(box)).toBe(600);
    });

    test('30. here, while a newer session goes on somewhere else', async () => {
      const box = await boxOf();
      const here = claim(box, { startedAt: world().now() });
      await box.statements(here.initialized);
      world().pass(60);
      await box.checkpoints(here.checkpoints.slice(0, 2));
      const there = claim(box, { lessonId: 'duty', startedAt: world().now() });
      await world().county.statements(there.initialized);
      world().pass(540);
      const { body } = await box.post<{ sessions: { superseded: boolean }[] }>('/api/v1/checkpoints', {
        checkpoints: here.checkpoints.slice(2, 3),
      });
      expect(body.sessions[0]!.superseded).toBe(false);
      await world().county.statements(there.closing.slice(0, 1));
      const { body: told } = await box.post<{ sessions: { superseded: boolean }[] }>('/api/v1/checkpoints', {
        checkpoints: here.checkpoints.slice(3),
      });
      expect(told.sessions[0]!.superseded).toBe(true);
      world().pass(60);
      await box.statements([...here.completed, ...here.closing]);
      await world().county.statements([...there.completed, ...there.closing.slice(1)]);
      expect(await counted(box)).toBeLessThanOrEqual(660);
    });

    test('31. from the future', async () => {
      const box = await boxOf(0);
      for (const ahead of [HOUR, 30 * DAY, 400 * DAY]) {
        const startedAt = world().now() + ahead * 1000;
        await send(box, claim(box, { startedAt }));
      }
      await expectNothing(box);
    });

    test('32. from last year, on a box that is new', async () => {
      const box = await boxOf();
      const startedAt = world().now() - 365 * DAY * 1000;
      await send(box, claim(box, { startedAt }));
      await expectNothing(box);
      expect(await reasonOf(box, 'box-budget', new Date(startedAt).getUTCFullYear())).toMatchObject({
        passed: false,
      });
    });

    test('33. more than a day has room for, from before the box was known', async () => {
      const box = await boxOf(0);
      const morning = world().now() - 2 * DAY * 1000;
      for (let index = 0; index < 10; index += 1)
        await send(
          box,
          claim(box, {
            lessonId: `made-${index}`,
            length: 3600,
            to: 3600,
            startedAt: morning + index * 3_600_000,
          }),
        );
      const entries = await world().ledger(box.person);
      expect(entries.every(({ evidence }) => evidence === 'C')).toBe(true);
      // Ten hours on at most two days of the county, six a day.
      expect(await counted(box)).toBeLessThanOrEqual(12 * HOUR);
      const byDay = new Map<string, number>();
      for (const { at, creditedSeconds } of entries) {
        const day = new Date(Date.parse(at) + 8 * 3_600_000 - 1).toISOString().slice(0, 10);
        byDay.set(day, (byDay.get(day) ?? 0) + creditedSeconds);
      }
      for (const seconds of byDay.values()) expect(seconds).toBeLessThanOrEqual(6 * HOUR);
    });

    test('34. a capped day', async () => {
      const box = await boxOf(3 * DAY);
      const midnight =
        Math.floor((world().now() + 8 * HOUR * 1000) / (DAY * 1000)) * DAY * 1000 - 8 * HOUR * 1000;
      const start = midnight - DAY * 1000 + 60_000;
      for (let index = 0; index < 9; index += 1)
        await send(
          box,
          claim(box, {
            lessonId: `late-${index}`,
            length: 3600,
            to: 3600,
            startedAt: start + index * 3_600_000,
          }),
        );
      expect(await counted(box)).toBe(6 * HOUR);
    });

    test('35. duty content at one and a half times the rate', async () => {
      const box = await boxOf();
      const session = claim(box, { lessonId: 'duty' });
      const fast = session.checkpoints.map((checkpoint) => ({
        ...checkpoint,
        rate: 1.5,
        mono: 100 + (checkpoint.mono - 100) / 1.5,
      }));
      await send(box, { ...session, checkpoints: fast, completed: [], closing: [] });
      world().pass(7 * HOUR);
      await world().settle();
      await expectNothing(box);
    });

    test('36. at four times the rate, saying so and not saying so', async () => {
      for (const rate of [4, 1]) {
        const box = await boxOf();
        const session = claim(box);
        const fast = session.checkpoints.map((checkpoint) => ({
          ...checkpoint,
          rate,
          mono: 100 + (checkpoint.mono - 100) / 4,
        }));
        const { initialized } = session;
        await send(box, {
          ...edited(session, /"monotonicMs":\d+/g, '"monotonicMs":250000'),
          initialized,
          checkpoints: fast,
        });
        await expectNothing(box);
      }
    });
  });

  describe('nonsense', () => {
    test('37. segments below nothing, beyond the end, backward, or no numbers', async () => {
      const box = await boxOf();
      const session = claim(box);
      await box.statements(session.initialized);
      for (const segments of ['-5[.]600', '0[.]NaN', '0[.]1e9', 'Infinity[.]600', '0,600'])
        expect((await box.checkpoints([{ ...session.checkpoints[0]!, segments }])).status).toBe(400);
      const { body } = await box.checkpoints([{ ...session.checkpoints[0]!, segments: '600[.]0' }]);
      expect(body.results[0]).toMatchObject({ status: 'rejected' });
      await box.checkpoints([{ ...session.checkpoints[18]!, segments: '600[.]99999' }]);
      for (const played of ['0[.]NaN', '-1[.]600', '600[.]0'])
        await box.statements(edited({ ...session.closing[0]!, id: v4() }, /0\[\.\]600/g, played));
      world().pass(7 * HOUR);
      await world().settle();
      await expectNothing(box);
    });

    test('38. a person’s name at another county, one’s own lesson', async () => {
      const box = await boxOf();
      const session = claim(box);
      const elsewhere = edited<Statement[]>(
        session.statements,
        new RegExp(homePage, 'g'),
        'https://other.example',
      );
      await box.statements(elsewhere.map((statement) => ({ ...statement, id: v4() })));
      expect(await counted(box)).toBeLessThanOrEqual(600);
      await send(box, session);
      expect(await counted(box)).toBeLessThanOrEqual(600);
    });
  });
});
