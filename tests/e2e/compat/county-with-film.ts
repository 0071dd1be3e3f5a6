import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lesson } from '../../../src/domain/catalogue/types.ts';
import { sampleFolder } from '../harness/county.ts';
import { writeJson } from '../service-kit.ts';

/** The sample county with one lesson more, whose film a browser without H.264 can play by itself. */
export interface CountyWithFilm {
  folder: string;
  homePage: string;
  /** In H.264, as playlists. */
  sample: Pick<Lesson, 'id' | 'length'>;
  /** In VP8, as one file. */
  film: Pick<Lesson, 'id' | 'length'>;
  remove(): void;
}

/** Makes the film anew with ffmpeg, in a second or two. The caller removes it all. */
export function countyWithFilm(): CountyWithFilm {
  const folder = mkdtempSync(join(tmpdir(), 'field-classroom-county-'));
  const media = join(sampleFolder, 'media');
  cpSync(sampleFolder, folder, { recursive: true, filter: (file) => file !== media });
  symlinkSync(media, join(folder, 'media'));
  const film = { id: 'film-of-old', length: 12 };
  mkdirSync(join(folder, 'films'));
  execFileSync('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', `testsrc=size=320x180:rate=12:duration=${film.length}`],
    ...['-f', 'lavfi', '-i', `sine=frequency=330:duration=${film.length}`],
    ...['-c:v', 'libvpx', '-b:v', '200k', '-deadline', 'realtime', '-c:a', 'libvorbis'],
    join(folder, 'films/old.webm'),
  ]);
  writeJson(folder, `lessons/${film.id}.json`, {
    ...film,
    title: '老片子',
    media: { mp4: 'films/old.webm' },
  });
  const { homePage } = JSON.parse(readFileSync(join(folder, 'county.json'), 'utf8')) as { homePage: string };
  const sample = JSON.parse(readFileSync(join(folder, 'lessons/remote-basics.json'), 'utf8')) as Lesson;
  return {
    ...{ folder, homePage, sample, film },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
