import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verbIris } from '../../src/domain/statements/iris.ts';
import { launchBrowser } from './harness/browser.ts';
import { createCounty, homePage, sampleFolder, type County } from './harness/county.ts';
import { openEye, type Eye } from './harness/eye.ts';
import { inkOf, noteInk } from './harness/ink.ts';
import { startMediaServer, type MediaServer } from './harness/media-server.ts';
import { words } from './harness/sample-county.ts';
import { startServiceProcess, type ServiceProcess } from './harness/service.ts';
import { streamsFolder } from './harness/streams.ts';
import { eventually, openTv, type Tv } from './harness/tv.ts';
import { Client, writeJson } from './service-kit.ts';

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
if (!hasFfmpeg)
  process.stderr.write(
    'Skipped: streams with byte ranges and discontinuities, because ffmpeg is not there.\n',
  );

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser?.close());

/** A TV with its words noted, at a lesson. */
const tvAt = (service: ServiceProcess, id: string): Promise<Tv> =>
  openTv(browser, service.url, { hash: `#play/${id}`, prepare: noteInk });

async function playsTo(tv: Tv, position: number): Promise<void> {
  await tv.page.waitForFunction((to) => document.querySelector('video')!.currentTime > to, position, {
    timeout: 45_000,
    polling: 100,
  });
}

/** What a stream consists of, and how far it has to play to have shown it. */
interface Stream {
  what: string;
  id: string;
  file: string;
  length: number;
  /** Seconds. */
  until: number;
  from: 'another server' | 'the content folder';
}

const found: Stream[] = [
  { what: 'a TS ladder', id: 'ladder', file: 'derived-bbb-ts-ladder/master.m3u8' },
  { what: 'AES-128', id: 'aes', file: 'derived-bbb-aes128/index.m3u8' },
  { what: 'subtitles in the stream', id: 'subs', file: 'derived-zh-subs/master.m3u8' },
].map((stream) => ({ ...stream, length: 30, until: 2, from: 'another server' }));
found.push(
  {
    what: 'fragmented MP4',
    id: 'fmp4',
    file: 'derived-bbb-fmp4/index.m3u8',
    length: 30,
    until: 2,
    from: 'the content folder',
  },
  {
    what: 'CMAF with its sound apart',
    id: 'cmaf',
    file: 'media3-cmaf-demuxed-audio/playlist.m3u8',
    length: 3,
    until: 2,
    from: 'the content folder',
  },
);

const made: Stream[] = [
  { what: 'byte ranges', id: 'ranges', file: 'ranges/index.m3u8', length: 19.4, until: 5 },
  // Twice 4 s, and the clock inside starts again at the join.
  { what: 'a discontinuity', id: 'joined', file: 'joined/index.m3u8', length: 8, until: 5 },
].map((stream) => ({ ...stream, from: 'the content folder' }));

function ffmpeg(...options: string[]): void {
  const { status, stderr } = spawnSync('nice', ['ffmpeg', '-v', 'error', '-y', ...options]);
  if (status !== 0) throw new Error(`ffmpeg: ${stderr.toString()}`);
}

/** Cuts the sample lesson into streams of the two kinds that lie nowhere ready-made. */
function makeStreams(folder: string): void {
  const sample = join(sampleFolder, 'media/remote-basics/360p');
  for (const name of ['ranges', 'joined']) mkdirSync(join(folder, name), { recursive: true });
  ffmpeg(
    ...['-i', join(sample, 'index.m3u8'), '-c', 'copy', '-f', 'hls', '-hls_time', '4'],
    ...['-hls_playlist_type', 'vod', '-hls_flags', 'single_file', join(folder, 'ranges/index.m3u8')],
  );
  ffmpeg('-i', join(sample, 'seg_000.ts'), '-c', 'copy', join(folder, 'joined/first.ts'));
  // Another size too, as where a county's opening titles are put in front of somebody else's lesson.
  ffmpeg(
    ...['-i', join(sample, 'seg_003.ts'), '-vf', 'scale=426:240', '-c:v', 'libx264'],
    ...['-preset', 'ultrafast', '-c:a', 'aac', '-ar', '44100', join(folder, 'joined/second.ts')],
  );
  const part = (file: string): string => `#EXTINF:4.0,\n${file}\n`;
  writeFileSync(
    join(folder, 'joined/index.m3u8'),
    `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:5\n#EXT-X-PLAYLIST-TYPE:VOD\n` +
      `${part('first.ts')}#EXT-X-DISCONTINUITY\n${part('second.ts')}#EXT-X-ENDLIST\n`,
  );
}

