import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { taughtKeys } from '../../src/domain/remote/teach-keys.ts';
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

/** What the strange remote sends; nothing of it stands in settings.json. */
const codes = Object.fromEntries(taughtKeys.map((name, index) => [name, 801 + index])) as Record<
  (typeof taughtKeys)[number],
  number
>;

it('a remote of which nothing works is taught seven keys, and works after the next start', async () => {
  const tv = await openTv(browser, service.url);
  const press = (...names: (typeof taughtKeys)[number][]): Promise<void> =>
    names.reduce<Promise<void>>(
      (before, name) => before.then(() => tv.remote.press(codes[name])),
      Promise.resolve(),
    );
  try {
    // Whoever holds it tries one key after the other.
    await press('Down', 'Enter', 'Right', 'Enter', 'Down');
    await tv.page.waitForFunction(() => location.hash === '#remote/teach');
    await tv.hears('请按“上”');
    const asked = ['下', '左', '右', '确认', '返回', '播放'];
    for (const [index, name] of taughtKeys.entries()) {
      await press(name);
      await tv.hears(asked[index] ? `请按“${asked[index]}”` : '按“确认”，就记住了');
    }
    await press('Enter');
    await tv.page.waitForFunction(() => location.hash === '#home');
    await tv.restart();

    await press('Down');
    await press('Enter');
    await tv.page.waitForFunction(() => location.hash !== '#home');
    await press('Back');
    await tv.page.waitForFunction(() => location.hash === '#home');
    // What the box knew before still holds.
    await tv.press('Enter');
    await tv.page.waitForFunction(() => location.hash !== '#home');
    expect(tv.troubles).toEqual([]);
  } finally {
    await tv.close();
  }
});
