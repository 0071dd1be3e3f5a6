import { expect, test } from 'vitest';
import { chapterAt, nextChapterStart, previousChapterStart } from '../../../../src/tv/player/chapters.ts';

const chapters = [{ start: 5 }, { start: 20 }, { start: 40 }];

test('the chapter that plays', () => {
  expect([0, 5, 19.9, 20, 99].map((at) => chapterAt(chapters, at))).toEqual([-1, 0, 0, 1, 2]);
  expect(chapterAt([], 10)).toBe(-1);
});

test('next leads to the next beginning, from the last one nowhere', () => {
  expect([0, 5, 39, 40].map((at) => nextChapterStart(chapters, at))).toEqual([5, 20, 40, null]);
});

test('previous leads to this beginning, or to the one before when it has only just begun', () => {
  expect([30, 22, 7, 2].map((at) => previousChapterStart(chapters, at))).toEqual([20, 5, 0, 0]);
  expect(previousChapterStart([], 30)).toBe(0);
});