describe.skipIf(streamsFolder === null && !hasFfmpeg)('lessons from elsewhere', () => {
  const streams = [...(streamsFolder === null ? [] : found), ...(hasFfmpeg ? made : [])];
  let county: County;
  let service: ServiceProcess;
  let server: MediaServer;
  let eye: Eye;
  let tvs: Map<string, Tv>;

  /** All play side by side; the tests then look at one after the other. */
  beforeAll(async () => {
    county = createCounty();
    if (hasFfmpeg) makeStreams(join(county.folder, 'made'));
    if (streamsFolder !== null) symlinkSync(streamsFolder, join(county.folder, 'found'));
    server = await startMediaServer(streamsFolder ?? county.folder);
    for (const stream of streams) {
      const { id, file, length, from } = stream;
      const folder = made.includes(stream) ? 'made' : 'found';
      const hls = from === 'another server' ? `${server.url}/${file}` : `${folder}/${file}`;
      county.add(id, 'remote-basics', { title: id, length, chapters: [], media: { hls } });
    }
    service = await startServiceProcess({ manifests: county.folder });
    eye = await openEye(browser);
    const opened = await Promise.all(streams.map(async ({ id }) => [id, await tvAt(service, id)] as const));
    tvs = new Map(opened);
  });

  afterAll(async () => {
    for (const tv of tvs?.values() ?? []) await tv.close();
    await service?.remove();
    await server?.close();
    county?.remove();
  });

  it.each(streams)('$what: plays, from $from', async ({ id, until }) => {
    const tv = tvs.get(id)!;
    await playsTo(tv, until);
    const { size, heard } = await tv.page.evaluate(() => {
      const video = document.querySelector('video')! as HTMLVideoElement & {
        webkitAudioDecodedByteCount: number;
      };
      return { size: video.videoWidth, heard: video.webkitAudioDecodedByteCount };
    });
    expect(size).toBeGreaterThan(0);
    expect(heard).toBeGreaterThan(0);
    await tv.heard(words.player.playing);
    expect(tv.troubles).toEqual([]);
    await tv.close();
  });

  it.skipIf(streamsFolder === null)(
    "the stream's own subtitles stand in the app's caption box, none drawn by the browser",
    async () => {
      const tv = await tvAt(service, 'subs');
      tvs.set('captions', tv);
      await eventually(async () => (await inkOf(tv.page)).includes('乡亲们好，欢迎收看。'));
      // With the picture out of the way, nothing but a caption has light letters low in the middle.
      await tv.page.addStyleTag({ content: 'video { visibility: hidden !important; }' });
      const foot = { x: 440, y: 600, w: 400, h: 64 };
      await eventually(async () => (await eye.share(await tv.page.screenshot(), foot, 0xf3f1ea)) > 0.02);
      const drawnByBrowser = await tv.page.evaluate(() =>
        Array.from(document.querySelector('video')!.textTracks).filter(({ mode }) => mode === 'showing'),
      );
      expect(drawnByBrowser).toEqual([]);
    },
  );
});

