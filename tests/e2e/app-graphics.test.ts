import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import lesson from '../../media-manifests/lessons/remote-basics.json' with { type: 'json' };
import county from '../../media-manifests/county.json' with { type: 'json' };
import { accountOf } from './counting/account.ts';
import { launchBrowser } from './harness/browser.ts';
import { openEye, type Eye } from './harness/eye.ts';
import { startServiceProcess, type ServiceProcess } from './harness/service.ts';
import { eventually, openTv, type Tv } from './harness/tv.ts';
import { until } from './harness/wait.ts';
import { createWitness } from './harness/witness.ts';
import { Client } from './service-kit.ts';

let browser: Browser;
let service: ServiceProcess;
let eye: Eye;
let tv: Tv;

/** The page's gradient is drawn about a second after the first screen. */
const gradientMs = 4000;
const screen = { x: 0, y: 0, w: 1280, h: 720 };

beforeAll(async () => {
  [browser, service] = await Promise.all([launchBrowser(), startServiceProcess()]);
  eye = await openEye(browser);
});
afterAll(async () => {
  await browser?.close();
  await service?.remove();
});

/** What the stage is drawn with; a canvas that has one kind of context gives no other. */
const graphics = (): Promise<string> =>
  tv.page.evaluate(() => {
    const canvas = [...document.querySelectorAll('canvas')].pop()!;
    return canvas.getContext('webgl') ? 'webgl' : canvas.getContext('2d') ? 'canvas' : 'none';
  });

/** Takes the chip away, as a driver that is started anew does, and waits for the app to be there again. */
async function loseChip(): Promise<void> {
  await tv.page.evaluate(() => {
    window.lost = true;
    const canvas = [...document.querySelectorAll('canvas')].pop()!;
    canvas.getContext('webgl')!.getExtension('WEBGL_lose_context')!.loseContext();
  });
  await tv.page.waitForFunction(
    () =>
      !window.lost &&
      document.getElementById('boot')?.style.display === 'none' &&
      document.getElementById('announcer')!.textContent !== '',
  );
}

declare global {
  interface Window {
    lost?: boolean;
  }
}

describe('a box without a graphics chip', () => {
  test('shows the same screen, without growth of what has the focus, and answers keys', async () => {
    tv = await openTv(browser, service.url, { hash: '#settings', before: withoutMotion });
    expect(await graphics()).toBe('webgl');
    await tv.press('Down');
    await tv.page.waitForTimeout(gradientMs);
    const byChip = await tv.page.screenshot();
    await tv.close();

    tv = await openTv(browser, service.url, { hash: '#settings', before: noChip });
    expect(await graphics()).toBe('canvas');
    await tv.press('Down');
    await tv.page.waitForTimeout(gradientMs);
    const drawn = await tv.page.screenshot();
    expect(await eye.difference(byChip, drawn, screen)).toBeLessThan(0.01);
    expect(await eye.focusRings(tv.page)).toHaveLength(1);
    await tv.press('Down');
    await tv.page.waitForTimeout(500);
    expect(await eye.difference(byChip, await tv.page.screenshot(), screen)).toBeGreaterThan(0.01);
    expect(tv.troubles).toEqual([]);
    await tv.close();
  });
});

function noChip(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its `this` below
  const { getContext } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...args: unknown[]): unknown {
    return String(args[0]).includes('webgl') ? null : Reflect.apply(getContext, this, args);
  } as typeof getContext;
}

/** What an earlier start left is sent at a moment drawn by lot within three minutes: here an early one. */
function soon(): void {
  const { random } = Math;
  Math.random = () => random() / 100;
}

function withoutMotion(): void {
  const matchMedia = window.matchMedia.bind(window);
  window.matchMedia = (query) =>
    Object.defineProperty(matchMedia(query), 'matches', { value: query.includes('reduced-motion') });
}

describe('a chip that is lost', () => {
  test('leaves the viewer where he was; lost again soon, it is done without', async () => {
    tv = await openTv(browser, service.url);
    let focused = await tv.saying();
    for (const key of ['Down', 'Right'] as const) {
      await tv.press(key);
      await eventually(async () => (await tv.saying()) !== focused);
      focused = await tv.saying();
    }
    const there = async (): Promise<boolean> => (await tv.saying()).endsWith(focused);

    await loseChip();
    expect(await graphics()).toBe('webgl');
    await eventually(there);
    expect(await eye.focusRings(tv.page)).toHaveLength(1);

    await loseChip();
    expect(await graphics()).toBe('canvas');
    await eventually(there);
    await tv.press('Left');
    await eventually(async () => !(await there()));

    await tv.restart();
    expect(await graphics()).toBe('canvas');
    expect(tv.troubles).toEqual([]);
    await tv.close();
  });

  test('in the middle of a lesson costs none of the time watched', async () => {
    // Its own: the account is that of the one person who has seen the lesson.
    const own = await startServiceProcess();
    const witness = createWitness();
    tv = await openTv(browser, own.url, {
      hash: `#play/${lesson.id}`,
      before: soon,
      prepare: (context) => witness.watch(context),
    });
    await until('some seconds of the lesson', async () => (await tv.video()).time > 5);
    await loseChip();
    expect(await tv.plays()).toBeGreaterThan(4);
    const client = new Client(own.url, own.authorization);
    const account = () => accountOf(client, lesson.id, county.homePage);
    await until('the credit', async () => ((await account())?.entries ?? 0) > 0);
    await until('the end of both viewings', async () => (await account())?.ended === 2);
    const { credited } = (await account())!;
    expect(Math.abs(credited - witness.seconds(lesson.id))).toBeLessThan(1);
    await tv.close();
    await own.remove();
  });

  test('leaves a paused lesson paused', async () => {
    tv = await openTv(browser, service.url, { hash: `#play/orchard-winter` });
    await until('some seconds of the lesson', async () => (await tv.video()).time > 2);
    await tv.press('PlayPause');
    await tv.hears('暂停');
    const { time } = await tv.video();
    await loseChip();
    await until('the picture', async () => (await tv.video()).length > 0);
    await tv.page.waitForTimeout(1000);
    const after = await tv.video();
    expect(after.paused).toBe(true);
    expect(Math.abs(after.time - time)).toBeLessThan(0.5);
    await tv.close();
  });
});
