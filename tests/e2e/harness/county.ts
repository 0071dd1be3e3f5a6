import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Lesson } from '../../../src/domain/catalogue/types.ts';
import { writeJson } from '../service-kit.ts';

export const sampleFolder = resolve(import.meta.dirname, '../../../media-manifests');

export const homePage = 'https://county.example';

/** A content folder made up for a test, around the sample media. */
export interface County {
  folder: string;
  /** @param lesson over what the sample lesson says */
  add(id: string, like: string, lesson?: Partial<Lesson>): Lesson;
  remove(): void;
}

export function createCounty(): County {
  const folder = mkdtempSync(join(tmpdir(), 'field-classroom-county-'));
  symlinkSync(join(sampleFolder, 'media'), join(folder, 'media'));
  writeJson(folder, 'county.json', { id: 'test-county', name: '样例县', homePage });
  return {
    folder,
    add(id, like, over = {}) {
      const { title, kind, length, chapters, media } = sampleLesson(like);
      const lesson: Lesson = { title, kind, length, ...(chapters ? { chapters } : {}), media, ...over, id };
      writeJson(folder, `lessons/${id}.json`, lesson);
      return lesson;
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function sampleLesson(id: string): Lesson {
  return JSON.parse(readFileSync(join(sampleFolder, `lessons/${id}.json`), 'utf8')) as Lesson;
}
