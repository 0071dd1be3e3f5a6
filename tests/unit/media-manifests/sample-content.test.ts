import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { listedSegments } from '../../../src/curator/sample-media/master-playlist.ts';
import { buildCatalogue } from '../../../src/domain/catalogue/build-catalogue.ts';

const root = fileURLToPath(new URL('../../../media-manifests', import.meta.url));
const names = ['county.json'];
for (const folder of ['playlists', 'lessons', 'farm-talk'])
  for (const file of readdirSync(join(root, folder))) names.push(`${folder}/${file}`);
const { catalogue, problems } = buildCatalogue(
  names.map((file) => ({ file, json: JSON.parse(readFileSync(join(root, file), 'utf8')) as unknown })),
);
const lessons = [...catalogue!.lessons.values()];
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('the sample county', () => {
  it('has no mistake', () => {
    expect(problems).toEqual([]);
  });

  it('offers a month of farm talk with two back issues, and every kind of playlist', () => {
    expect(catalogue!.farmTalk.map(({ month }) => month)).toEqual(['2026-11', '2026-10', '2026-09']);
    expect(catalogue!.farmTalk.map(({ issue }) => issue)).toEqual([35, 34, 33]);
    expect(catalogue!.playlists.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['season', 'livestock', 'duty', 'general']),
    );
    expect(lessons.length).toBeGreaterThanOrEqual(8);
  });

  it('leaves no lesson without a way to it', () => {
    const listed = [...catalogue!.playlists, ...catalogue!.farmTalk].flatMap((list) => list.lessons);
    expect(lessons.map(({ id }) => id).filter((id) => !listed.includes(id))).toEqual([]);
  });

  it('shows the whole loop in about twenty seconds', () => {
    const { length } = catalogue!.lessons.get('remote-basics')!;
    expect(length).toBeGreaterThanOrEqual(18);
    expect(length).toBeLessThanOrEqual(22);
  });

  it('names presenter, source, review date and licence of every lesson, in both languages', () => {
    for (const lesson of lessons) {
      for (const text of [lesson.title, lesson.summary, lesson.presenter, lesson.source])
        expect(Object.keys(text ?? {}), lesson.id).toEqual(['zh-CN', 'en']);
      expect(lesson.reviewed, lesson.id).toBeDefined();
      expect(lesson.license, lesson.id).toMatch(/CC BY 4.0/);
    }
  });

  it('keeps all media under 40 MB', () => {
    const bytes = readdirSync(join(root, 'media'), { recursive: true, encoding: 'utf8' })
      .map((file) => statSync(join(root, 'media', file)))
      .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
    expect(bytes).toBeLessThan(40e6);
  });
});

describe.each(lessons.map((lesson) => [lesson.id, lesson] as const))('lesson %s', (_, lesson) => {
  it('has its poster and captions, and chapters within its length', () => {
    expect(statSync(join(root, lesson.poster!)).size).toBeLessThanOrEqual(30_000);
    expect(lesson.captions!.map(({ lang }) => lang)).toEqual(['zh-CN', 'en']);
    for (const { src } of lesson.captions!) {
      const times = [...read(src).matchAll(/^(\S+) --> (\S+)$/gm)].map(([, start, end]) => [
        seconds(start!),
        seconds(end!),
      ]);
      expect(times.length).toBeGreaterThan(3);
      expect(Math.max(...times.flat())).toBeLessThan(lesson.length);
    }
    const starts = lesson.chapters!.map(({ start }) => start);
    expect(starts[0]).toBe(0);
    expect([...starts].sort((a, b) => a - b)).toEqual(starts);
    expect(starts[starts.length - 1]).toBeLessThan(lesson.length);
  });

  it('has whole HLS renditions as long as it says, at the bit rates it declares', () => {
    const master = read(lesson.media.hls!);
    const entries = [...master.matchAll(/^#EXT-X-STREAM-INF:BANDWIDTH=(\d+),.*\n(.+)$/gm)];
    expect(entries.length).toBeGreaterThanOrEqual(2);
    for (const [, bandwidth, uri] of entries) {
      const path = join(dirname(lesson.media.hls!), uri!);
      const playlist = read(path);
      expect(playlist).toContain('#EXT-X-ENDLIST');
      const segments = listedSegments(playlist);
      const length = segments.reduce((sum, segment) => sum + segment.seconds, 0);
      expect(Math.abs(length - lesson.length)).toBeLessThan(0.5);
      for (const segment of segments) {
        const file = join(root, dirname(path), segment.uri);
        expect(existsSync(file), file).toBe(true);
        // An MPEG-TS packet begins with the byte 0x47.
        expect(readFileSync(file)[0]).toBe(0x47);
        if (segment.seconds >= 2)
          expect((statSync(file).size * 8) / segment.seconds).toBeLessThanOrEqual(Number(bandwidth));
      }
    }
  });
});

function seconds(timestamp: string): number {
  const [hours, minutes, rest] = timestamp.split(':').map(Number);
  return hours! * 3600 + minutes! * 60 + rest!;
}
