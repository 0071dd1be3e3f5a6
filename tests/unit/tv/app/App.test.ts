// @vitest-environment jsdom
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeyName } from '../../../../src/domain/remote/key-names.ts';
import { createAnnouncer } from '../../../../src/tv/app/announcer.ts';
import { App } from '../../../../src/tv/app/App.ts';
import { preloadPages } from '../../../../src/tv/app/pages.ts';
import type { ScreenSaver } from '../../../../src/tv/app/ScreenSaver.ts';
import { setLanguage } from '../../../../src/tv/locales/i18n.ts';
import { part } from '../../../../src/tv/ui/parts.ts';
import { fakeServices, type FakeServices } from '../../../fakes/services.ts';
import { keyCodes, showOnStage, type Key, type TestStage } from '../../../fakes/stage.ts';

const names = Object.entries(keyCodes).map(([name, code]) => [code, name] as [number, KeyName]);

let stage: TestStage<App> | undefined;
let fake: FakeServices;
let region: HTMLElement;
/** Milliseconds of the clock that the app measures keys by. */
let clock = 0;
const exit = vi.fn();
const onReady = vi.fn();

/** Starts the app at an address and waits for its first page. */
async function start(hash = ''): Promise<TestStage<App>> {
  history.replaceState(null, '', `/${hash}`);
  region = document.createElement('div');
  fake = fakeServices();
  App.deps = {
    services: fake.services,
    announcer: createAnnouncer(region),
    keys: Object.fromEntries([...names, [49, 'Digit1'], [57, 'Digit9']]),
    exit,
    onReady,
  };
  stage = showOnStage(App);
  await page(hash || '#home');
  return stage;
}

/** Waits for the page of an address; a page is code that is fetched. */
async function page(hash: string): Promise<void> {
  await vi.waitUntil(() => location.hash === hash && onReady.mock.calls.length > 0, { interval: 1 });
  // What a moment brings is said at its end.
  await Promise.resolve();
  await Promise.resolve();
}

/** Presses keys as a person does, a moment apart. @returns what was announced after the last */
async function press(...keys: Key[]): Promise<string> {
  for (const key of keys) {
    clock += 300;
    stage!.press(key);
    await Promise.resolve();
  }
  return region.textContent ?? '';
}

beforeAll(async () => {
  await setLanguage('zh-CN');
  await preloadPages();
});
beforeEach(() => {
  vi.clearAllMocks();
  clock = 1000;
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
});
afterEach(() => {
  stage?.dispose();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('what is announced', () => {
  it('is the page and what has the focus when it opens', async () => {
    await start();
    expect(region.textContent).toMatch(/^首页。每月农话 · 11月新一期 · /);
  });

  it('is what has the focus at every step after', async () => {
    await start();
    expect(await press('Right')).toMatch(/^从这里开始/);
    expect(await press('Down')).toMatch(/^往期农话/);
  });

  it('is a message together with nothing else', async () => {
    await start();
    expect(await press('Back')).toBe('再按一次返回，退出田间课堂');
  });
});

describe('Back', () => {
  it('goes from a deep link home, and then asks before it leaves', async () => {
    await start('#settings');
    await press('Back');
    await page('#home');
    await press('Back');
    expect(exit).not.toHaveBeenCalled();
    await press('Back');
    expect(exit).toHaveBeenCalledOnce();
  });

  it('asks anew when the second press comes late', async () => {
    await start();
    await press('Back');
    clock += 4000;
    await press('Back');
    expect(exit).not.toHaveBeenCalled();
  });

  it('finds the focus where it was', async () => {
    await start();
    const before = await press('Down', 'Down', 'Right');
    await press('Up', 'Up', 'Up', 'Left', 'Enter');
    await page('#help');
    await press('Back');
    await page('#home');
    expect(region.textContent).toContain('首页。');
    expect(await press('Down', 'Down', 'Down')).toBe(before);
  });
});

describe('keys', () => {
  it('repeated faster than the screen can show are dropped, another key is not', async () => {
    await start();
    await press('Down');
    const first = stage!.focused();
    clock += 300;
    stage!.press('Right', 'Right', 'Right');
    const second = stage!.focused();
    expect(second).not.toBe(first);
    stage!.press('Left');
    expect(stage!.focused()).toBe(first);
  });

  it('that nobody knows change nothing', async () => {
    await start();
    const before = stage!.focused();
    (stage!.shown.application as unknown as { _receiveKeydown(event: object): void })._receiveKeydown({
      keyCode: 999,
    });
    expect(stage!.focused()).toBe(before);
  });
});

describe('the page', () => {
  it('being played shows the video: the body is told, and told again after', async () => {
    await start();
    await press('Enter');
    await page('#play/wheat-before-winter');
    expect(document.body.classList.contains('playing')).toBe(true);
    await vi.waitUntil(() => fake.played.length > 0, { interval: 1 });
    expect(fake.played[0]).toMatch(/wheat-before-winter\/master\.m3u8$/);
    stage!.shown.navigator.back();
    await page('#home');
    expect(document.body.classList.contains('playing')).toBe(false);
  });

  it('is built anew in another language, with the focus where it was', async () => {
    await start('#settings');
    await press('Down', 'Down');
    await setLanguage('en');
    fake.services.setPreferences({ language: 'en' });
    onReady.mockClear();
    stage!.shown.reopen();
    await page('#settings');
    await setLanguage('zh-CN');
    expect(region.textContent).toContain('Caption size');
  });

  it('of an address that the app does not have is Home, and that is said', async () => {
    history.replaceState(null, '', '/#nowhere');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    await start('#nowhere').catch(() => undefined);
    expect(location.hash).toBe('#home');
    await vi.advanceTimersByTimeAsync(1000);
    expect(region.textContent).toContain('没有这个页面，已回到首页');
  });
});

describe('the screen saver', () => {
  it('comes after five minutes without a key, and the key that wakes does nothing else', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    await start();
    const saver = part<ScreenSaver>(stage!.shown, 'Saver');
    const focused = stage!.focused();
    await vi.advanceTimersByTimeAsync(299_000);
    expect(saver.showing).toBe(false);
    await vi.advanceTimersByTimeAsync(2000);
    expect(saver.showing).toBe(true);
    const at = part(saver, 'Name').x;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(part(saver, 'Name').x).not.toBe(at);
    await press('Right');
    expect(saver.showing).toBe(false);
    expect(stage!.focused()).toBe(focused);
    await press('Right');
    expect(stage!.focused()).not.toBe(focused);
  });
});

describe('in an activity room', () => {
  it('goes home five minutes after the last key, and not while a lesson plays', async () => {
    await start('#help');
    fake.world.watching = { place: 'room', people: [] };
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    await press('Down');
    vi.advanceTimersByTime(299_000);
    expect(location.hash).toBe('#help');
    Object.defineProperty(part(stage!.shown, 'Page'), 'busy', { value: true, configurable: true });
    vi.advanceTimersByTime(2_000);
    expect(location.hash).toBe('#help');
    expect(fake.whoCalls).toEqual([]);
    Object.defineProperty(part(stage!.shown, 'Page'), 'busy', { value: false });
    vi.advanceTimersByTime(300_000);
    vi.useRealTimers();
    await page('#home');
    expect(fake.whoCalls).toEqual(['guest']);
  });

  it('stays where it is in a home', async () => {
    await start('#help');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    await press('Down');
    vi.advanceTimersByTime(301_000);
    vi.useRealTimers();
    expect(location.hash).toBe('#help');
    expect(fake.whoCalls).toEqual([]);
  });
});
