import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import type { Lesson } from '../../domain/catalogue/types.ts';
import type { Timeline } from './timeline.ts';

/**
 * The lesson's manifest, whose words are written by hand.
 *
 * @throws Error naming the file when it is missing or not JSON
 */
export function readLesson(file: string): Lesson {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Lesson;
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** The lesson with everything that follows from its media. */
export function withMedia(lesson: Lesson, length: number, chapters: Timeline['chapters']): Lesson {
  const folder = `media/${lesson.id}`;
  return {
    ...lesson,
    length: hundredths(length),
    poster: `${folder}/poster.jpg`,
    media: { hls: `${folder}/master.m3u8` },
    captions: [
      { lang: 'zh-CN', src: `${folder}/zh.vtt`, label: '中文' },
      { lang: 'en', src: `${folder}/en.vtt`, label: 'English' },
    ],
    chapters: chapters.map(({ start, title }) => ({ start: hundredths(start), title })),
  };
}

export async function writeLesson(file: string, lesson: Lesson): Promise<void> {
  const options = await resolveConfig(file);
  writeFileSync(file, await format(JSON.stringify(lesson), { ...options, parser: 'json' }));
}

function hundredths(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
