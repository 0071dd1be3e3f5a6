import { describe, expect, test } from 'vitest';
import { localDate, localYear } from '../../src/domain/credit/local-date.ts';
import { registrationId } from '../../src/domain/watching/registration.ts';
import { onBothDatabases } from './credit/world.ts';
import { lessons, Tv } from './credit/tv.ts';
import { viewing } from './service-kit.ts';

const DAY = 86_400;
const HOUR = 3600;
/** Play that a power cut may take: the design's figure. */
const LOST_IN_A_CUT = 30;
const hours = (count: number) => count * HOUR;

/** Awkward but honest histories of the product's own TV: every minute that was played counts. */
onBothDatabases('honest histories', (world) => {
  const newTv = (): Promise<Tv> => new Tv(world()).on();
  /** A TV that the service has known for some time. */
  const knownTv = async (): Promise<Tv> => {
    const tv = await newTv();
    await tv.watch(lessons.short);
    await tv.upload();
    tv.truth = 0;
    await tv.pass(hours(1));
    return tv;
  };
  const countedOf = async (tv: Tv, lessonId: string): Promise<number> =>
    (await world().ledger(tv.person))
      .filter((entry) => entry.lessonId === lessonId)
      .reduce((sum, { creditedSeconds }) => sum + creditedSeconds, 0);
  const expectAll = async (tv: Tv, what: keyof typeof lessons, least = 599): Promise<void> => {
    const counted = await countedOf(tv, lessons[what].id);
    expect(counted).toBeGreaterThanOrEqual(least);
    expect(counted).toBeLessThanOrEqual(Math.min(tv.truth, lessons[what].length) + 0.5);
  };
  const grades = async (tv: Tv, lessonId: string) =>
    (await world().ledger(tv.person))
      .filter((entry) => entry.lessonId === lessonId)
      .map(({ evidence }) => evidence);

  describe('in touch', () => {
    test('a straight viewing, its chain of nonces whole', async () => {
      const tv = await newTv();
      await tv.watch(lessons.long);
      await tv.upload();
      await expectAll(tv, 'long');
      expect(await grades(tv, 'long')).toEqual(['A']);
    });

    test('a TV that knows no nonces yet', async () => {
      const box = await world().newBox();
      world().pass(hours(1));
      const startedAt = world().now();
      const session = viewing({ person: box.person, lessonId: 'long', length: 600, to: 600, startedAt });
      await box.statements(session.initialized);
      for (const checkpoint of session.checkpoints) {
        world().pass(30);
        await box.checkpoints([checkpoint]);
      }
      world().pass(30);
      await box.statements([...session.completed, ...session.closing]);
      expect(await world().ledger(box.person)).toMatchObject([{ creditedSeconds: 600, evidence: 'B' }]);
    });

    test('at one and a half times the rate, where that is allowed', async () => {
      const tv = await newTv();
      await tv.watch(lessons.long, 0, 600, 1.5);
      await tv.upload();
      await expectAll(tv, 'long');
    });

    test('two lessons back to back', async () => {
      const tv = await newTv();
      await tv.watch(lessons.long);
      await tv.watch(lessons.duty);
      await tv.upload();
      await expectAll(tv, 'long');
      await expectAll(tv, 'duty');
    });

    test('a pause of two hours', async () => {
      const tv = await newTv();
      await tv.begin(lessons.long);
      await tv.play(200);
      await tv.pause(hours(2));
      await tv.play(400);
      await tv.leave();
      await tv.upload();
      await expectAll(tv, 'long');
    });

    test('back and forth, with what was skipped watched in the end', async () => {
      const tv = await newTv();
      await tv.begin(lessons.long);
      await tv.play(100);
      await tv.play(100, 50);
      await tv.play(300, 300);
      await tv.play(160, 145);
      await tv.leave();
      await tv.upload();
      await expectAll(tv, 'long');
    });

    test('over midnight', async () => {
      const tv = await newTv();
      const midnight = Date.parse(`${localDate(world().now(), 'Asia/Shanghai')}T24:00:00+08:00`);
      await tv.pass((midnight - world().now()) / 1000 - 300);
      await tv.watch(lessons.long);
      await tv.upload();
      await expectAll(tv, 'long');
    });

    test('the box’s own clock jumps in the middle', async () => {
      const tv = await newTv();
      await tv.begin(lessons.long);
      await tv.play(200);
      tv.box.setClock(0);
      await tv.play(200);
      tv.box.setClock(world().now() + 400 * DAY * 1000);
      await tv.play(200);
      await tv.leave();
      await tv.upload();
      await expectAll(tv, 'long');
    });
  });

  describe('a bad line', () => {
    test('every answer is lost once', async () => {
      const tv = await newTv();
      await tv.begin(lessons.long);
      for (let part = 0; part < 10; part += 1) {
        tv.line = 'answers-lost';
        await tv.play(60);
      }
      await tv.leave();
      await tv.upload();
      await expectAll(tv, 'long');
    });

    test('everything arrives twice', async () => {
      const tv = await newTv();
      tv.line = 'twice';
      await tv.watch(lessons.long);
      await tv.upload();
      await expectAll(tv, 'long');
    });

    test('twenty minutes without a line in the middle: the nonce comes late', async () => {
      const tv = await newTv();
      await tv.begin(lessons.talk);
      await tv.play(1200);
      tv.line = 'down';
      await tv.play(1200);
      tv.line = 'up';
      await tv.play(1200);
      await tv.leave();
      await tv.upload();
      await expectAll(tv, 'talk', 3599);
    });

    test('the service is out of order in the middle', async () => {
      const tv = await newTv();
      await tv.begin(lessons.long);
      await tv.play(200);
      tv.line = 'busy';
      await tv.play(200);
      tv.line = 'up';
      await tv.play(200);
      await tv.leave();
      await tv.upload();
      await expectAll(tv, 'long');
    });

    test('a whole evening offline, uploaded the next day', async () => {
      const tv = await knownTv();
      tv.line = 'down';
      await tv.watch(lessons.long);
      await tv.watch(lessons.duty);
      await tv.pass(DAY);
      tv.line = 'up';
      await tv.upload();
      await expectAll(tv, 'long');
      await expectAll(tv, 'duty');
      expect(await grades(tv, 'long')).toEqual(['B']);
    });

    test('everything in the wrong order, the statements first', async () => {
      const box = await world().newBox();
      world().pass(HOUR);
      const session = viewing({
        person: box.person,
        lessonId: 'long',
        length: 600,
        to: 600,
        startedAt: world().now() - 900_000,
      });
      for (const statement of [...session.statements].reverse()) await box.statements(statement);
      for (const checkpoint of [...session.checkpoints].reverse()) await box.checkpoints([checkpoint]);
      expect(await world().credited(box.person)).toBe(600);
    });

    test('everything in the wrong order, the checkpoints first', async () => {
      const box = await world().newBox();
      world().pass(HOUR);
      const session = viewing({
        person: box.person,
        lessonId: 'long',
        length: 600,
        to: 600,
        startedAt: world().now() - 900_000,
      });
      await box.checkpoints([...session.checkpoints].reverse());
      for (const statement of [...session.statements].reverse()) await box.statements(statement);
      expect(await world().credited(box.person)).toBe(600);
    });

    test('all checkpoints are lost', async () => {
      const box = await world().newBox();
      world().pass(HOUR);
      const startedAt = world().now() - 900_000;
      const session = viewing({ person: box.person, lessonId: 'long', length: 600, to: 600, startedAt });
      await box.statements(session.statements);
      expect(await world().credited(box.person)).toBe(600);
    });
  });

  describe('power cuts', () => {
    test('in the middle; the rest is watched the same day', async () => {
      const tv = await newTv();
      await tv.begin(lessons.long);
      await tv.play(310);
      tv.off();
      await tv.on();
      await tv.watch(lessons.long, 290);
      await tv.upload();
      await expectAll(tv, 'long', 600 - LOST_IN_A_CUT);
    });

    test('right after the end, before anything was sent', async () => {
      const tv = await knownTv();
      tv.line = 'down';
      await tv.begin(lessons.long);
      await tv.play(600);
      tv.off(hours(10));
      tv.line = 'up';
      await tv.on();
      await tv.upload();
      await expectAll(tv, 'long', 600 - LOST_IN_A_CUT);
    });

    test('four of them in one lesson, offline, the clock back at 1970 each time', async () => {
      const tv = await knownTv();
      tv.line = 'down';
      for (const [from, to] of [
        [0, 160],
        [145, 310],
        [295, 460],
        [445, 600],
      ] as const) {
        await tv.on(0);
        await tv.begin(lessons.long, from);
        await tv.play(to - from, from);
        tv.off(300);
      }
      tv.line = 'up';
      await tv.on(0);
      await tv.upload();
      await expectAll(tv, 'long', 600 - 4 * LOST_IN_A_CUT + 4 * 15);
    });

    test('that takes the disk but for one note', async () => {
      const tv = await knownTv();
      tv.line = 'down';
      await tv.begin(lessons.short);
      await tv.play(20);
      tv.off();
      tv.line = 'up';
      tv.disk.name += '-wiped';
      await tv.on();
      await tv.watch(lessons.long);
      await tv.upload();
      await expectAll(tv, 'long');
    });

    test('over three days, a part each day', async () => {
      const tv = await newTv();
      for (const [from, to] of [
        [0, 210],
        [205, 410],
        [405, 600],
      ] as const) {
        await tv.on();
        await tv.watch(lessons.long, from, to);
        tv.off(DAY);
      }
      await tv.on();
      await tv.upload();
      await expectAll(tv, 'long');
    });
  });

  describe('before the service ever heard of the box', () => {
    test('three days offline with a right clock', async () => {
      const tv = new Tv(world());
      tv.line = 'down';
      for (const what of [lessons.talk, lessons.evening, lessons.long]) {
        await tv.on();
        await tv.watch(what);
        tv.off(DAY);
      }
      tv.line = 'up';
      await tv.on();
      await tv.upload();
      await expectAll(tv, 'talk', 3599);
      await expectAll(tv, 'evening', 3599);
      await expectAll(tv, 'long');
      // Nobody saw it: for somebody to look at.
      expect(await grades(tv, 'talk')).toEqual(['C']);
    });

    test('one start in 1970', async () => {
      const tv = await new Tv(world()).on(0);
      tv.line = 'down';
      await tv.watch(lessons.long);
      await tv.pass(hours(5));
      tv.line = 'up';
      await tv.upload();
      await expectAll(tv, 'long');
    });

    test('three starts in 1970 on three days', async () => {
      const tv = new Tv(world());
      tv.line = 'down';
      for (const what of [lessons.talk, lessons.evening, lessons.long]) {
        await tv.on(0);
        await tv.watch(what);
        tv.off(DAY);
      }
      tv.line = 'up';
      await tv.on(0);
      await tv.upload();
      await expectAll(tv, 'talk', 3599);
      await expectAll(tv, 'evening', 3599);
      await expectAll(tv, 'long');
    });

    test('four weeks offline', async () => {
      const tv = new Tv(world());
      tv.line = 'down';
      await tv.on();
      await tv.watch(lessons.talk);
      tv.off(28 * DAY);
      tv.line = 'up';
      await tv.on();
      await tv.upload();
      await expectAll(tv, 'talk', 3599);
    });
  });

  describe('long silences', () => {
    test('a month offline, with an upload that breaks off for a day', async () => {
      const tv = await knownTv();
      tv.line = 'down';
      for (const what of [lessons.talk, lessons.evening, lessons.long, lessons.duty]) {
        await tv.on();
        await tv.watch(what);
        tv.off(7 * DAY);
      }
      tv.line = 'up';
      await tv.on();
      await tv.watch(lessons.short);
      tv.off(DAY);
      await tv.on();
      await tv.upload();
      for (const what of ['talk', 'evening'] as const) await expectAll(tv, what, 3599);
      for (const what of ['long', 'duty'] as const) await expectAll(tv, what);
    });

    test('a TV that was unplugged for good in the middle of a lesson it had completed', async () => {
      const tv = await newTv();
      await tv.begin(lessons.long);
      await tv.play(590);
      const { person } = tv;
      tv.off(7 * HOUR);
      await world().settle();
      const counted = await world().credited(person);
      expect(counted).toBeGreaterThanOrEqual(540);
      expect(counted).toBeLessThanOrEqual(590);
    });

    test('the other room, after the first was left', async () => {
      const tv = await knownTv();
      await tv.begin(lessons.long);
      await tv.play(300);
      await tv.leave();
      // The rest elsewhere, brought by the county's own program.
      const startedAt = world().now();
      world().pass(300);
      const rest = viewing({
        person: tv.person,
        lessonId: 'long',
        length: 600,
        from: 295,
        to: 595,
        startedAt,
        bootId: 'room',
        registration: registrationId(tv.person, 'long', String(localYear(startedAt, 'Asia/Shanghai'))),
      });
      await world().county.statements(rest.statements);
      expect(await countedOf(tv, 'long')).toBeGreaterThanOrEqual(594);
    });

    // Last: it turns the year.
    test('over New Year', async () => {
      const tv = await newTv();
      const newYear = localYear(world().now(), 'Asia/Shanghai') + 1;
      await tv.pass((Date.parse(`${newYear}-01-01T00:00:00+08:00`) - world().now()) / 1000 - 300);
      await tv.watch(lessons.long);
      await tv.upload();
      await expectAll(tv, 'long');
    });
  });
});
