import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startService, type Service } from '../../src/service/service.ts';
import { launchBrowser } from './harness/browser.ts';
import { openTv, type Key, type Tv } from './harness/tv.ts';
import { Client, integration, temporaryFolder } from './service-kit.ts';

const build = resolve(process.env.BUILD ?? 'build');

/** A TV is brought to a home and out again with nothing but a remote, and switched off at every step. */
describe('binding on the TV', () => {
  const data = temporaryFolder();
  let service: Service;
  let county: Client;
  let nobody: Client;
  let browser: Browser;
  /** Added to the service's clock, milliseconds. */
  let later = 0;

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
      now: () => Date.now() + later,
    });
    county = new Client(service.url);
    nobody = new Client(service.url, '');
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await service?.close();
    data.remove();
  });

  const issue = async (place: object) =>
    (await county.post<{ number: string }>('/api/v1/binding-cards', place)).body.number.replace(/-/g, '');

  /** The code as the TV says it. */
  async function codeOf(tv: Tv, since = 0): Promise<string> {
    await tv.heard(/8 个字母：/, since);
    const said = (await tv.said()).slice(since).filter((words) => words.includes('8 个字母：'));
    return /8 个字母：([A-Z -]+)/.exec(said.at(-1) ?? '')![1]!.replace(/ /g, '');
  }

  const confirm = async (userCode: string, place: object) =>
    nobody.post('/api/v1/phone/bind/confirm', { userCode, card: await issue(place) });

  const typeCard = async (tv: Tv, number: string): Promise<void> => {
    await tv.press('Right', 'Enter');
    await tv.heard('用数字键填卡片上的 12 个数字');
    await tv.press(...[...number].map((digit): Key => Number(digit)));
    await tv.heard('填了 12 个');
  };

  test('from settings by a code; switched off while it is shown, after the yes, and bound; then out again', async () => {
    const tv = await openTv(browser, service.url, { hash: '#settings' });
    await tv.press('Down', 'Down', 'Down', 'Down', 'Down', 'Down');
    await tv.hears('这台电视 这台电视还没有连接');
    await tv.press('Enter');
    await tv.hears('用手机连接');
    await tv.press('Enter');
    const code = await codeOf(tv);
    expect(code).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);

    await tv.restart('#binding');
    expect(await codeOf(tv)).toBe(code);

    // Switched off before it has heard of the yes, for longer than a code may be confirmed.
    await tv.page.goto('about:blank');
    expect((await confirm(code, { home: 'h102' })).status).toBe(200);
    later += 3_600_000;
    await tv.restart('#binding');
    await tv.heard('已连接：枣园村 · 王○○家');

    await tv.restart('#binding');
    await tv.heard('已连接：枣园村 · 王○○家');
    await tv.page.context().setOffline(true);
    await tv.press('Right', 'Enter');
    await tv.hears('不解除');
    await tv.press('Right', 'Enter');
    await tv.heard('连不上网');
    await tv.page.context().setOffline(false);
    await tv.press('Right', 'Enter');
    await tv.press('Right', 'Enter');
    await tv.heard('已解除连接');
    await tv.restart('#binding');
    await tv.heard('这台电视还没有连接');
    await tv.close();
  });

  test('by a card with the digits of the remote: a wrong one, no network, switched off before the answer', async () => {
    const tv = await openTv(browser, service.url, { hash: '#binding' });
    await tv.hears('用手机连接');
    await typeCard(tv, '123412341234');
    await tv.press('Enter');
    await tv.heard('卡号不对');

    const number = await issue({ room: 'zaoyuan-room' });
    let cut = true;
    await tv.context.route('**/oauth/token', async (route) => {
      if (!cut) return route.continue();
      // The service hears the question; its answer never arrives.
      await route.fetch();
      await route.abort();
    });
    const since = (await tv.said()).length;
    await tv.press('Left');
    await typeCard(tv, number);
    await tv.press('Enter');
    await tv.heard('连不上网', since);
    cut = false;
    await tv.restart('#binding');
    await tv.heard('已连接：枣园村 · 枣园村活动室');
    await tv.heard('名册上有 16 个人');
    await tv.close();
  });

  test('the hour of a token passes with the power away at each moment of its renewal', async () => {
    const tv = await openTv(browser, service.url, { hash: '#binding' });
    await tv.hears('用手机连接');
    await tv.press('Enter');
    await confirm(await codeOf(tv), { home: 'h103' });
    await tv.heard('已连接：枣园村 · 孙○○家');

    // The answer to the renewal is lost: the old token is good until the next one is used.
    later += 3_700_000;
    let lose = true;
    await tv.context.route('**/oauth/token', async (route) => {
      if (!lose) return route.continue();
      await route.fetch();
      await route.abort();
    });
    const asked = tv.requests.length;
    await tv.restart('#binding');
    await expect.poll(() => tv.requests.slice(asked).some((url) => url.endsWith('/oauth/token'))).toBe(true);
    lose = false;
    const before = tv.requests.length;
    await tv.restart('#binding');
    await tv.heard('已连接：枣园村 · 孙○○家');
    await expect
      .poll(() => tv.requests.slice(before).filter((url) => url.endsWith('/api/v1/box')).length)
      .toBeGreaterThan(1);

    // Renewed and kept, then switched off before the first use.
    later += 3_700_000;
    await tv.context.unrouteAll({ behavior: 'wait' });
    await tv.context.route('**/api/v1/box', async (route, request) => {
      const { status } = await nobody
        .call('GET', '/api/v1/box', undefined, {
          authorization: (await request.allHeaders())['authorization'] ?? '',
        })
        .catch(() => ({ status: 0 }));
      return status === 401 ? route.continue() : route.abort();
    });
    await tv.restart('#binding');
    await tv.heard('已连接：枣园村 · 孙○○家');
    await tv.context.unrouteAll({ behavior: 'wait' });
    const last = tv.requests.length;
    await tv.restart('#binding');
    await expect
      .poll(() => tv.requests.slice(last).filter((url) => url.endsWith('/api/v1/box')).length)
      .toBeGreaterThan(0);
    await tv.heard('家里登记了 2 个人');
    await tv.close();
  });

  test('nobody presses anything: the box asks nothing about binding', async () => {
    const tv = await openTv(browser, service.url, { hash: '#settings' });
    await tv.hears(/./);
    await tv.press('Down');
    expect(tv.requests.filter((url) => /oauth|\/api\/v1\/box$/.test(url))).toEqual([]);
    await tv.close();
  });
});
