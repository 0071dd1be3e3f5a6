import { resolve } from 'node:path';
import type { Browser, Route } from 'playwright-core';
import { v4 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkInCode, formatTicket, stepAt } from '../../src/domain/groups/check-in-code.ts';
import { startService, type Service } from '../../src/service/service.ts';
import { bindBox } from './bind-box.ts';
import { launchBrowser } from './harness/browser.ts';
import { isForEverybody, openPhone, type Phone } from './harness/phone.ts';
import { Client, integration, temporaryFolder, writeContent } from './service-kit.ts';

const secret = 'ab'.repeat(32);

describe('the phone page that checks people in to a session of a room', () => {
  const data = temporaryFolder();
  const manifests = temporaryFolder();
  let clock = Date.parse('2026-11-20T11:00:00.000Z');
  let service: Service;
  let county: Client;
  let box: Client;
  let browser: Browser;

  beforeAll(async () => {
    writeContent(manifests.path);
    service = await startService({
      port: 0,
      host: '127.0.0.1',
      data: data.path,
      manifests: manifests.path,
      phone: resolve(process.env.BUILD ?? 'build', 'phone'),
      sampleRoster: 'samples/roster.csv',
      integration,
      logLevel: 'error',
      now: () => clock,
    });
    county = new Client(service.url);
    await county.call('PUT', '/api/v1/people/100103/pin', { pin: '4711' });
    box = await bindBox(county, { room: 'zaoyuan-room' });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await service?.close();
    data.remove();
    manifests.remove();
  });

  const news = (id: string, seconds: number) =>
    box.call('PUT', `/api/v1/groups/sessions/${id}`, { room: 'zaoyuan-room', secret, seconds });

  async function openSession(): Promise<string> {
    const id = v4();
    expect((await news(id, 0)).status).toBe(200);
    return id;
  }

  const checkedIn = async (id: string) =>
    (await box.get<{ checkIns: { person: string }[]; guests: number }>(`/api/v1/groups/sessions/${id}`)).body;

  /** What the QR on the screen says at a session second. */
  const qr = (sessionId: string, seconds: number, of = secret): string => {
    const step = stepAt(seconds);
    return `${service.url}/phone/check-in#${formatTicket({ sessionId, step, code: checkInCode(of, step) })}`;
  };
  const open = (address: string, locale?: string): Promise<Phone> => openPhone(browser, address, { locale });

  test('a scanned code, one of the names, one yes; a late arrival does the same', async () => {
    const id = await openSession();
    const phone = await open(qr(id, 0));
    await phone.says('枣园村活动室');
    expect(await phone.heading()).toBe('您是哪一位？');
    // Nobody going back or sharing the address takes the code along.
    expect(new URL(phone.page.url()).hash).toBe('');
    const text = await phone.page.locator('main').innerText();
    for (const name of ['赵德福', '王桂兰', '马建国', '100102']) expect(text).not.toContain(name);
    await isForEverybody(phone, 'check-in-names');
    await phone.press('王○○');
    await isForEverybody(phone, 'check-in-confirm');
    await phone.press('不是我，重新选');
    await phone.press('王○○');
    await phone.press('对，签到');
    await phone.says('签到好了');
    await isForEverybody(phone, 'check-in-done');
    expect(phone.troubles).toEqual([]);
    await phone.close();

    clock += 1_500_000;
    await news(id, 1500);
    const late = await open(qr(id, 1500), 'en-GB');
    await late.says('Who are you?');
    await isForEverybody(late, 'check-in-names-en');
    await late.press('李○○');
    await late.press('Yes, check in');
    await late.says('You are checked in');
    await isForEverybody(late);
    expect((await checkedIn(id)).checkIns.map(({ person }) => person)).toEqual(['100102', '100104']);
    expect(late.troubles).toEqual([]);
    await late.close();
  });

  test('the room chosen and the six digits typed; a PIN where there is one; a guest is a number', async () => {
    const id = await openSession();
    clock += 45_000;
    const phone = await open(`${service.url}/phone/check-in`);
    await isForEverybody(phone, 'check-in-start');
    await phone.press('选活动室，填数字');
    await phone.says('您在哪个活动室？');
    await isForEverybody(phone, 'check-in-rooms');
    await phone.page.getByRole('button', { name: '枣园村活动室' }).last().tap();
    await phone.fill('电视上的 6 个数字', '123');
    await phone.press('下一步');
    await phone.warns('要填满 6 个数字');
    await isForEverybody(phone, 'check-in-code');
    // Sessions of one room are told apart by their codes, and here they have the same.
    await phone.fill('电视上的 6 个数字', checkInCode(secret, 2));
    await phone.press('下一步');
    await phone.says('您是哪一位？');
    await phone.press('孙○○');
    await phone.says('您设过密码');
    await isForEverybody(phone, 'check-in-pin');
    await phone.press('对，签到');
    await phone.warns('请填 4 到 6 个数字的密码');
    await phone.fill('您的密码', '0000');
    await phone.press('对，签到');
    await phone.warns('编号或密码不对');
    await phone.fill('您的密码', '4711');
    await phone.press('对，签到');
    await phone.says('签到好了');
    for (const known of ['4711', '0000', '100103', checkInCode(secret, 2)])
      expect(phone.requests.join('\n')).not.toContain(known);
    expect(await phone.page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
    expect(phone.troubles).toEqual([]);
    await phone.close();

    const guest = await open(qr(id, 45));
    await guest.press('名单上没有我');
    await isForEverybody(guest, 'check-in-guest');
    await guest.press('好，算我一个');
    await guest.says('算上您了');
    await isForEverybody(guest, 'check-in-guest-done');
    await guest.close();
    expect(await checkedIn(id)).toMatchObject({ guests: 1 });
  });

  test('refuses what is too old, forged, of another or no session, used, or said twice, and says why', async () => {
    const id = await openSession();
    clock += 70_000;
    await news(id, 70);
    const refusals: [address: string, words: string][] = [
      // Older than 60 s of session time.
      [qr(id, 0), '这个码已经过时了'],
      [qr(id, 70, 'cd'.repeat(32)), '这个码不是这一场的'],
      [qr(v4(), 70), '没有找到这一场学习'],
    ];
    for (const [address, words] of refusals) {
      const phone = await open(address);
      await phone.warns(words);
      await isForEverybody(phone);
      await phone.close();
    }
    const other = await openSession();
    await box.call('PUT', `/api/v1/groups/sessions/${v4()}`, {
      room: 'zaoyuan-room',
      secret: 'ef'.repeat(32),
      seconds: 70,
    });
    const crossed = await open(qr(other, 70, 'ef'.repeat(32)));
    await crossed.warns('这个码不是这一场的');
    await crossed.close();

    const first = await open(qr(id, 70));
    await first.press('王○○');
    await first.press('对，签到');
    await first.says('签到好了');
    await first.close();
    const again = await open(qr(id, 70));
    await again.press('王○○');
    await again.press('对，签到');
    await again.warns('已经签过到了');
    await isForEverybody(again, 'check-in-twice');
    await again.press('不是我，重新选');
    await again.press('周○○');
    // The phone is put down for longer than the ticket is good.
    clock += 301_000;
    await news(id, 371);
    await again.press('对，签到');
    await again.warns('时间过了 5 分钟');
    await again.fill('电视上的 6 个数字', checkInCode(secret, stepAt(371)));
    await again.press('下一步');
    await again.press('周○○');
    await again.press('对，签到');
    await again.says('签到好了');
    await again.close();
    expect((await checkedIn(id)).checkIns).toHaveLength(2);

    const at = new Date(clock - 400_000).toISOString();
    const { status } = await box.post(`/api/v1/groups/sessions/${id}/record`, {
      room: 'zaoyuan-room',
      host: '100101',
      anchors: [{ seconds: 0, at }],
      clock: 'synced',
      seconds: 371,
      lessons: [
        {
          ...{ lessonId: 'long', showing: v4(), length: 600, threshold: 0.9 },
          plays: [{ start: 0, end: 300, at: 10, rate: 1 }],
        },
      ],
      attendees: [{ person: '100102', spans: [{ from: 70, to: 371 }] }],
      ...{ dismissed: [], expected: 16, guests: 0, asked: [], notes: [] },
    });
    expect(status).toBe(200);
    const over = await open(qr(id, 371));
    await over.warns('这一场已经结束了');
    await over.close();
  });

  test('no network, a network too slow: said in plain words, and tried again', async () => {
    const id = await openSession();
    const phone = await open(qr(id, 0));
    await phone.press('周○○');
    await phone.context.setOffline(true);
    await phone.press('对，签到');
    await phone.warns('连不上网');
    await phone.context.setOffline(false);
    await phone.page.clock.install();
    const hanging: Route[] = [];
    await phone.page.route('**/check-ins', (route) => void hanging.push(route));
    await phone.press('对，签到');
    await expect.poll(() => hanging.length).toBe(1);
    await phone.page.clock.fastForward(31_000);
    await phone.warns('网太慢');
    await isForEverybody(phone, 'check-in-slow');
    await hanging[0]?.abort();
    await phone.page.unroute('**/check-ins');
    await phone.press('对，签到');
    await phone.says('签到好了');
    expect(phone.troubles.filter((text) => !/ERR_(INTERNET_DISCONNECTED|FAILED)/.test(text))).toEqual([]);
    await phone.close();
  });

  test('a thousand guesses of the six digits are stopped; the page sends people to the host', async () => {
    const id = await openSession();
    const good = new Set([0, 1].map((step) => checkInCode(secret, step)));
    const anybody = new Client(service.url, '');
    const counts = new Map<string, number>();
    const guess = async (number: number): Promise<void> => {
      const code = String(number * 7 + 1).padStart(6, '0');
      if (good.has(code)) return guess(number + 1000);
      const { body } = await anybody.post(`/api/v1/groups/sessions/${id}/tickets`, { code });
      counts.set(body.code, (counts.get(body.code) ?? 0) + 1);
    };
    const guesses = async (from: number, to: number): Promise<void> => {
      // Not all at once: a busy machine would call itself overloaded, and that is not the limit under test.
      for (let next = from; next < to; next += 20)
        await Promise.all(Array.from({ length: Math.min(20, to - next) }, (_, index) => guess(next + index)));
    };
    await guesses(0, 120);
    expect(Object.fromEntries(counts)).toEqual({ 'code-wrong': 100, 'too-many-guesses': 20 });
    // Even the right code is none any more.
    const phone = await open(qr(id, 0));
    await phone.warns('手机签到已经停了');
    await isForEverybody(phone, 'check-in-stopped');
    await phone.close();
    await guesses(120, 1000);
    const { 'code-wrong': wrong, ...stopped } = Object.fromEntries(counts);
    expect(wrong).toBe(100);
    // The rest was refused: by the session's limit, or before that because an address may not ask so often.
    const refusals = ['overloaded', 'too-many-guesses', 'too-many-requests'];
    expect(Object.keys(stopped).filter((code) => !refusals.includes(code))).toEqual([]);
    expect(Object.values(stopped).reduce((sum, count) => sum + count, 0)).toBe(900);
    expect((await checkedIn(id)).checkIns).toEqual([]);
  });
});