describe.skipIf(streamsFolder === null)('broken lessons', () => {
  const broken = [
    { id: 'empty', path: '/derived-empty-playlist/index.m3u8', code: 'P-LIST-EMPTY' },
    { id: 'html', path: '/derived-html-playlist/index.m3u8', code: 'P-LIST-FORM' },
    { id: 'gone', path: '/derived-bbb-ts-ladder/master.m3u8', code: 'P-NET-404' },
  ];
  let county: County;
  let service: ServiceProcess;
  let server: MediaServer;
  let client: Client;
  let eye: Eye;
  let tvs: Map<string, Tv>;

  beforeAll(async () => {
    server = await startMediaServer(streamsFolder!);
    server.fault = (path) => (path === broken[2]!.path ? { kind: 'status', status: 404 } : null);
    county = createCounty();
    symlinkSync(streamsFolder!, join(county.folder, 'found'));
    for (const { id, path } of broken) {
      county.add(id, 'remote-basics', { title: id, length: 3, media: { hls: server.url + path } });
      // A lesson of 3 s that the same viewer sees afterwards: when it is counted, all before it has been.
      const hls = 'found/media3-cmaf-demuxed-audio/playlist.m3u8';
      county.add(`after-${id}`, 'remote-basics', { title: 'after', length: 3, chapters: [], media: { hls } });
    }
    service = await startServiceProcess({ manifests: county.folder });
    client = new Client(service.url, service.authorization);
    eye = await openEye(browser);
    const opened = await Promise.all(broken.map(async ({ id }) => [id, await tvAt(service, id)] as const));
    tvs = new Map(opened);
  });

  afterAll(async () => {
    for (const tv of tvs?.values() ?? []) await tv.close();
    await service?.remove();
    await server?.close();
    county?.remove();
  });

  const completions = async (lesson: string): Promise<number> => {
    const activity = encodeURIComponent(`${homePage}/lessons/${lesson}`);
    const statements = await client.list(`?activity=${activity}&limit=500`);
    return statements.filter(({ verb }) => verb.id === verbIris.completed).length;
  };
  const entries = async (lesson: string): Promise<number> =>
    (await client.ledger()).filter(({ lessonId }) => lessonId === lesson).length;

  describe.each(broken)('$id', ({ id, path, code }) => {
    it('leads to plain words, a code and "try again" in the focus', async () => {
      const tv = tvs.get(id)!;
      const said = await tv.hears(code);
      expect(said).toContain(words.error.code.replace('{{code}}', code));
      expect(said.endsWith(words.action.retry), said).toBe(true);
      await eventually(async () => (await eye.focusRings(tv.page)).length === 1);

      const asked = server.requests.filter((request) => request === path).length;
      const heard = (await tv.said()).length;
      await tv.press('Enter');
      await eventually(() => server.requests.filter((request) => request === path).length > asked);
      await tv.heard(code, heard);
    });

    it('earns nothing, and the next lesson does', async () => {
      const tv = tvs.get(id)!;
      await tv.page.goto(`${service.url}/#play/after-${id}`);
      await eventually(async () => (await entries(`after-${id}`)) === 1);
      expect(await completions(`after-${id}`)).toBe(1);
      expect(await completions(id)).toBe(0);
      expect(await entries(id)).toBe(0);
      expect(tv.troubles.filter((trouble) => !trouble.includes(path))).toEqual([]);
    });
  });

  it('plays with "try again" once it is mended', async () => {
    const tv = tvs.get('gone')!;
    await tv.restart('#play/gone');
    await tv.hears('P-NET-404');
    server.fault = () => null;
    await tv.press('Enter');
    await playsTo(tv, 1);
  });
});

describe('mistakes in the content folder', () => {
  it('a bad lesson among good ones is left out with a word that names it; the rest goes on', async () => {
    const county = createCounty();
    county.add('good', 'remote-basics', { title: '好课' });
    county.add('also-good', 'remote-basics', { title: '也是好课' });
    county.add('no-length', 'remote-basics', { title: '坏课' });
    writeJson(county.folder, 'lessons/no-length.json', { id: 'no-length', title: '坏课', media: {} });
    writeJson(county.folder, 'lessons/half.json', '{ "id": "half", "title":');
    const list = { id: 'list', title: '课程表', lessons: ['no-length', 'good', 'half', 'also-good'] };
    writeJson(county.folder, 'playlists/list.json', list);
    const service = await startServiceProcess({ manifests: county.folder });
    const warnings: string[] = [];
    const tv = await openTv(browser, service.url, {
      hash: '#playlist/list',
      prepare: async (context) => {
        await noteInk(context);
        context.on('console', (message) => {
          if (message.type() === 'warning') warnings.push(message.text());
        });
      },
    });
    expect(await tv.saying()).toContain('好课');
    const seen = await inkOf(tv.page);
    expect(seen).toContain('也是好课');
    expect(seen).not.toContain('坏课');
    expect(warnings.join('\n')).toMatch(/lessons\/no-length\.json .*length/);
    expect(warnings.join('\n')).toMatch(/lessons\/half\.json/);

    await tv.page.goto(`${service.url}/#play/no-length`);
    await tv.hears(/C-LESSON/);
    await tv.page.goto(`${service.url}/#playlist/list`);
    await tv.hears('好课');
    await tv.press('Enter');
    expect(await tv.plays()).toBeGreaterThan(0);
    expect(tv.troubles).toEqual([]);

    await tv.close();
    await service.remove();
    county.remove();
  });
});
