import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../harness/browser.ts';
import type { Tv } from '../harness/tv.ts';
import { roomId, startRoomWorld, type RoomWorld } from './room.ts';

interface Entry {
  id: string;
  person: string;
  lessonId: string;
  mode: string;
  evidence: string;
  creditedSeconds: number;
}
interface Minutes {
  kind: string;
  guests: number;
  attendees: { id: string }[];
  corrections: { reason: string; added: string[]; removed: string[] }[];
}

/** A sheet of paper and corrections, entered with a remote against the real service. */
describe('after the evening', () => {
  let world: RoomWorld;
  let browser: Browser;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startRoomWorld(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  const ledger = async (): Promise<Entry[]> =>
    (await world.county.get<{ entries: Entry[] }>('/api/v1/ledger')).body.entries;
  const creditOf = async (person: string): Promise<number> =>
    (await ledger())
      .filter((entry) => entry.person === person)
      .reduce((sum, { creditedSeconds }) => sum + creditedSeconds, 0);
  const screenshot = async (tv: Tv, name: string): Promise<void> => {
    if (!process.env.SCREENS) return;
    await tv.page.waitForTimeout(900);
    await tv.page.screenshot({ path: `${process.env.SCREENS}/${name}.png` });
  };
  /** Down until the focus is on the words. */
  async function downTo(tv: Tv, words: string): Promise<void> {
    for (let tries = 0; !(await tv.saying()).includes(words); tries++) {
      if (tries > 12) throw new Error(`No ${words}; now: ${await tv.saying()}`);
      await tv.press('Down');
      await tv.page.waitForTimeout(150);
    }
  }

  test('a sheet is entered once, people are added and taken out, and nothing that was written is changed', async () => {
    const tv = await world.openRoomTv(browser);
    await tv.restart('#together');
    await tv.heard('开始点名');
    await tv.press('Right');
    await tv.hears('以前的学习');
    await tv.press('Enter');
    await tv.heard('还没有学习记录');
    await screenshot(tv, 'past-none');

    await tv.press('Enter');
    await tv.heard('几点开始的');
    await screenshot(tv, 'paper-when');
    await tv.press('Down', 'Enter', 'Enter');
    await tv.heard('学的是哪一组课');
    await screenshot(tv, 'paper-list');
    await downTo(tv, '新手上路');
    await tv.press('Enter');
    await tv.heard('学了哪几课');
    await screenshot(tv, 'paper-lessons');
    if (!(await tv.saying()).includes('选上了')) await tv.press('Enter');
    await downTo(tv, '下一步');
    await tv.press('Enter');
    await tv.heard('签到表上有谁');
    await tv.press('Enter', 'Enter', 'Enter');
    await screenshot(tv, 'paper-people');
    await downTo(tv, '下一步');
    await tv.press('Enter');
    await tv.heard('谁主持的');
    await tv.press('Enter');
    await tv.heard('名册以外来了几个人');
    await tv.press(4);
    await screenshot(tv, 'paper-guests');
    await tv.press('Enter');
    await tv.heard('对不对');
    await screenshot(tv, 'paper-check');
    await tv.press('Enter');
    await tv.heard('签到表记下了');
    await tv.heard('已经上传');
    await screenshot(tv, 'paper-saved');

    const first = await ledger();
    const people = [...new Set(first.map(({ person }) => person))].sort();
    expect(people).toEqual(['100101', '100102', '100103']);
    for (const { mode, evidence, creditedSeconds } of first) {
      expect({ mode, evidence }).toEqual({ mode: 'paper', evidence: 'C' });
      expect(creditedSeconds).toBeGreaterThan(0);
    }
    const each = await creditOf('100101');
    expect(await creditOf('100103')).toBe(each);

    await tv.press('Enter');
    await tv.heard('以前的学习');
    await tv.hears('到了 3 人');
    await screenshot(tv, 'past-list');
    await tv.press('Enter');
    await tv.heard('记了 3 人，另有群众 4 人');
    await screenshot(tv, 'past-record');
    await tv.press('Enter');
    await tv.heard('谁来了没有记上');
    await tv.press('Enter');
    await downTo(tv, '下一步');
    await tv.press('Enter');
    await tv.heard('为什么要改');
    await screenshot(tv, 'correct-why');
    await tv.press('Enter');
    await tv.heard('补记这 1 个人');
    await screenshot(tv, 'correct-sure');
    await tv.press('Enter');
    await tv.heard('更正已经上传');
    await tv.press('Enter');
    await tv.heard('记了 4 人');

    await tv.press('Right', 'Enter');
    await tv.heard('谁没来却记上了');
    await tv.press('Right', 'Right', 'Enter');
    await downTo(tv, '下一步');
    const since = (await tv.said()).length;
    await tv.press('Enter', 'Down', 'Enter');
    await tv.heard('去掉这 1 个人', since);
    await tv.press('Enter');
    await tv.heard('更正已经上传', since);
    await tv.press('Enter');
    await tv.heard('记了 3 人', since);
    await screenshot(tv, 'past-corrected');

    const last = await ledger();
    for (const entry of first) expect(last).toContainEqual(entry);
    expect(await creditOf('100101')).toBe(each);
    expect(await creditOf('100102')).toBe(each);
    expect(await creditOf('100103')).toBe(0);
    expect(await creditOf('100104')).toBe(each);
    const { body } = await world.county.get<{ records: { session: string; attendees: number }[] }>(
      `/api/v1/groups/records?room=${roomId}`,
    );
    expect(body.records.map(({ attendees }) => attendees)).toEqual([3]);
    const minutes = await world.county.get<Minutes>(
      `/api/v1/groups/sessions/${body.records[0]!.session}/minutes`,
    );
    expect(minutes.body).toMatchObject({ kind: 'paper', guests: 4 });
    expect(minutes.body.attendees.map(({ id }) => id).sort()).toEqual(['100101', '100102', '100104']);
    expect(minutes.body.corrections).toMatchObject([
      { reason: '点名时漏了', added: ['李秀英'], removed: [] },
      { reason: '人没有来', added: [], removed: ['孙长河'] },
    ]);
    const said = (await tv.said()).join(' ');
    expect(said).not.toContain('长河');

    // Without network the earlier sessions are out of reach, and the page says so and what can be done.
    await tv.context.route(/\/(api|xapi|oauth)\//, (route) => route.abort());
    await tv.restart('#together-past');
    await tv.heard('现在连不上网');
    await screenshot(tv, 'past-offline');
    expect(tv.troubles.filter((words) => !/ERR_FAILED|net::/.test(words))).toEqual([]);
    await tv.close();
  });
});
