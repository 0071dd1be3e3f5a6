import type { Browser } from 'playwright-core';
import { textIn } from '../../src/domain/catalogue/texts.ts';
import type { LocalText } from '../../src/domain/catalogue/types.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { REPEAT_GAP } from '../../src/domain/remote/repeat-gate.ts';
import { launchBrowser } from './harness/browser.ts';
import { openEye, type Eye } from './harness/eye.ts';
import { noteInk } from './harness/ink.ts';
import { sampleCounty, words } from './harness/sample-county.ts';
import { startServiceProcess, type ServiceProcess } from './harness/service.ts';
import { eventually, keyCodes, openTv, type Key, type Tv, type TvOptions } from './harness/tv.ts';

const county = sampleCounty();
const zh = (text: LocalText | undefined): string => textIn(text, 'zh-CN');
const titleOf = (id: string): string => zh(county.lessons.get(id)?.title);
const talks = county.farmTalk;
const talk = talks[0]!.lessons[0]!;
const [season, ...otherLists] = county.playlists;
const longestList = [...county.playlists].sort((a, b) => b.lessons.length - a.lessons.length)[0]!;
const seasonal = season!.lessons;

const times = (count: number, key: Key): Key[] => Array.from({ length: count }, () => key);

describe('driving the app with a remote', () => {
  let browser: Browser;
  let service: ServiceProcess;
  let eye: Eye;
  const open: Tv[] = [];

  beforeAll(async () => {
    [browser, service] = await Promise.all([launchBrowser(), startServiceProcess()]);
    eye = await openEye(browser);
  });

  afterEach(async () => {
    const troubles = open.flatMap((tv) => tv.troubles);
    for (const tv of open.splice(0)) await tv.close();
    expect(troubles).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await service?.remove();
  });

  async function on(options: TvOptions = {}): Promise<Tv> {
    const tv = await openTv(browser, service.url, options);
    open.push(tv);
    return tv;
  }

  /** Words that are on their way are waited for. @returns how many have been said */
  async function quiet(tv: Tv): Promise<number> {
    let said = -1;
    await eventually(async () => {
      const before = said;
      said = (await tv.said()).length;
      if (said !== before) await tv.page.waitForTimeout(100);
      return said === before;
    });
    return said;
  }

  /** Presses a way to a lesson; where a page opens on the way, its first words are waited for. */
  async function go(tv: Tv, keys: readonly Key[]): Promise<void> {
    for (const key of keys) {
      const before = await quiet(tv);
      await tv.press(key);
      await eventually(async () => (await tv.said()).length > before);
    }
    await quiet(tv);
  }

  /** Ways to a lesson that a newcomer may find from the first screen, by what is in the catalogue. */
  function waysTo(id: string): Key[][] {
    const ways: Key[][] = [];
    if (id === talk) ways.push(['Enter']);
    const fresh = county.playlists.find(({ kind }) => kind === 'general') ?? season!;
    if (id === fresh.lessons[0]) ways.push(['Right', 'Enter']);
    const issue = talks.findIndex(({ lessons }) => lessons[0] === id);
    if (issue > 0) ways.push(['Right', 'Down', 'Enter', ...times(issue - 1, 'Right'), 'Enter']);
    county.playlists.forEach(({ lessons }, row) => {
      const at = lessons.indexOf(id);
      if (at < 0) return;
      const along = at <= lessons.length - at ? times(at, 'Right') : times(lessons.length - at, 'Left');
      ways.push([...times(row + 1, 'Down'), ...along, 'Enter']);
      // The rows go round: two keys above this month's farm talk is the last of them.
      ways.push([...times(county.playlists.length - row + 1, 'Up'), ...along, 'Enter']);
    });
    return ways;
  }

  async function isPlaying(tv: Tv, id: string): Promise<void> {
    await eventually(() => decodeURIComponent(new URL(tv.page.url()).hash).startsWith(`#play/${id}`));
    await tv.heard(titleOf(id));
    await tv.plays();
  }

  describe('how many presses it takes', () => {
    it("this month's farm talk plays after one, two at most", async () => {
      const tv = await on();
      expect(await tv.saying()).toContain(zh(talks[0]!.title));
      await tv.press('Enter');
      await isPlaying(tv, talk);
    });

    it('what was begun goes on after one, a little before where it was left', async () => {
      const tv = await on({ hash: `#play/${talk}` });
      await tv.plays();
      await tv.press('Right');
      await eventually(async () => (await tv.video()).time > 10);
      const left = await tv.plays();
      await tv.press('Back', 'Back');
      await tv.hears(words.tab.home);

      await tv.restart();
      expect(await tv.saying()).toMatch(new RegExp(`${words.home.continue}.*${titleOf(talk)}`));
      await tv.press('Enter');
      await isPlaying(tv, talk);
      expect((await tv.video()).time).toBeGreaterThan(left - 6);
    });

    const lessons = [...county.lessons.keys()];
    const shortestWayTo = (id: string): Key[] | undefined =>
      waysTo(id).sort((a, b) => a.length - b.length)[0];

    it('there is a way of five at most to every lesson', () => {
      expect(lessons.filter((id) => (shortestWayTo(id)?.length ?? Infinity) > 5)).toEqual([]);
    });

    it.each(lessons.filter((_, index) => index % 6 === 0))('the way to %s is one', async (id) => {
      const tv = await on();
      await go(tv, shortestWayTo(id)!);
      await isPlaying(tv, id);
    });
  });

  describe('every page can be reached and left with six keys', () => {
    const tabs: [page: string, key: Key[], heading: string][] = [
      ['farm-talk', ['Right'], words.farmTalk.title],
      ['playlist', ['Right', 'Right'], zh(season!.title)],
      [
        'playlist',
        ['Right', 'Right', 'Right'],
        zh(county.playlists.find(({ kind }) => kind === 'duty')!.title),
      ],
      ['my-study', ['Left', 'Left', 'Left'], words.study.title],
      ['settings', ['Left', 'Left'], words.settings.title],
      ['help', ['Left'], words.help.title],
    ];

    it.each(tabs)('%s by %j', async (page, keys, heading) => {
      const tv = await on();
      await go(tv, ['Up', ...keys]);
      const tab = await tv.saying();
      await tv.press('Enter');
      // The tab may have the page's own name: what counts is what is said after it.
      await tv.heard(`${heading}${words.app.stop}`);
      expect(tv.page.url()).toContain(`#${page}`);
      await eventually(async () => (await eye.focusRings(tv.page)).length === 1);
      await tv.press('Back');
      await tv.hears(`${words.home.heading}${words.app.stop}${tab}`);
    });

    it("a lesson's page from the player, and back to where the player was opened", async () => {
      const tv = await on();
      await tv.press('Enter');
      await tv.plays();
      await tv.press('Down');
      while (!(await tv.saying()).includes(words.player.about)) await go(tv, ['Right']);
      await tv.press('Enter');
      await tv.heard(`${titleOf(talk)}${words.app.stop}`);
      expect(tv.page.url()).toContain(`#lesson/${talk}`);
      await eventually(async () => (await eye.focusRings(tv.page)).length === 1);
      await tv.press('Back');
      await tv.hears(zh(talks[0]!.title));
      expect(tv.page.url()).toContain('#home');
    });

    it("the player's chapters, and out again", async () => {
      const lesson = [...county.lessons.values()].find(({ chapters }) => (chapters?.length ?? 0) > 2)!;
      const tv = await on({ hash: `#play/${lesson.id}` });
      await tv.plays();
      await tv.press('Down');
      while (!(await tv.saying()).includes(words.player.chapters)) await go(tv, ['Right']);
      await tv.press('Enter');
      await tv.hears(zh(lesson.chapters![0]!.title));
      await go(tv, ['Down']);
      expect(await tv.saying()).toContain(zh(lesson.chapters![1]!.title));
      await tv.press('Back');
      await tv.hears(words.player.chapters);
      await go(tv, ['Enter', 'Down', 'Down', 'Enter']);
      const { start } = lesson.chapters![2]!;
      await eventually(async () => Math.abs((await tv.video()).time - start) < 3);
    });
  });

  it('Back goes exactly one page up, however fast it is pressed', async () => {
    const tv = await on({ hash: `#playlist/${longestList.id}` });
    await tv.press('Enter');
    await tv.plays();
    const before = (await tv.said()).length;
    // A remote that bounces: the second is the same press.
    await tv.remote.bounce(keyCodes.Back);
    await tv.heard(zh(longestList.title), before);
    expect(tv.page.url()).toContain(`#playlist/${longestList.id}`);
    await tv.press('Enter');
    await tv.plays();
    await tv.press('Back', 'Back');
    await tv.hears(words.home.heading);
    await tv.press('Back');
    await tv.hears(words.app.leave);
    await tv.press('Down');
    expect(tv.page.url()).toContain('#home');
  });

  it('a page that is slow to come is opened once, however often OK is pressed', async () => {
    let bring: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (bring = resolve));
    const tv = await on({
      prepare: (context) =>
        context.route(/\/player\.[0-9a-f]+\.js$/, async (route) => {
          await held;
          await route.continue();
        }),
    });
    await tv.press('Enter', 'Enter', 'Enter');
    bring();
    await tv.plays();
    await tv.press('Back');
    await tv.hears(zh(talks[0]!.title));
    expect(tv.page.url()).toContain('#home');
  });

  describe('deep links', () => {
    const playlist = otherLists[0]!;
    const links: [hash: string, heading: string][] = [
      ['#home', words.home.heading],
      [`#playlist/${playlist.id}`, zh(playlist.title)],
      [`#lesson/${talk}`, titleOf(talk)],
      [`#play/${talk}`, words.player.playing],
      [`#farm-talk/${talks[1]!.id}`, zh(talks[1]!.title)],
      ['#my-study', words.study.title],
    ];

    it.each(links)('%s opens; Back goes home, then leaves', async (hash, heading) => {
      const away = `${service.url}/healthz`;
      const tv = await on({ hash, query: `?returnUrl=${encodeURIComponent(away)}` });
      await tv.heard(heading);
      if (hash !== '#home') {
        await tv.press('Back');
        await tv.heard(words.home.heading);
        expect(tv.page.url()).toContain('#home');
      }
      await tv.press('Back');
      await tv.hears(words.app.leave);
      await tv.press('Back');
      await tv.page.waitForURL(away);
    });

    it('an address that is none leads home and says so', async () => {
      const tv = await on({ hash: '#no-such-page/7' });
      await tv.heard(words.home.heading);
      await tv.heard(words.error.address);
      await eventually(async () => (await eye.focusRings(tv.page)).length === 1);
      expect(tv.page.url()).toContain('#home');
    });

    it.each(['#lesson/none', '#play/none', '#playlist/none'])(
      '%s says that it is gone and leads on',
      async (hash) => {
        const tv = await on({ hash });
        await tv.heard(/不在了/);
        await eventually(async () => (await eye.focusRings(tv.page)).length === 1);
        await tv.press('Back');
        await tv.heard(words.home.heading);
      },
    );

    it('an address changed while the app runs opens the page', async () => {
      const tv = await on();
      await tv.page.evaluate(() => (location.hash = '#help'));
      await tv.heard(words.help.title);
      await tv.page.evaluate((id) => (location.hash = `#play/${id}`), talk);
      await tv.plays();
      await tv.press('Back');
      await tv.hears(new RegExp(`^${words.home.heading}`));
    });
  });

  describe('coming back finds everything as it was left', () => {
    it('home', async () => {
      const tv = await on();
      await go(tv, ['Down', 'Down', 'Right']);
      const card = await tv.saying();
      expect(card).toContain(titleOf(otherLists[0]!.lessons[1]!));
      await tv.press('Enter');
      await tv.plays();
      const picture = await tv.page.screenshot();
      await tv.press('Back');
      await tv.hears(titleOf(otherLists[0]!.lessons[1]!));
      await eventually(async () => (await eye.focusRings(tv.page)).length === 1);
      expect(
        await eye.difference(picture, await tv.page.screenshot(), { x: 0, y: 0, w: 1280, h: 720 }),
      ).toBeGreaterThan(0.05);
    });

    it('playlist', async () => {
      const tv = await on({ hash: `#playlist/${longestList.id}` });
      await go(tv, ['Right']);
      await tv.press('Enter');
      await tv.plays();
      await tv.press('Back');
      await tv.heard(
        `${zh(longestList.title)}${words.app.stop}${words.playlist.number.replace('{{number}}', '2')}`,
      );
    });

    it('farm talk', async () => {
      const tv = await on({ hash: '#farm-talk' });
      await go(tv, ['Right', 'Right']);
      await tv.press('Enter');
      await tv.plays();
      const before = (await tv.said()).length;
      await tv.press('Back');
      await tv.heard(zh(talks[2]!.title), before);
    });

    it('settings', async () => {
      const tv = await on({ hash: '#settings' });
      await go(tv, times(8, 'Down'));
      expect(await tv.saying()).toContain(words.settings.about);
      await tv.press('Enter');
      await tv.hears(words.help.title);
      await tv.press('Back');
      await tv.hears(words.settings.about);
    });
  });

  describe('short cuts', () => {
    it('a digit plays that lesson of a playlist; a wrong one says so', async () => {
      const tv = await on({ hash: `#playlist/${longestList.id}` });
      await tv.press(9);
      await tv.hears(words.playlist.noNumber.replace('{{number}}', '9'));
      await tv.press(2);
      await isPlaying(tv, longestList.lessons[1]!);
    });

    it('a digit picks a tile of the row on home', async () => {
      const tv = await on();
      await go(tv, ['Down', 3]);
      expect(await tv.saying()).toContain(titleOf(seasonal[2]!));
      expect(await eye.focusRings(tv.page)).toHaveLength(1);
    });

    it('a digit jumps to that chapter', async () => {
      const lesson = [...county.lessons.values()].find(({ chapters }) => (chapters?.length ?? 0) > 2)!;
      const tv = await on({ hash: `#play/${lesson.id}` });
      await tv.plays();
      await tv.press(3);
      const { start } = lesson.chapters![2]!;
      await eventually(async () => Math.abs((await tv.video()).time - start) < 2);
    });

    it('media keys work on cards and in the player', async () => {
      const tv = await on();
      await go(tv, ['Down', 'Right']);
      await tv.press('PlayPause');
      await isPlaying(tv, seasonal[1]!);
      await tv.press('PlayPause');
      await tv.hears(words.player.paused);
      expect((await tv.video()).paused).toBe(true);
      await tv.press('Play');
      await tv.plays();
      await tv.press('Pause');
      await eventually(async () => (await tv.video()).paused);
      await tv.press('PlayPause');
      await tv.plays();
      await tv.press('FastForward');
      await eventually(async () => (await tv.video()).time > 10);
      const ahead = (await tv.video()).time;
      await tv.press('Rewind');
      await eventually(async () => (await tv.video()).time < ahead - 5);
      await tv.press('Next');
      await isPlaying(tv, seasonal[2]!);
      await tv.press('Stop');
      await tv.hears(titleOf(seasonal[1]!));
    });

    it('a held arrow stops with the finger, and nothing is acted on afterwards', async () => {
      const tv = await on();
      await go(tv, ['Up']);
      await tv.page.evaluate(() => {
        const marks = { pressed: { at: 0, said: 0 }, released: { at: 0, said: 0 } };
        const mark = () => ({ at: performance.now(), said: window.heard.length });
        addEventListener('keydown', ({ repeat }) => !repeat && (marks.pressed = mark()), true);
        addEventListener('keyup', () => (marks.released = mark()), true);
        Object.assign(window, { marks });
      });
      await tv.remote.hold(keyCodes.Right, 45, 33);
      // Nothing to wait for: what must not come would come now.
      await tv.page.waitForTimeout(600);
      const all = (await tv.said()).length;
      const { pressed, released } = await tv.page.evaluate(
        () =>
          (window as unknown as { marks: Record<'pressed' | 'released', { at: number; said: number }> })
            .marks,
      );
      const steps = released.said - pressed.said;
      expect(steps).toBeGreaterThan(4);
      expect(steps).toBeLessThanOrEqual((released.at - pressed.at) / (REPEAT_GAP * 1000) + 1);
      expect(all - released.said).toBeLessThanOrEqual(1);
    });
  });

  describe('settings', () => {
    /** What is said after OK on the row in the focus. */
    async function change(tv: Tv): Promise<string> {
      await go(tv, ['Enter']);
      return tv.saying();
    }

    it('English changes every word on every page, and Chinese comes back', async () => {
      const tv = await on({ hash: '#settings', prepare: noteInk });
      const chinese = /[\u3400-\u9fff]/;
      /** Chinese that was said or written since the page was loaded; the row of languages names both. */
      const chineseWords = async (): Promise<string[]> => {
        const ink = await tv.page.evaluate(() => window.ink);
        const all = [...(await tv.said()), ...ink];
        // The two single characters are written to see whether the box has a Chinese font.
        const apart = new RegExp(`${words.settings.language.title}|^[田课]$`, 'g');
        return all.filter((text) => chinese.test(text.replace(apart, '')));
      };
      await tv.press('Enter');
      await tv.heard('Settings');
      await tv.restart('#settings');
      await go(tv, times(8, 'Down'));
      expect(await chineseWords()).toEqual([]);
      const pages = [
        '',
        '#farm-talk',
        `#playlist/${season!.id}`,
        `#lesson/${talk}`,
        '#my-study',
        '#help',
        '#remote',
      ];
      for (const hash of pages) {
        await tv.restart(hash);
        await tv.press('Down', 'Right');
        expect(await chineseWords(), hash).toEqual([]);
      }
      await tv.restart(`#play/${talk}`);
      await tv.plays();
      await go(tv, ['Enter', 'Right', 'Right', 'Enter', 'Down']);
      expect(await chineseWords()).toEqual([]);
      expect(await tv.page.evaluate(() => document.documentElement.lang)).toBe('en');

      await tv.restart('#settings');
      await tv.press('Enter');
      await tv.heard(words.settings.title);
      expect(await tv.page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
    });

    it('captions are on at first; off and their size are kept and seen', async () => {
      const tv = await on({ hash: `#play/${talk}` });
      const captions = { x: 120, y: 400, w: 1040, h: 125 };
      await tv.plays();
      await eventually(async () => (await tv.video()).time > 2);
      await tv.press('Enter');
      await tv.hears(words.player.paused);
      while (!(await tv.saying()).includes(words.player.captionsOn)) await go(tv, ['Right']);
      const shown = await tv.page.screenshot();
      await tv.press('Enter');
      await tv.hears(words.player.captionsOff);
      await eventually(
        async () => (await eye.difference(shown, await tv.page.screenshot(), captions)) > 0.02,
      );

      await tv.restart('#settings');
      await go(tv, ['Down']);
      expect(await tv.saying()).toBe(`${words.settings.captions.title} ${words.settings.off}`);
      expect(await change(tv)).toContain(words.settings.on);
      await go(tv, ['Down']);
      expect(await tv.saying()).toContain(words.settings.captionSize.medium);
      expect(await change(tv)).toContain(words.settings.captionSize.large);
      await tv.restart('#settings');
      await go(tv, ['Down', 'Down']);
      expect(await tv.saying()).toContain(words.settings.captionSize.large);
    });

    it('the network check says how it went', async () => {
      const tv = await on({ hash: '#settings' });
      await go(tv, times(4, 'Down'));
      expect(await tv.saying()).toContain(words.settings.network);
      await tv.press('Enter');
      await tv.hears(words.settings.networkGood);
      await tv.context.route('**/api/v1/time', (route) => route.abort());
      await tv.press('Enter');
      await tv.hears(words.settings.networkBad);
      tv.troubles.length = 0;
    });
  });

  describe('screen saver', () => {
    /** Five idle minutes pass in three seconds; every other timer keeps its time. */
    function hurry(): void {
      const real = window.setTimeout.bind(window);
      window.setTimeout = ((work: TimerHandler, ms = 0, ...rest: unknown[]) =>
        real(work, ms >= 300_000 ? ms / 100 : ms, ...rest)) as typeof window.setTimeout;
    }
    const whole = { x: 0, y: 0, w: 1280, h: 720 };
    const dark = async (tv: Tv): Promise<boolean> =>
      (await eye.share(await tv.page.screenshot(), whole, 0x000000)) > 0.9;

    it('comes over a page at rest, and the key that ends it does nothing else', async () => {
      const tv = await on({ before: hurry });
      const before = await tv.saying();
      await eventually(() => dark(tv));
      await tv.press('Enter');
      await eventually(async () => !(await dark(tv)));
      expect(await tv.saying()).toBe(before);
      expect(tv.page.url()).toContain('#home');
    });

    it('never comes over playing video, but over a pause', async () => {
      const tv = await on({ before: hurry, hash: `#play/${talk}` });
      await tv.plays();
      await eventually(async () => (await tv.video()).time > 5);
      expect(await dark(tv)).toBe(false);
      await tv.press('Enter');
      await tv.hears(words.player.paused);
      await eventually(() => dark(tv));
    });
  });
});
