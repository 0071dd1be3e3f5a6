import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './harness/browser.ts';
import { startServiceProcess, type ServiceProcess } from './harness/service.ts';
import { openTv } from './harness/tv.ts';

let browser: Browser;
let service: ServiceProcess;

beforeAll(async () => {
  [browser, service] = await Promise.all([launchBrowser(), startServiceProcess()]);
});
afterAll(async () => {
  await browser?.close();
  await service?.remove();
});

declare global {
  interface Window {
    /** Addresses of the workers begun so far, and how many of them still run. */
    workers: { begun: string[]; running: number };
  }
}

/** Runs in the page. */
function countWorkers(): void {
  window.workers = { begun: [], running: 0 };
  window.Worker = class extends Worker {
    constructor(address: string | URL) {
      super(address);
      window.workers.begun.push(String(address));
      window.workers.running++;
    }
    override terminate(): void {
      window.workers.running--;
      super.terminate();
    }
  };
}

test('hls.js is practised once while Home rests, and lessons play with the small worker', async () => {
  const tv = await openTv(browser, service.url, { before: countWorkers });
  await tv.page.waitForFunction(() => window.workers.begun.length === 1 && window.workers.running === 0);

  await tv.page.evaluate(() => (location.hash = '#play/wheat-before-winter'));
  await tv.page.waitForFunction(() => document.querySelector('video')!.currentTime > 1);
  const { begun, running } = await tv.page.evaluate(() => window.workers);
  expect([begun.length, running]).toEqual([2, 1]);
  const text = await tv.page.evaluate(async (address) => (await fetch(address)).text(), begun[1]!);
  // Its own whole text, from which hls.js makes one otherwise, is five times as long.
  expect(text.length).toBeLessThan(150_000);

  await tv.press('Back');
  await tv.page.waitForFunction(() => window.workers.running === 0);
  await tv.close();
});
