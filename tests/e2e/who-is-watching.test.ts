import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startService, type Service } from '../../src/service/service.ts';
import { launchBrowser } from './harness/browser.ts';
import { eventually, openTv, type Key, type Tv } from './harness/tv.ts';
import { Client, integration, temporaryFolder } from './service-kit.ts';

const build = resolve(process.env.BUILD ?? 'build');
const done: Key[] = ['Down', 'Down', 'Down', 'Right', 'Right', 'Enter'];

/** Two people of a home before their TV, with nothing but a remote. */
describe('who is watching, on the TV', () => {
  const data = temporaryFolder();
  let service: Service;
  let county: Client;
  let browser: Browser;

  beforeAll(async () => {
    service = await startService({
      port: 0,
      host: '127.0.0.1',
      data: data.path,
      manifests: 'media-manifests',
      app: resolve(build, 'tv'),
      phone: resolve(build, 'phone'),
      sampleRoster: 'samples/roster.csv',
      integration,
      logLevel: 'error',
    });
    county = new Client(service.url);
    await county.call('PUT', '/api/v1/people/100102/pin', { pin: '1357' });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await service?.close();
    data.remove();
  });

  /** A TV that a card has brought to a home or room. */
  async function boundTv(place: object): Promise<Tv> {
    const tv = await openTv(browser, service.url, {
      hash: '#binding',
      // What an earlier start left is sent after a random while; here, after a short one.
      before: () => {
        Math.random = () => 0.001;
      },
    });
    await tv.hears('用手机连接');
    const { body } = await county.post<{ number: string }>('/api/v1/binding-cards', place);
    await tv.press('Right', 'Enter');
    await tv.heard('用数字键填卡片上的 12 个数字');
    await tv.press(...[...body.number.replace(/-/g, '')].map((digit): Key => Number(digit)));
    await tv.heard('填了 12 个');
    await tv.press('Enter');
    await tv.heard('已连接：');
    return tv;
  }
  const playedBy = async (person: string): Promise<number> =>
    (await county.study(person)).lessons.find(({ lessonId }) => lessonId === 'wheat-cold-wave')
      ?.playedSeconds ?? 0;

  test('picked in one key, switched in three from the picture; each has their own part; the PIN opens the page and locks', async () => {
    const tv = await boundTv({ home: 'h102' });
    await tv.restart('#who');
    await tv.hears('王○○ 我在看');
    await tv.press('Enter');
    await tv.hears('王○○：填密码');

    await tv.restart('#play/wheat-cold-wave');
    await tv.plays();
    await tv.page.waitForTimeout(4000);
    // Three keys from the picture: the button, the list, the other one.
    await tv.press('Up', 'Enter');
    await tv.heard('马○○ 09 换成我看');
    await tv.press('Enter');
    await tv.heard('现在学时记给：马○○ 09');
    const { time: switched } = await tv.video();
    // What he earned before is the service's before anything else happens.
    await eventually(async () => (await playedBy('100102')) > 0);
    // The plug is pulled.
    const { time: cut } = await tv.video();
    await tv.restart('#who');
    await tv.hears(/王○○ 换成我看/);
    expect(Math.abs((await playedBy('100102')) - switched)).toBeLessThan(1.5);
    // A cut takes what was played since the last that was kept, and never more than was played.
    expect(await playedBy('100109')).toBeLessThanOrEqual(cut - switched + 1.5);
    const ended = (await county.list()).filter(({ verb }) => verb.id.endsWith('/terminated'));
    expect(ended.filter(({ actor }) => actor.account?.name === '100102')).toHaveLength(1);

    await tv.restart('#who');
    await tv.hears('王○○ 换成我看');
    await tv.press('Enter');
    await tv.hears('王○○：填密码');
    await tv.press('Enter');
    for (let wrong = 1; wrong <= 5; wrong += 1) {
      await tv.press(1, 1, 1, 2);
      if (wrong === 1) await tv.press(...done);
      else await tv.press('Enter');
      await tv.heard(wrong < 5 ? `还可以试 ${5 - wrong} 次` : '错得太多，先锁住了');
    }
    await tv.press(1, 3, 5, 7, 'Enter');
    await tv.hears('先锁住了');
    expect((await tv.said()).join()).not.toContain('王桂兰');
    await tv.close();
  });

  test('an activity room has no personal page and no names', async () => {
    const tv = await boundTv({ room: 'zaoyuan-room' });
    await tv.restart('#my-study');
    await tv.hears('看一课');
    await tv.restart('#who');
    await tv.hears('好了');
    expect((await tv.said()).join()).not.toMatch(/王|赵|李/);
    await tv.close();
  });
});
