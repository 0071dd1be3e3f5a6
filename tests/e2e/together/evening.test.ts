import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../harness/browser.ts';
import { openEvening, roomId, startRoomWorld, type RoomWorld } from './room.ts';

interface Listed {
  session: string;
  attendees: number;
}
interface Minutes {
  attendees: { id: string; minutes: number }[];
  lessons: { minutes: number }[];
  guests: number;
  asked: unknown[];
}

/** An evening in a room: killed in the middle, gone on with and ended without network, told to the service once. */
describe('studying together, from the roll to the record', () => {
  let world: RoomWorld;
  let browser: Browser;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startRoomWorld(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  test('three people, a cut in the lesson, no network to the end: one record, its people, nobody credited twice', async () => {
    const tv = await world.openRoomTv(browser);
    const screenshot = async (name: string): Promise<void> => {
      const folder = process.env.SCREENS;
      if (!folder) return;
      await tv.page.waitForTimeout(900);
      await tv.page.screenshot({ path: `${folder}/${name}.png` });
    };
    await tv.restart('#together');
    await screenshot('setup');
    await openEvening(tv, '新手上路');
    await tv.press('Enter', 'Enter', 'Enter');
    await tv.heard(/到了/);
    await screenshot('roll');
    for (let i = 0; i < 12 && !(await tv.saying()).includes('开始学习'); i++) {
      await tv.press('Down');
      await tv.page.waitForTimeout(300);
    }
    await tv.hears('开始学习');
    await tv.press('Enter');
    await tv.heard('谁家的遥控器是新的');
    await screenshot('cue');
    await tv.press('Enter');
    await tv.plays();
    await tv.page.waitForTimeout(5000);
    await tv.press('Enter');
    await screenshot('controls');

    // The service is out of reach from here on, the app itself is at hand as from a box's own cache.
    await tv.context.route(/\/(api|xapi|oauth)\//, (route) => route.abort());
    await tv.restart();
    await tv.heard('刚才断过电');
    await screenshot('found-again');
    await tv.press('Enter');
    await tv.heard('大家说一说');
    await screenshot('question');
    await tv.press('Enter');
    const next = /课都看完了|下一课/;
    await tv.heard(next);
    while (!(await tv.said()).some((words) => words.includes('课都看完了'))) {
      await tv.press('Right', 'Enter');
      await tv.page.waitForTimeout(500);
    }
    await screenshot('after');
    await tv.press('Enter');
    await tv.hears('结束');
    await tv.press('Enter');
    await tv.heard('记录存在电视里');
    await screenshot('closed');
    await tv.context.unroute(/\/(api|xapi|oauth)\//);

    const uploadNow = async (): Promise<void> => {
      await tv.restart('#settings');
      await tv.press('Down', 'Down', 'Down', 'Down', 'Down', 'Enter');
    };
    const records = async (): Promise<Listed[]> =>
      (await world.county.get<{ records: Listed[] }>(`/api/v1/groups/records?room=${roomId}`)).body.records;
    await uploadNow();
    await expect.poll(async () => (await records()).length, { timeout: 30_000 }).toBe(1);
    await uploadNow();
    await tv.page.waitForTimeout(1000);
    const [record, ...more] = await records();
    expect(more).toEqual([]);
    expect(record!.attendees).toBe(3);
    const { body } = await world.county.get<Minutes>(`/api/v1/groups/sessions/${record!.session}/minutes`);
    expect(body.attendees).toHaveLength(3);
    expect(body.asked).toHaveLength(1);
    const entries = await world.county.ledger();
    const persons = entries.map(({ person, lessonId }) => `${person} ${lessonId}`);
    expect(new Set(persons).size).toBe(persons.length);
    // The minutes say what the ledger has: of the one lesson that all three saw to its end.
    expect(new Set(entries.map(({ person }) => person))).toEqual(new Set(body.attendees.map(({ id }) => id)));
    for (const { id, minutes } of body.attendees) {
      const own = entries.filter(({ person }) => person === id);
      const seconds = own.reduce((sum, { creditedSeconds }) => sum + creditedSeconds, 0);
      expect(seconds).toBeGreaterThan(17);
      // Printed with one decimal.
      expect(Math.abs(minutes * 60 - seconds)).toBeLessThanOrEqual(3.1);
    }
    expect(tv.troubles.filter((words) => !/ERR_FAILED|net::/.test(words))).toEqual([]);
    await tv.close();
  });
});
