import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Catalogue, Lesson, Playlist } from '../../../src/domain/catalogue/types.ts';
import { sampleCounty, sampleFolder } from '../../e2e/harness/sample-county.ts';
import { streamsFolder } from '../../e2e/harness/streams.ts';

/** A content folder made for a measurement, and what the TV understands of it. */
export interface BenchCounty {
  folder: string;
  catalogue: Catalogue;
  remove(): void;
}

/** The sample county as it is. */
export function plainCounty(): BenchCounty {
  return { folder: sampleFolder, catalogue: sampleCounty(), remove: () => undefined };
}

/** What the guide for content asks of a card's picture. */
const poster = { w: 320, h: 180 };

/**
 * A county with one playlist of so many lessons, each with words of its own and a picture under its own address,
 * and a short playlist below it.
 */
export async function bigCounty(browser: Browser, count: number): Promise<BenchCounty> {
  const folder = newFolder();
  const samples = [...sampleCounty().lessons.values()];
  const pictures = await smallPictures(
    browser,
    samples.map(({ poster: file }) => readFileSync(join(sampleFolder, file!))),
  );
  mkdirSync(join(folder, 'media'));
  const lessons = Array.from({ length: count }, (_, index) => {
    const like = samples[index % samples.length]!;
    const id = `lesson-${index + 1}`;
    writeFileSync(join(folder, `media/${id}.jpg`), pictures[index % pictures.length]!);
    const title = `第${index + 1}课 ${inChinese(like)}`;
    return { id, title, kind: like.kind, length: like.length, poster: `media/${id}.jpg`, media: like.media };
  });
  const ids = lessons.map(({ id }) => id);
  const playlists = [
    { id: 'all', title: '全部课程', lessons: ids },
    { id: 'some', title: '其中几课', lessons: ids.slice(0, 12) },
  ];
  return writeCounty(folder, lessons, playlists);
}

/** Renditions of about 220, 440 and 880 kbit/s, repeated until they are so long. */
export function adaptiveCounty(seconds: number): BenchCounty | undefined {
  if (streamsFolder === null) return undefined;
  const ladder = join(streamsFolder, 'derived-bbb-ts-ladder');
  const folder = newFolder();
  const media = join(folder, 'media/long');
  mkdirSync(media, { recursive: true });
  copyFileSync(join(ladder, 'master.m3u8'), join(media, 'master.m3u8'));
  let length = 0;
  for (const rendition of ['v240p', 'v360p', 'v480p']) {
    mkdirSync(join(media, rendition));
    for (const name of readdirSync(join(ladder, rendition)).filter((name) => name.endsWith('.ts')))
      copyFileSync(join(ladder, rendition, name), join(media, rendition, name));
    const lines = readFileSync(join(ladder, rendition, 'index.m3u8'), 'utf8')
      .trim()
      .split('\n');
    const first = lines.findIndex((line) => line.startsWith('#EXTINF'));
    const segments = lines.slice(first).filter((line) => line !== '#EXT-X-ENDLIST');
    const once = segments.reduce((sum, line) => sum + Number(/^#EXTINF:([\d.]+)/.exec(line)?.[1] ?? 0), 0);
    const rounds = Math.ceil(seconds / once);
    length = rounds * once;
    const body = Array.from({ length: rounds }, () => segments.join('\n')).join('\n#EXT-X-DISCONTINUITY\n');
    const text = [...lines.slice(0, first), body, '#EXT-X-ENDLIST', ''].join('\n');
    writeFileSync(join(media, rendition, 'index.m3u8'), text);
  }
  const lesson = {
    id: 'long',
    title: '一节长课',
    kind: 'farming' as const,
    length,
    media: { hls: 'media/long/master.m3u8' },
  };
  return writeCounty(folder, [lesson], [{ id: 'all', title: '全部课程', lessons: ['long'] }]);
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'field-classroom-bench-'));
}

function writeCounty(folder: string, lessons: Lesson[], playlists: Playlist[]): BenchCounty {
  const county = { id: 'bench', name: '样例县', homePage: 'https://county.example' };
  const write = (file: string, content: object): void =>
    writeFileSync(join(folder, file), JSON.stringify(content));
  mkdirSync(join(folder, 'lessons'));
  mkdirSync(join(folder, 'playlists'));
  write('county.json', county);
  copyFileSync(join(sampleFolder, 'policy.json'), join(folder, 'policy.json'));
  for (const lesson of lessons) write(`lessons/${lesson.id}.json`, lesson);
  for (const playlist of playlists) write(`playlists/${playlist.id}.json`, playlist);
  return {
    folder,
    catalogue: {
      county,
      playlists,
      lessons: new Map(lessons.map((lesson) => [lesson.id, lesson])),
      farmTalk: [],
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function inChinese({ title }: Lesson): string {
  return typeof title === 'string' ? title : (title['zh-CN'] ?? '');
}

/** JPEG files, made small by the browser at hand. */
async function smallPictures(browser: Browser, files: readonly Buffer[]): Promise<Buffer[]> {
  const page = await browser.newPage();
  const made = await page.evaluate(
    async ({ sources, w, h }) =>
      Promise.all(
        sources.map(async (source) => {
          const image = new Image();
          image.src = `data:image/jpeg;base64,${source}`;
          await image.decode();
          const canvas = document.createElement('canvas');
          Object.assign(canvas, { width: w, height: h });
          canvas.getContext('2d')!.drawImage(image, 0, 0, w, h);
          return canvas.toDataURL('image/jpeg', 0.8).slice('data:image/jpeg;base64,'.length);
        }),
      ),
    { sources: files.map((file) => file.toString('base64')), ...poster },
  );
  await page.close();
  return made.map((text) => Buffer.from(text, 'base64'));
}
