import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from './harness/browser.ts';
import { startServiceProcess, type ServiceProcess } from './harness/service.ts';
import { openTv, type Tv } from './harness/tv.ts';

let browser: Browser;
let service: ServiceProcess;
let tv: Tv;

beforeAll(async () => {
  [browser, service] = await Promise.all([launchBrowser(), startServiceProcess()]);
});
afterAll(async () => {
  await browser.close();
  await service.remove();
});

const entry = /\/app\.[0-9a-f]+\.js$/;
const entries = (): string[] => tv.requests.filter((url) => entry.test(url));
const visibleCode = (): Promise<string> => tv.page.innerText('#boot-code');

describe('the page chooses a bundle', () => {
  test.each([
    ['', '/app.', ''],
    ['?bundle=legacy', '/legacy/app.', ''],
    ['?bundle=modern', '/app.', ''],
    ['', '/legacy/app.', 'an engine without Promise.allSettled'],
  ])('%s: %s %s', async (query, file, engine) => {
    const old = (): void => void Reflect.deleteProperty(Promise, 'allSettled');
    tv = await openTv(browser, service.url, { query, ...(engine ? { before: old } : {}) });
    expect(entries()).toHaveLength(1);
    expect(entries()[0]).toContain(`${service.url}${file}`);
    const before = await tv.saying();
    await tv.press('Down');
    await expect.poll(() => tv.saying()).not.toBe(before);
    expect(tv.troubles).toEqual([]);
    await tv.close();
  });
});

describe('a start that fails', () => {
  const broken = (answer: { status: number; body?: string }) =>
    openTv(browser, service.url, {
      ready: false,
      prepare: (context) => context.route(entry, (route) => route.fulfill(answer)),
    });

  test('says so in both languages with a code, and OK tries again until it works', async () => {
    tv = await broken({ status: 503 });
    await expect.poll(visibleCode).toBe('L-SCRIPT');
    const words = await tv.page.innerText('#boot');
    expect(words).toContain('重试');
    expect(words).toContain('press OK');
    await tv.context.unroute(entry);
    await tv.press('Enter');
    await tv.hears(/./);
    expect(await tv.page.isVisible('#boot')).toBe(false);
    await tv.close();
  });

  test('names the file and line of an exception', async () => {
    tv = await broken({ status: 200, body: '\n\nthrow new Error("no")' });
    await expect.poll(visibleCode).toMatch(/^L-ERROR app\.[0-9a-f]+\.js:3$/);
    await tv.close();
  });

  test('is told when nothing has come in time; a start that comes later is a start', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    let letIn = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (letIn = resolve));
    await context.route(entry, async (route) => {
      await waiting;
      await route.continue();
    });
    await page.clock.install();
    await page.goto(service.url, { waitUntil: 'commit' });
    await page.waitForSelector('text=正在打开… · Loading…');
    await page.clock.fastForward(12_000);
    expect(await page.isVisible('#boot-failed')).toBe(false);
    await page.clock.fastForward(4_000);
    await expect.poll(() => page.innerText('#boot-code')).toBe('L-TIME');
    letIn();
    await expect.poll(() => page.isVisible('#boot'), { timeout: 20_000 }).toBe(false);
    await context.close();
  });
});
