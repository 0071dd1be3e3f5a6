import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startService, type Service } from '../../src/service/service.ts';
import { launchBrowser } from './harness/browser.ts';
import { isForEverybody, openPhone, type Phone } from './harness/phone.ts';
import { Client, integration, newBox, temporaryFolder, writeContent } from './service-kit.ts';

const build = resolve(process.env.BUILD ?? 'build', 'phone');

describe('the phone page that binds a box', () => {
  const data = temporaryFolder();
  const manifests = temporaryFolder();
  let service: Service;
  let county: Client;
  let browser: Browser;

  beforeAll(async () => {
    writeContent(manifests.path);
    service = await startService({
      port: 0,
      host: '127.0.0.1',
      data: data.path,
      manifests: manifests.path,
      phone: build,
      sampleRoster: 'samples/roster.csv',
      integration,
      logLevel: 'error',
    });
    county = new Client(service.url);
    await county.call('PUT', '/api/v1/people/100101/pin', { pin: '4711' });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await service?.close();
    data.remove();
    manifests.remove();
  });

  /** A box that shows a code. */
  async function waitingBox(): Promise<{
    code: string;
    address: string;
    last: string;
    state: () => Promise<string>;
  }> {
    const box = await newBox(service.url);
    const basic = Buffer.from(box.authorization.replace('Bearer ', '').replace('.', ':')).toString('base64');
    const { body } = await new Client(service.url, `Basic ${basic}`).call<{
      user_code: string;
      verification_uri_complete: string;
    }>('POST', '/oauth/device_authorization', '', { 'content-type': 'application/x-www-form-urlencoded' });
    return {
      code: body.user_code,
      address: body.verification_uri_complete,
      last: box.boxId.slice(-4).toUpperCase(),
      state: async () => {
        const answer = await county.get<{ place: { id: string } | null }>(`/api/v1/boxes/${box.boxId}`);
        return answer.body.place?.id ?? '';
      },
    };
  }

  const open = (address: string, locale?: string): Promise<Phone> => openPhone(browser, address, { locale });

  test('a scanned code and a card: which box, which village, one yes', async () => {
    const box = await waitingBox();
    const { body } = await county.post<{ number: string }>('/api/v1/binding-cards', { home: 'h102' });
    const phone = await open(box.address);
    const { page } = phone;
    expect(page.url()).toBe(`${service.url}/phone/bind#${box.code}`);
    expect(await phone.heading()).toBe('您是哪一位？');
    await isForEverybody(phone);
    await page.getByRole('button', { name: '我有支部发的卡片' }).tap();
    await isForEverybody(phone);

    await page.getByLabel('卡片上的 12 个数字').fill('123412341234');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: '这个卡号不对' }).waitFor();
    await isForEverybody(phone);
    expect(await page.getByLabel('卡片上的 12 个数字').inputValue()).toBe('123412341234');

    await page.getByLabel('卡片上的 12 个数字').fill(body.number);
    await page.getByRole('button', { name: '下一步' }).tap();
    await page.getByText('枣园村', { exact: true }).waitFor();
    expect(await page.locator('main').innerText()).toContain('王桂兰家');
    expect(await page.locator('main').innerText()).toContain(`电视盒 …${box.last}`);
    expect(await box.state()).toBe('');
    await isForEverybody(phone);

    await page.getByRole('button', { name: '对，就是这里' }).tap();
    await page.getByRole('heading', { name: '连好了' }).waitFor();
    await isForEverybody(phone);
    expect(await box.state()).toBe('h102');
    expect(phone.troubles).toEqual([]);
    await phone.context.close();
  });

  test('a typed code and the branch secretary, in English; the network is away for a moment', async () => {
    const box = await waitingBox();
    const phone = await open(`${service.url}/bind`, 'en-GB');
    const { page } = phone;
    expect(await phone.heading()).toBe('Connect the TV with a home or an activity room');
    await isForEverybody(phone);
    await page.getByLabel('The 8 letters on the TV').fill('nonsense');
    await page.getByRole('button', { name: 'Next' }).tap();
    await page.getByRole('alert').filter({ hasText: 'No TV shows these 8 letters' }).waitFor();

    await page.getByLabel('The 8 letters on the TV').fill(box.code.toLowerCase().replace('-', ' '));
    await page.getByRole('button', { name: 'Next' }).tap();
    await page.getByRole('button', { name: 'I am the branch secretary' }).tap();
    await page.getByLabel('Your number').fill('100101');
    await page.getByLabel('Your PIN').fill('0000');
    await page.getByRole('button', { name: 'Next' }).tap();
    await page.getByRole('alert').filter({ hasText: 'Number or PIN is wrong' }).waitFor();
    expect(await page.getByLabel('Your number').inputValue()).toBe('100101');
    expect(await page.getByLabel('Your PIN').inputValue()).toBe('');
    await isForEverybody(phone);

    await phone.context.setOffline(true);
    await page.getByLabel('Your PIN').fill('4711');
    await page.getByRole('button', { name: 'Next' }).tap();
    await page.getByRole('alert').filter({ hasText: 'No network' }).waitFor();
    await phone.context.setOffline(false);
    await page.getByLabel('Your PIN').fill('4711');
    await page.getByRole('button', { name: 'Next' }).tap();
    await page.getByRole('button', { name: '枣园村活动室' }).tap();
    await page.getByRole('heading', { name: 'Is this right?' }).waitFor();
    await isForEverybody(phone);
    await page.getByRole('button', { name: '中文' }).tap();
    await page.getByRole('button', { name: '对，就是这里' }).tap();
    await page.getByRole('heading', { name: '连好了' }).waitFor();
    expect(await box.state()).toBe('zaoyuan-room');
    expect(phone.troubles.filter((text) => !/ERR_INTERNET_DISCONNECTED/.test(text))).toEqual([]);
    await phone.context.close();
  });

  test('has no code, card, number or PIN in any address it asks for, and keeps nothing', async () => {
    const box = await waitingBox();
    const phone = await open(`${service.url}/bind`);
    const { page } = phone;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.getByLabel('电视上的 8 个字母').fill(box.code);
    await page.getByRole('button', { name: '下一步' }).tap();
    await page.getByRole('button', { name: '我是支部书记' }).tap();
    await page.getByLabel('您的编号').fill('100101');
    await page.getByLabel('您的密码').fill('4711');
    await page.getByRole('button', { name: '下一步' }).tap();
    await page.getByRole('button', { name: '枣园村活动室' }).waitFor();
    expect(asked.length).toBeGreaterThan(1);
    for (const secret of ['4711', '100101', box.code, encodeURIComponent('赵德福')])
      expect(asked.join('\n')).not.toContain(secret);
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([
      0,
      0,
      '',
    ]);
    await phone.context.close();
  });

  test('comes with a policy that lets no inline script or style in, and less than 30 KB gzip of scripts', async () => {
    const { headers } = await fetch(`${service.url}/phone/bind`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe|http/);
    const scripts = readdirSync(build).filter((name) => name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(0);
    for (const name of scripts)
      expect(gzipSync(readFileSync(join(build, name))).length, name).toBeLessThan(30_000);
  });
});
