import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boxSettings } from '../../../src/domain/remote/box-settings.ts';
import zh from '../../../src/tv/locales/zh-CN.json' with { type: 'json' };
import { hasOldBrowsers } from '../../../src/setup/steps.mjs';
import { accountOf } from '../counting/account.ts';
import { launchBrowser } from '../harness/browser.ts';
import { dice } from '../harness/dice.ts';
import { openEye, type Eye } from '../harness/eye.ts';
import { startServiceProcess, type ServiceProcess } from '../harness/service.ts';
import { openTv } from '../harness/tv.ts';
import { pause, until } from '../harness/wait.ts';
import { Client } from '../service-kit.ts';
import { countyWithFilm, type CountyWithFilm } from './county-with-film.ts';
import { openOldTv, type OldTv } from './old-tv.ts';

/** `npm run compat` takes 200, `npm run compat -- --keys 2000 --seed 7` more. */
const presses = Number(process.env.KEYS ?? 60);
const seed = Number(process.env.SEED ?? 1);
const lookEvery = 20;

const root = resolve(import.meta.dirname, '../../..');
/** Where the pictures are left for people to look at. */
const pictures = join(root, 'build/compat');

/** Each with another kind of remote: its key codes are those of real boxes. */
const lanes = [
  { engine: '64', graphics: 'webgl', flags: [], profile: 'ctc', plays: undefined },
  { engine: '64', graphics: 'canvas', flags: ['--disable-gpu'], profile: 'webos', plays: 'film' },
  { engine: '76', graphics: 'webgl', flags: [], profile: 'tizen', plays: 'sample' },
] as const;

/**
 * Places with nothing but words on an even ground, and of the whole screen as much as holds no clock. Fonts are the
 * same in all browsers here, but their edges are smoothed a little differently.
 */
const words = [
  { name: 'tabs', x: 64, y: 40, w: 900, h: 40 },
  { name: 'card', x: 820, y: 120, w: 390, h: 120 },
  { name: 'heading', x: 64, y: 424, w: 740, h: 36 },
];
const screen = { name: 'screen', x: 0, y: 96, w: 1280, h: 624 };

/**
 * Share of pixels that may look different. Measured: 0.3 to 6.5 % (the most in Canvas 2D, where a word may stand
 * between two pixels), and 17 to 27 % where other words stand in the same places.
 */
const mostDifference = 0.085;

let modern: Browser;
let service: ServiceProcess;
let county: CountyWithFilm;
let eye: Eye;

beforeAll(async () => {
  if (!hasOldBrowsers) return;
  county = countyWithFilm();
  [modern, service] = await Promise.all([launchBrowser(), startServiceProcess({ manifests: county.folder })]);
  eye = await openEye(modern);
  mkdirSync(pictures, { recursive: true });
});

afterAll(async () => {
  await modern?.close();
  await service?.remove();
  county?.remove();
});

