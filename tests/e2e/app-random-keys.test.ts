import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './harness/browser.ts';
import { dice } from './harness/dice.ts';
import { openEye, type Eye } from './harness/eye.ts';
import { startServiceProcess, type ServiceProcess } from './harness/service.ts';
import { eventually, keyCodes, openTv, type Tv } from './harness/tv.ts';

/** A longer evening: `KEYS=5000 SEED=7 npx vitest run --project e2e tests/e2e/app-random-keys.test.ts`. */
const presses = Number(process.env.KEYS ?? 100);
const seed = Number(process.env.SEED ?? 1);
/** How often the screen is looked at, and how often the way home is tried, in presses. */
const lookEvery = 20;
const homeEvery = 60;
/** As many levels can be piled up between two ways home, a closed list or hidden buttons being one. */
const mostBacks = 12;

type Deed = 'press' | 'bounce' | 'hold' | 'wait';

/** Arrows and OK most of the time, as people do; every other key of the remote and keys it does not have now and then. */
const { Left, Right, Up, Down, Enter, Back, ...others } = keyCodes;
const often = [Left, Right, Right, Up, Down, Down, Enter, Enter, Back];
const seldom = [...Object.values(others), 48, 49, 50, 51, 52, 57, 403, 404, 33, 34, 65, 768];

let browser: Browser;
let service: ServiceProcess;
let eye: Eye;
let tv: Tv;

beforeAll(async () => {
  [browser, service] = await Promise.all([launchBrowser(), startServiceProcess()]);
  eye = await openEye(browser);
});

afterAll(async () => {
  await browser?.close();
  await service?.remove();
});

it(
  `${presses} keys at random leave one focus, words in the live region, and a way home (seed ${seed})`,
  async () => {
    const random = dice(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    // At the end of its trail the app leaves by closing the window; here it has to stay.
    tv = await openTv(browser, service.url, { before: () => (window.close = () => undefined) });
    const evening: string[] = [];
    /** What to do to see it again, for the message of a failure. */
    const story = (): string =>
      `seed ${seed}, after ${evening.length} keys: … ${evening.slice(-25).join(' ')}`;

    for (let count = 1; count <= presses; count++) {
      const key = random() < 0.85 ? pick(often) : pick(seldom);
      await doIt(
        pick<Deed>(['press', 'press', 'press', 'press', 'press', 'press', 'bounce', 'hold', 'wait']),
        key,
      );
      evening.push(String(key));
      if (count % lookEvery === 0) await look(story);
      if (count % homeEvery === 0) await goHome(story);
    }
    await look(story);
  },
  presses * 2000 + 60_000,
);

async function doIt(deed: Deed, key: number): Promise<void> {
  const { remote, page } = tv;
  if (deed === 'hold') return remote.hold(key, 8, 33);
  if (deed === 'bounce') {
    await Promise.all([remote.press(key), remote.press(key)]);
    return;
  }
  await remote.press(key);
  if (deed === 'wait') await page.waitForTimeout(500);
}

/** What must hold after any key. */
async function look(story: () => string): Promise<void> {
  expect(tv.troubles, story()).toEqual([]);
  const silent = (await tv.said()).filter((words) => words.trim() === '');
  expect(silent, `the live region was empty; ${story()}`).toEqual([]);
  expect(await tv.saying(), story()).not.toBe('');
  // A movement or a message over it may hide the frame for a moment, the opening of a film for longer.
  const seen: number[] = [];
  await eventually(async () => {
    const frames = (await eye.focusRings(tv.page)).length;
    seen.push(frames);
    // While a film runs without its buttons, the picture itself is what the keys act on.
    return frames === 1 || (frames === 0 && tv.page.url().includes('#play/'));
  }).catch(async () => {
    const path = join(tmpdir(), 'random-keys.png');
    await tv.page.screenshot({ path });
    expect.fail(`one focus is to be seen, not ${seen.join()}: ${path}; ${tv.page.url()}; ${story()}`);
  });
}

/** Back leads home from everywhere, and home still answers the arrows. */
async function goHome(story: () => string): Promise<void> {
  for (let back = 0; back < mostBacks && !tv.page.url().endsWith('#home'); back++) await tv.press('Back');
  await eventually(() => tv.page.url().endsWith('#home')).catch(() =>
    expect.fail(`${mostBacks} times Back do not lead home but to ${tv.page.url()}; ${story()}`),
  );
  const before = await tv.saying();
  await tv.press('Down');
  await eventually(async () => (await tv.saying()) !== before).catch(() =>
    expect.fail(`home does not answer; ${story()}`),
  );
}
