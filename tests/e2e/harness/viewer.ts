import type { Page } from 'playwright-core';
import zh from '../../../src/tv/locales/zh-CN.json' with { type: 'json' };
import { createRemote, KEY } from './keys.ts';
import { pause, until } from './wait.ts';
import type { Witness } from './witness.ts';

/** A viewer with a remote in front of the real app, who watches one lesson. */
export interface Viewer {
  page: Page;
  /** Goes to a page by its address, in the app if it is loaded already. */
  goTo(hash: string): Promise<void>;
  /** Opens the lesson and waits for its picture. */
  open(): Promise<void>;
  /** Waits until the idle app has fetched all that it needs to play and to count. */
  warmedUp(): Promise<void>;
  press(key: number, times?: number): Promise<void>;
  /** Waits until the picture has come to `position`, in seconds. */
  watchTo(position: number): Promise<void>;
  watchToEnd(): Promise<void>;
  /** Left or Right so often, one after the other, and waits for the jump. */
  seek(key: typeof KEY.Left | typeof KEY.Right, times?: number): Promise<void>;
  holdSeek(key: typeof KEY.Left | typeof KEY.Right, repeats: number): Promise<void>;
  /** A number on the remote, and waits for the jump. */
  digit(number: number): Promise<void>;
  /** Whatever `how` does: waits until the picture has jumped by it. */
  jump(how: () => Promise<unknown>): Promise<void>;
  /** Goes to the button over the picture that says so, and presses OK. */
  choose(words: RegExp, times?: number): Promise<void>;
  /** Pauses, waits, goes on. */
  rest(seconds: number): Promise<void>;
  /** Back until the player is left. */
  leave(): Promise<void>;
  saying(): Promise<string>;
  hears(words: RegExp): Promise<void>;
  /** Settings: "upload now", and whatever else a viewer would not wait for. */
  uploadNow(): Promise<void>;
}

/** Two presses of one key sooner than this would count as one held key. */
const BETWEEN_PRESSES = 0.13;

/** @param url of the service @param lesson id */
export async function createViewer(
  page: Page,
  { url, lesson, witness }: { url: string; lesson: string; witness: Witness },
): Promise<Viewer> {
  const remote = await createRemote(page);
  /** Ends that were waited for already: one may come sooner than it is waited for. */
  let ends = witness.ends();
  const hash = (): Promise<string> => page.evaluate(() => location.hash);

  const viewer: Viewer = {
    page,
    async goTo(wanted) {
      await page.goto(`${url}/${wanted}`);
      await until(
        `the app at ${wanted}`,
        async () =>
          (await hash()).startsWith(wanted) &&
          page.evaluate(
            () =>
              document.getElementById('boot')?.style.display === 'none' &&
              document.getElementById('announcer')?.textContent !== '',
          ),
      );
    },
    async open() {
      await viewer.goTo(`#play/${lesson}`);
      await until(`the picture of ${lesson}`, () => witness.position(lesson) !== null);
    },
    async warmedUp() {
      const fetched = (): Promise<string[]> =>
        page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
      await until('the player and the policy to be fetched ahead', async () => {
        const names = await fetched();
        if (!['/hls', '/policy.json'].every((part) => names.some((name) => name.includes(part))))
          return false;
        await pause(1);
        return (await fetched()).length === names.length;
      });
    },
    async press(key, times = 1) {
      for (let i = 0; i < times; i++) {
        await remote.press(key);
        await pause(BETWEEN_PRESSES);
      }
    },
    async watchTo(position) {
      await until(
        () => `${lesson} to come to ${position} s; it is at ${witness.position(lesson) ?? 'no picture'}`,
        () => (witness.position(lesson) ?? 0) >= position,
        90,
      );
    },
    async watchToEnd() {
      await until(
        () => `the end of ${lesson}; it is at ${witness.position(lesson) ?? 'no picture'}`,
        () => witness.ends() > ends,
        120,
      );
      ends = witness.ends();
    },
    async jump(how) {
      const before = witness.jumps();
      await how();
      await until('a jump', () => witness.jumps() > before);
    },
    async seek(key, times = 1) {
      // Pressed as one hold, so that it is one jump however slow the machine is.
      await viewer.jump(() => remote.hold(key, times - 1, BETWEEN_PRESSES * 1000));
    },
    async holdSeek(key, repeats) {
      await viewer.jump(() => remote.hold(key, repeats, BETWEEN_PRESSES * 1000));
    },
    async digit(number) {
      await viewer.jump(() => remote.press(48 + number));
    },
    async choose(words, times = 1) {
      await viewer.press(KEY.Down);
      for (let i = 0; !words.test(await viewer.saying()); i++) {
        if (i > 9) throw new Error(`No button says ${String(words)}; now: ${await viewer.saying()}`);
        await viewer.press(KEY.Right);
      }
      await viewer.press(KEY.Enter, times);
    },
    async rest(seconds) {
      await viewer.press(KEY.PlayPause);
      await until('the pause', () => page.evaluate(() => document.querySelector('video')!.paused));
      await pause(seconds);
      await viewer.press(KEY.PlayPause);
    },
    async leave() {
      for (let i = 0; (await hash()).startsWith('#play'); i++) {
        if (i > 4) throw new Error('Back does not leave the player');
        await viewer.press(KEY.Back);
      }
    },
    saying: () => page.evaluate(() => document.getElementById('announcer')?.textContent ?? ''),
    async hears(words) {
      let last = '';
      await until(
        () => `the announcer to say ${String(words)}; it says ${last}`,
        async () => words.test((last = await viewer.saying())),
      );
    },
    async uploadNow() {
      await viewer.goTo('#settings');
      for (let i = 0; !(await viewer.saying()).startsWith(zh.settings.upload); i++) {
        if (i > 9) throw new Error('Settings has no row for the upload');
        await viewer.press(KEY.Down);
      }
      await viewer.press(KEY.Enter);
    },
  };
  return viewer;
}
