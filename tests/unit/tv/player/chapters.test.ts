import { expect, test } from 'vitest';
import { chapterAt } from '../../../../src/tv/player/chapters.ts';

const chapters = [{ start: 5 }, { start: 20 }, { start: 40 }];

test('the chapter that plays', () => {
  expect([0, 5, 19.9, 20, 99].map((at) => chapterAt(chapters, at))).toEqual([-1, 0, 0, 1, 2]);
  expect(chapterAt([], 10)).toBe(-1);
});