describe.runIf(hasOldBrowsers).each(lanes)('Chromium $engine, $graphics', (lane) => {
  const { engine, graphics, flags, profile, plays } = lane;
  let tv: OldTv;
  beforeAll(async () => {
    tv = await openOldTv(engine, service.url, [...flags]);
  });
  afterAll(() => tv?.close());

  test('starts the legacy bundle, draws as it is to, and answers a key', async () => {
    await tv.goTo(`?profile=${profile}`);
    expect(tv.browser).toContain(`/${engine}.`);
    expect(await tv.value(`[].slice.call(document.scripts).pop().src`)).toContain('/legacy/app.');
    expect(await tv.value(drawnBy)).toBe(graphics);
    await answersKey(tv);
  });

  test("shows what today's browser shows, words and all", async () => {
    const today = await todaysPicture(graphics);
    writeFileSync(join(pictures, `home-today-${graphics}.png`), today.home);
    // Else a figure that any words would pass.
    for (const { name, ...box } of words)
      expect(await eye.difference(today.settings, today.home, box), name).toBeGreaterThan(
        mostDifference * 1.5,
      );
    await tv.goTo(`?profile=${profile}`);
    let seen: Record<string, number> = {};
    await until(
      () => `the same picture, not ${JSON.stringify(seen)}`,
      async () => {
        const old = await tv.picture();
        writeFileSync(join(pictures, `home-${engine}-${graphics}.png`), old);
        seen = {};
        for (const { name, ...box } of [screen, ...words])
          seen[name] = await eye.difference(today.home, old, box);
        return Object.values(seen).every((share) => share < mostDifference);
      },
      30,
    );
  });

  test.runIf(plays)('plays a lesson to its credit', async () => {
    const lesson = plays === 'film' ? county.film : county.sample;
    const client = new Client(service.url, service.authorization);
    const account = () => accountOf(client, lesson.id, county.homePage);
    await tv.goTo(`?profile=${profile}#play/${lesson.id}`);
    await until('the picture', () => tv.value<boolean>(`document.querySelector('video').currentTime > 1`));
    // hls.js feeds the picture through MediaSource; the browser's own player has the file's address.
    const source = await tv.value<string>(`document.querySelector('video').currentSrc`);
    expect(source).toMatch(plays === 'film' ? /\.webm$/ : /^blob:/);
    writeFileSync(join(pictures, `lesson-${engine}-${graphics}.png`), await tv.picture());
    await until('the credit', async () => ((await account())?.entries ?? 0) > 0);
    const { credited, completed } = (await account())!;
    expect(completed).toBe(1);
    expect(credited).toBeGreaterThan(lesson.length * 0.9);
    expect(credited).toBeLessThan(lesson.length + 1);
    expect(tv.troubles).toEqual([]);
  });

  test.runIf(!plays)('says in plain words that it cannot play H.264', async () => {
    await tv.goTo(`?profile=${profile}#play/${county.sample.id}`);
    await until('the words', async () => (await tv.saying()).includes(zh.player.error.unsupported));
  });

  test(`has one focus and is alive through ${presses} keys of a ${profile} remote (seed ${seed})`, async () => {
    const keys = walk(profile, dice(seed));
    await tv.goTo(`?profile=${profile}`);
    for (let count = 1; count <= presses; count++) {
      await tv.press(keys[count - 1]!);
      // The page that teaches keys takes each for itself, and has tests of its own.
      if ((await tv.value<string>('location.hash')).startsWith('#remote'))
        await tv.goTo(`?profile=${profile}`);
      if (count % lookEvery > 0 && count < presses) continue;
      const story = `seed ${seed}, after ${count} keys: … ${keys.slice(0, count).slice(-25).join(' ')}`;
      expect(tv.troubles, story).toEqual([]);
      expect(await tv.saying(), story).not.toBe('');
      await until(
        () => `one focus to be seen; ${story}`,
        async () => {
          const frames = (await eye.ringsIn(await tv.picture(false))).length;
          // While a film runs without its buttons, the picture itself is what the keys act on.
          return (
            frames === 1 || (frames === 0 && (await tv.value<string>('location.hash')).includes('#play/'))
          );
        },
        20,
      );
    }
    await tv.goTo(`?profile=${profile}`);
    await answersKey(tv);
  });
});

/** Home and another page as today's browser shows them, drawn in the same way. */
async function todaysPicture(graphics: string): Promise<{ home: Buffer; settings: Buffer }> {
  const tv = await openTv(modern, service.url, { query: `?graphics=${graphics}` });
  const picture = async (): Promise<Buffer> => {
    // Until the posters have come, and been drawn.
    await tv.page.waitForLoadState('networkidle');
    await pause(1.5);
    return tv.page.screenshot();
  };
  const home = await picture();
  await tv.restart('#settings');
  const settings = await picture();
  await tv.close();
  return { home, settings };
}

async function answersKey(tv: OldTv): Promise<void> {
  const before = await tv.saying();
  await tv.press(40);
  await until('another focus', async () => (await tv.saying()) !== before);
}

/** Keys as the settings say this kind of box sends them: each code once, then mostly arrows, OK and Back. */
function walk(profile: string, random: () => number): number[] {
  const settings = JSON.parse(readFileSync(join(root, 'settings.json'), 'utf8')) as { device: unknown };
  const asked = { profile, model: undefined };
  const { keys } = boxSettings(settings.device, asked, asked);
  const codes = Object.keys(keys).map(Number).filter(Number.isInteger);
  const often = codes.filter((code) =>
    ['Left', 'Right', 'Up', 'Down', 'Enter', 'Back'].includes(String(keys[code])),
  );
  expect(often.length).toBeGreaterThan(6);
  const pick = (list: readonly number[]): number => list[Math.floor(random() * list.length)]!;
  const each = codes.map((code) => [random(), code] as const).sort(([a], [b]) => a - b);
  const rest = Array.from({ length: Math.max(0, presses - each.length) }, () =>
    pick(random() < 0.85 ? often : codes),
  );
  return [...each.map(([, code]) => code), ...rest];
}

/** The stage's canvas; one that has one kind of context gives no other. */
const drawnBy = `(function () {
  var canvas = [].slice.call(document.querySelectorAll('canvas')).pop();
  return canvas.getContext('webgl') ? 'webgl' : canvas.getContext('2d') ? 'canvas' : 'none';
})()`;
