import { inflateSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './harness/browser.ts';
import { startServiceProcess, type ServiceProcess } from './harness/service.ts';
import { openTv } from './harness/tv.ts';
import { until } from './harness/wait.ts';

let browser: Browser;
let service: ServiceProcess;
beforeAll(async () => {
  [browser, service] = await Promise.all([launchBrowser(), startServiceProcess()]);
});
afterAll(async () => {
  await browser?.close();
  await service?.remove();
});

/** Sends events as an IPTV browser does: by its own script, some kinds for each press. */
async function boxSends(page: Page, kinds: string[], code: number, times = 1, everyMs = 0): Promise<void> {
  await page.evaluate(
    async ([names, keyCode, count, wait]) => {
      for (let i = 0; i < count; i++) {
        if (i > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        for (const name of names) {
          const event = new Event(name, { bubbles: true, cancelable: true });
          Object.defineProperty(event, 'keyCode', { value: keyCode });
          Object.defineProperty(event, 'which', { value: keyCode });
          document.dispatchEvent(event);
        }
      }
    },
    [kinds, code, times, everyMs] as const,
  );
}

describe('a box whose keys come in another way', () => {
  it.each([
    ['keypress alone', ['keypress']],
    ['keydown and keypress for each press', ['keydown', 'keypress']],
    ['the vendor’s own event', ['irkeypress']],
  ])('moves one step for a press and comes back by Back: %s', async (_, kinds) => {
    const tv = await openTv(browser, service.url, { hash: '#settings', query: '?profile=ctc' });
    try {
      await tv.hears('语言');
      await boxSends(tv.page, [...kinds], 40);
      // Two steps would lead to the row after it.
      await tv.hears('字幕 ');
      await boxSends(tv.page, [...kinds], 768);
      await tv.page.waitForTimeout(500);
      expect(await tv.saying()).toMatch(/^字幕 /);
      await boxSends(tv.page, [...kinds], 283);
      await tv.page.waitForFunction(() => location.hash === '#home');
      expect(tv.troubles).toEqual([]);
    } finally {
      await tv.close();
    }
  });

  it.each([8, 20, 30])('stops with the key that is held, at %i repeats a second', async (rate) => {
    const tv = await openTv(browser, service.url, { hash: '#settings', query: '?profile=ctc' });
    try {
      await tv.hears('语言');
      const before = (await tv.said()).length;
      // Half a second leads to the middle of the list, from where more steps could still follow.
      await boxSends(tv.page, ['keypress'], 40, Math.ceil(rate / 2), 1000 / rate);
      const atRelease = (await tv.said()).length;
      await tv.page.waitForTimeout(900);
      expect(atRelease - before).toBeGreaterThanOrEqual(2);
      expect((await tv.said()).length - atRelease).toBeLessThanOrEqual(1);
    } finally {
      await tv.close();
    }
  });
});

declare global {
  interface Window {
    loudness: { level: number; mute: number };
  }
}

/** As much of an IPTV box as shows a lesson; the events come when key 768 says so. Runs in the page. */
function becomeIptvBox(): void {
  const events: string[] = [];
  let since = 0;
  let at = 0;
  // The box's, not the player's.
  window.loudness = { level: 30, mute: 0 };
  class MediaPlayer {
    getVolume = () => String(window.loudness.level);
    setVolume = (level: number) => (window.loudness.level = level);
    getMuteFlag = () => String(window.loudness.mute);
    setMuteFlag = (mute: number) => (window.loudness.mute = mute);
    getNativePlayerInstanceID = () => '3';
    getMediaDuration = () => '60';
    getCurrentPlayTime = () => String(Math.floor(at + (since ? (performance.now() - since) / 1000 : 0)));
    playFromStart = () => {
      setTimeout(() => {
        since = performance.now();
        events.push("{type:'EVENT_MEDIA_BEGINING',instance_id:3}");
        const news = new Event('keypress', { bubbles: true });
        Object.defineProperty(news, 'keyCode', { value: 768 });
        document.dispatchEvent(news);
      }, 300);
    };
    pause = () => {
      at += (performance.now() - since) / 1000;
      since = 0;
    };
  }
  const rest = ['initMediaPlayer', 'setSingleMedia', 'setAllowTrickmodeFlag', 'setNativeUIFlag'];
  const more = ['setCycleFlag', 'setVideoDisplayMode', 'setVideoDisplayArea', 'refreshVideoDisplay'];
  const silent = ['setAudioVolumeUIFlag', 'setMuteUIFlag'];
  for (const name of [...rest, ...more, ...silent, 'playByTime', 'resume', 'stop', 'releaseMediaPlayer'])
    Object.assign(MediaPlayer.prototype, { [name]: () => undefined });
  Object.assign(window, { MediaPlayer, Utility: { getEvent: () => events.shift() ?? '' } });
}

describe('the player page over a box’s own player', () => {
  it('is clear where the picture is, opaque where its controls are, and opaque again after', async () => {
    const tv = await openTv(browser, service.url, {
      hash: '#play/remote-basics',
      query: '?profile=ctc',
      before: becomeIptvBox,
    });
    try {
      const cdp = await tv.context.newCDPSession(tv.page);
      await cdp.send('Emulation.setDefaultBackgroundColorOverride', { color: { r: 0, g: 0, b: 0, a: 0 } });
      const alphaAt = async (x: number, y: number): Promise<number> => {
        const clip = { x, y, width: 1, height: 1, scale: 1 };
        const { data } = await cdp.send('Page.captureScreenshot', { format: 'png', clip });
        return alphaOf(Buffer.from(data, 'base64'));
      };
      await tv.hears('开始播放');
      expect(await alphaAt(640, 200)).toBe(0);
      expect(tv.requests.some((address) => /hls\.\w+\.js|\.m3u8/.test(address))).toBe(false);
      await tv.press('Enter');
      await tv.page.waitForTimeout(600);
      expect(await alphaAt(640, 200)).toBe(0);
      // The button in the focus.
      expect(await alphaAt(120, 660)).toBe(255);
      await tv.press('Back', 'Back');
      await tv.page.waitForFunction(() => location.hash !== '#play/remote-basics');
      await tv.page.waitForTimeout(600);
      expect(await alphaAt(640, 200)).toBe(255);
      expect(tv.troubles).toEqual([]);
    } finally {
      await tv.close();
    }
  });
});

describe('the volume keys of a box whose page has to turn it', () => {
  it.each(['#settings', '#play/remote-basics'])('turn the box’s volume and show it: %s', async (hash) => {
    const tv = await openTv(browser, service.url, { hash, query: '?profile=ctc', before: becomeIptvBox });
    try {
      await tv.hears(hash === '#settings' ? '语言' : '开始播放');
      // The page's gradient is drawn after its first screen.
      await tv.page.waitForTimeout(4000);
      // The bar's place, above the middle.
      const bar = (): Promise<string> =>
        tv.page
          .screenshot({ clip: { x: 380, y: 40, width: 520, height: 50 } })
          .then((png) => png.toString('base64'));
      const loudness = (): Promise<Window['loudness']> => tv.page.evaluate(() => window.loudness);
      const clear = await bar();
      await boxSends(tv.page, ['keypress'], 259, 2, 300);
      expect(await loudness()).toEqual({ level: 40, mute: 0 });
      const louder = await until('the bar', async () => {
        const shown = await bar();
        return shown === clear ? undefined : shown;
      });
      await boxSends(tv.page, ['keypress'], 261);
      expect(await loudness()).toEqual({ level: 40, mute: 1 });
      await until('another bar', async () => ![clear, louder].includes(await bar()));
      await boxSends(tv.page, ['keypress'], 260);
      expect(await loudness()).toEqual({ level: 35, mute: 0 });
      await until('no bar', async () => (await bar()) === clear);
      expect(await tv.page.evaluate(() => location.hash)).toBe(hash);
      expect(tv.troubles).toEqual([]);
    } finally {
      await tv.close();
    }
  });
});

/** Alpha of the one pixel of a PNG. */
function alphaOf(png: Buffer): number {
  const chunks: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      chunks.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  // Colour type 6 has an alpha; without one a pixel is opaque.
  return png[25] === 6 ? inflateSync(Buffer.concat(chunks))[4]! : 255;
}
