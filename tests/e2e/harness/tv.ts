import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { REPEAT_GAP } from '../../../src/domain/remote/repeat-gate.ts';
import { createRemote, KEY, type Remote } from './keys.ts';
import { until } from './wait.ts';

/** The six keys that are enough for everything, and the short cuts. */
export const keyCodes = {
  ...KEY,
  Next: 176,
  Play: 415,
  Pause: 19,
  Info: 457,
  Home: 36,
} as const;

export type Key = keyof typeof keyCodes | number;

/** A TV that was switched on: the built app in a browser of its own, with nothing but a remote to drive it. */
export interface Tv {
  page: Page;
  context: BrowserContext;
  remote: Remote;
  /** Exceptions and errors in the console, as they come. */
  troubles: string[];
  /** Addresses asked for, as they come. */
  requests: string[];
  /** Presses one after the other, no key faster than the app takes it. A number is a digit. */
  press(...keys: Key[]): Promise<void>;
  /** What the live region says now. */
  saying(): Promise<string>;
  /** Everything the live region has said since the page was loaded, in order. */
  said(): Promise<string[]>;
  /** Waits until the live region says it. @returns what it says */
  hears(words: string | RegExp): Promise<string>;
  /** Waits until the live region has said it since `said()` had this length. */
  heard(words: string | RegExp, since?: number): Promise<void>;
  /** Waits until the picture moves. @returns seconds into the lesson */
  plays(): Promise<number>;
  /** Seconds into the lesson and whether it stands still. */
  video(): Promise<{ time: number; paused: boolean; length: number }>;
  /** Switches it off and on again, at an address if one is given; what is stored stays. */
  restart(hash?: string): Promise<void>;
  /** Pulls the plug: the page dies at once and is told nothing; what is stored stays. */
  unplug(): Promise<void>;
  /** Plugs it in again after `unplug`. */
  plugIn(hash?: string): Promise<void>;
  close(): Promise<void>;
}

export interface TvOptions {
  /** Where to begin, e.g. `#settings`. */
  hash?: string;
  /** e.g. `?profile=ctc`. */
  query?: string;
  size?: { width: number; height: number };
  /** Runs in the page before everything else. */
  before?: () => unknown;
  /** Called before the first request: to put faults in its way. */
  prepare?: (context: BrowserContext) => Promise<unknown>;
  /** False where the app is not expected to get as far as its first page. */
  ready?: boolean;
}

/** Waits until it holds; the value that was seen last is in the message when it never does. */
export const eventually = (check: () => unknown): Promise<void> =>
  expect.poll(check, { timeout: 20_000, interval: 50 }).toBeTruthy();

declare global {
  interface Window {
    /** What the live region said, noted by the test. */
    heard: string[];
    /** Where the lesson was when the test looked last, seconds. */
    timeSeen: number | undefined;
  }
}

/** Seconds for which words are waited for. */
const PATIENCE = 20;

/** A page that is being loaded anew says nothing. @throws what else went wrong */
function betweenPages(error: unknown): string {
  if (/context was destroyed/.test(String(error))) return '';
  throw error;
}

function fits(words: string | RegExp, said: string): boolean {
  return typeof words === 'string' ? said.includes(words) : words.test(said);
}

function listen(): void {
  window.heard = [];
  document.addEventListener('DOMContentLoaded', () => {
    const region = document.getElementById('announcer');
    if (region)
      new MutationObserver(() => window.heard.push(region.textContent)).observe(region, { childList: true });
  });
}

/** Switches a TV on. The caller closes it. */
export async function openTv(browser: Browser, url: string, options: TvOptions = {}): Promise<Tv> {
  const { hash = '', query = '', size = { width: 1280, height: 720 }, ready = true } = options;
  const context = await browser.newContext({ viewport: size });
  await context.addInitScript(listen);
  if (options.before) await context.addInitScript(options.before);
  await options.prepare?.(context);
  const troubles: string[] = [];
  const requests: string[] = [];
  let page!: Page;
  let remote!: Remote;
  await switchOn();
  context.on('request', (request) => requests.push(request.url()));

  let last: Key | undefined;
  const address = (at: string): string => `${url}/${query}${at}`;
  const saying = (): Promise<string> =>
    page.evaluate(() => document.getElementById('announcer')!.textContent);

  const said = (): Promise<string[]> =>
    page
      .evaluate(() => window.heard)
      .catch((error: unknown) => {
        betweenPages(error);
        return [];
      });

  const tv: Tv = {
    get page() {
      return page;
    },
    get remote() {
      return remote;
    },
    context,
    troubles,
    requests,
    async press(...keys) {
      for (const key of keys) {
        if (key === last) await page.waitForTimeout(REPEAT_GAP * 1000 + 30);
        last = key;
        await remote.press(typeof key === 'number' ? 48 + key : keyCodes[key]);
      }
    },
    saying,
    said,
    async hears(words) {
      let now = '';
      return until(
        () => `${words}; now: ${now}`,
        async () => fits(words, (now = await saying().catch(betweenPages))) && now,
        PATIENCE,
      );
    },
    async heard(words, since = 0) {
      let all: string[] = [];
      await until(
        () => `${words}; heard: ${JSON.stringify(all)}`,
        async () => (all = (await said()).slice(since)).some((one) => fits(words, one)),
        PATIENCE,
      );
    },
    video: () =>
      page.evaluate(() => {
        const { currentTime, paused, duration } = document.querySelector('video')!;
        return { time: currentTime, paused, length: duration };
      }),
    async plays() {
      await page.waitForFunction(
        () => {
          const video = document.querySelector('video')!;
          const seen = video.paused || video.seeking ? undefined : window.timeSeen;
          window.timeSeen = video.currentTime;
          return seen !== undefined && video.currentTime > seen && video.currentTime - seen < 1;
        },
        undefined,
        { timeout: 30_000, polling: 200 },
      );
      return (await tv.video()).time;
    },
    async restart(at = '') {
      // Another page in between: a change of the address behind the # alone would not load the app anew.
      await page.goto('about:blank');
      await page.goto(address(at));
      await untilReady();
    },
    async unplug() {
      const gone = page.waitForEvent('crash');
      const cdp = await context.newCDPSession(page);
      // The page that is to answer is no more.
      cdp.send('Page.crash').catch(() => undefined);
      await gone;
      await page.close();
    },
    async plugIn(at = '') {
      await switchOn();
      await page.goto(address(at));
      await untilReady();
    },
    close: () => context.close(),
  };

  async function switchOn(): Promise<void> {
    page = await context.newPage();
    remote = await createRemote(page);
    page.on('pageerror', (error) => troubles.push(String(error.stack ?? error)));
    page.on('console', (message) => {
      // A box that has not studied yet is not known to the service, and is told so.
      const unknownBox = /status of 401/.test(message.text());
      if (message.type() === 'error' && !unknownBox)
        troubles.push(`${message.text()} (${message.location().url})`);
    });
  }

  async function untilReady(): Promise<void> {
    await page.waitForFunction(
      () =>
        document.getElementById('boot')!.style.display === 'none' &&
        document.getElementById('announcer')!.textContent !== '',
      undefined,
      { polling: 50 },
    );
  }

  await page.goto(address(hash));
  if (ready) await untilReady();
  return tv;
}
