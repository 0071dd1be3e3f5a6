import type { Browser, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { textIn } from '../../src/domain/catalogue/texts.ts';
import county from '../../media-manifests/county.json' with { type: 'json' };
import { launchBrowser } from './harness/browser.ts';
import { openEye, type Eye } from './harness/eye.ts';
import { inkOf, noteInk } from './harness/ink.ts';
import { sampleCounty, words } from './harness/sample-county.ts';
import { startServiceProcess, type ServiceProcess } from './harness/service.ts';
import { eventually, openTv, type Tv, type TvOptions } from './harness/tv.ts';
import { Client } from './service-kit.ts';

const { farmTalk, playlists, lessons } = sampleCounty();
const talk = farmTalk[0]!.lessons[0]!;
const list = playlists[0]!;
const catalogueFile = '**/catalogue/catalogue.json';

/** Reading them throws, as where the operator has switched storage off. */
function storageDenied(): void {
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
    Object.defineProperty(window, name, {
      get() {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    });
}

/** They are there and take nothing, as on a box whose flash is full. */
function storageFull(): void {
  const full = (): never => {
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
  };
  Storage.prototype.setItem = full;
  IDBFactory.prototype.open = full;
}

function withoutWebGl(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its `this` below
  const { getContext } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, more?: unknown) {
    return kind.includes('webgl') ? null : getContext.call(this, kind, more);
  } as typeof getContext;
}

describe('the app where things are missing', () => {
  let browser: Browser;
  let service: ServiceProcess;
  let eye: Eye;
  let tv: Tv;
  const open: Tv[] = [];
  /** Complaints of the browser that a test brings about itself. */
  let expected: RegExp | undefined;

  beforeAll(async () => {
    [browser, service] = await Promise.all([launchBrowser(), startServiceProcess()]);
    eye = await openEye(browser);
  });

  afterEach(async () => {
    const troubles = open.flatMap((each) => each.troubles).filter((trouble) => !expected?.test(trouble));
    expected = undefined;
    for (const each of open.splice(0)) await each.close();
    expect(troubles).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await service?.remove();
  });

  async function switchOn(options: TvOptions = {}): Promise<void> {
    tv = await openTv(browser, service.url, {
      ...options,
      prepare: async (context) => {
        await noteInk(context);
        await options.prepare?.(context);
      },
    });
    open.push(tv);
  }

  const shows = (text: string): Promise<void> =>
    eventually(async () => (await inkOf(tv.page)).includes(text));

  /** The one thing that has the focus is seen, and an arrow takes the focus elsewhere. */
  async function focusMoves(): Promise<void> {
    await eventually(async () => (await eye.focusRings(tv.page)).length === 1);
    const [before] = await eye.focusRings(tv.page);
    const said = (await tv.said()).length;
    await tv.press('Down');
    await eventually(async () => (await tv.said()).length > said);
    await eventually(async () => {
      const [now, ...more] = await eye.focusRings(tv.page);
      return now && more.length === 0 && JSON.stringify(now) !== JSON.stringify(before);
    });
  }

  const catalogueRequests = (): number => tv.requests.filter((url) => url.endsWith('catalogue.json')).length;

  describe('no catalogue from the network', () => {
    const ways: [string, (route: Route) => unknown][] = [
      ['cut off', (route) => route.abort()],
      ['silent', () => undefined],
      [
        'a log-in page instead',
        (route) => route.fulfill({ contentType: 'text/html', body: '<h1>登录</h1>' }),
      ],
      ['an error', (route) => route.fulfill({ status: 502, body: '' })],
    ];

    it.each(ways)('%s: the last good copy, a word about it, and lessons that play', async (_, way) => {
      await switchOn();
      expect(await inkOf(tv.page)).not.toContain(words.home.oldCatalogue);
      expected = /catalogue\.json/;
      await tv.context.route(catalogueFile, way);
      await tv.restart();
      await shows(words.home.oldCatalogue);
      // Gold letters at the foot of the page: the word is not only written but to be seen.
      const foot = { x: 64, y: 650, w: 500, h: 40 };
      await eventually(async () => (await eye.share(await tv.page.screenshot(), foot, 0xf2b544)) > 0.01);
      expect(await tv.saying()).toContain(textIn(farmTalk[0]!.title, 'zh-CN'));
      await tv.press('Enter');
      expect(await tv.plays()).toBeGreaterThan(0);
    });

    it('nor a copy: plain words with a code, and OK tries again', async () => {
      expected = /catalogue\.json/;
      await switchOn({ ready: false, prepare: (context) => context.route(catalogueFile, (r) => r.abort()) });
      const says = new RegExp(
        `${words.error.noCatalogue.title}.*${words.error.noCatalogue.words}.*B-START`.replace('?', '\\?'),
      );
      await tv.hears(says);
      const boot = tv.page.locator('#boot');
      expect(await boot.isVisible()).toBe(true);
      expect(await boot.innerText()).toContain(words.error.noCatalogue.words);

      const asked = catalogueRequests();
      await tv.press('Enter');
      await eventually(() => catalogueRequests() > asked);
      await tv.hears(says);

      await tv.context.unroute(catalogueFile);
      await tv.press('Enter');
      await tv.hears(words.home.pressToWatch);
      expect(await boot.isVisible()).toBe(false);
      await focusMoves();
    });
  });

  it('no posters: cards are drawn instead', async () => {
    expected = /\.(jpg|png|webp)/;
    let missing = 0;
    await switchOn({
      prepare: (context) =>
        context.route(/\.(jpg|png|webp)$/, (route) => {
          missing++;
          return route.fulfill({ status: 404, body: '' });
        }),
    });
    const first = textIn(lessons.get(list.lessons[0]!)!.title, 'zh-CN');
    // A drawn card begins with the first character of its title, by itself.
    await eventually(() => tv.page.evaluate((char) => window.ink.includes(char), [...first][0]!));
    expect(missing).toBeGreaterThan(0);
    await focusMoves();
    await tv.press('Enter');
    await tv.plays();
  });

  it.each([
    ['denied', storageDenied, list.lessons[0]!],
    ['full', storageFull, list.lessons[1]!],
  ])(
    'storage %s: a lesson plays and is recorded, and My study says it is not saved',
    async (_, before, id) => {
      await switchOn({ before });
      await focusMoves();
      await tv.page.goto(`${service.url}/#play/${id}`);
      await tv.plays();
      const client = new Client(service.url, service.authorization);
      const activity = encodeURIComponent(`${county.homePage}/lessons/${id}`);
      await eventually(async () => (await client.list(`?activity=${activity}`)).length > 0);
      await tv.page.goto(`${service.url}/#my-study`);
      await tv.heard(words.study.title);
      await shows(words.study.notSaved);
    },
  );

  it('no WebGL: the app draws on a plain canvas', async () => {
    await switchOn({ before: withoutWebGl });
    const kind = await tv.page.evaluate(() =>
      document.querySelector('canvas')!.getContext('2d') === null ? 'other' : '2d',
    );
    expect(kind).toBe('2d');
    const whole = { x: 0, y: 0, w: 1280, h: 720 };
    expect(await eye.share(await tv.page.screenshot(), whole, 0xf3f1ea)).toBeGreaterThan(0.002);
    await focusMoves();
    await tv.press('Enter');
    await tv.plays();
    await tv.press('Enter');
    await tv.hears(words.player.paused);
    await eventually(async () => (await eye.focusRings(tv.page)).length === 1);
  });

  it.each([`#playlist/${list.id}`, `#play/${talk}`])(
    'WebGL lost at %s: the page comes back there',
    async (hash) => {
      await switchOn({ hash });
      await tv.page.evaluate(() => {
        Object.assign(window, { beforeLoss: true });
        const gl = document.querySelector('canvas')!.getContext('webgl');
        gl!.getExtension('WEBGL_lose_context')!.loseContext();
      });
      await tv.page.waitForFunction(
        () =>
          !('beforeLoss' in window) &&
          document.getElementById('boot')?.style.display === 'none' &&
          document.getElementById('announcer')!.textContent !== '',
        undefined,
        { polling: 50 },
      );
      expect(decodeURIComponent(new URL(tv.page.url()).hash)).toBe(hash);
      if (hash.startsWith('#play/')) await tv.plays();
      else await eventually(async () => (await eye.focusRings(tv.page)).length === 1);
    },
  );

  it('a walk through every page asks nobody but the service', async () => {
    await switchOn();
    const pages = [
      '#home',
      '#farm-talk',
      `#playlist/${list.id}`,
      `#lesson/${talk}`,
      `#play/${talk}`,
      '#my-study',
      '#settings',
      '#help',
    ];
    for (const hash of pages) {
      const said = (await tv.said()).length;
      if (hash !== '#home') {
        await tv.page.goto(`${service.url}/${hash}`);
        await eventually(async () => (await tv.said()).length > said);
      }
      if (hash.startsWith('#play/')) await tv.plays();
      else await tv.press('Down');
    }
    expect(tv.requests.some((url) => url.endsWith('.m3u8'))).toBe(true);
    expect(tv.requests.some((url) => url.includes('/xapi/'))).toBe(true);
    const elsewhere = tv.requests.filter(
      (url) => !/^(data|blob):/.test(url) && new URL(url).origin !== service.url,
    );
    expect(elsewhere).toEqual([]);
  });
});
