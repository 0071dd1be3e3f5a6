/** As much of a chapter as finding one's way needs. `start` in seconds. */
export interface ChapterStart {
  start: number;
}

/** Index of the chapter that plays at `position`; -1 before the first. Chapters ordered by start. */
export function chapterAt(chapters: readonly ChapterStart[], position: number): number {
  let found = -1;
  for (let i = 0; i < chapters.length && chapters[i]!.start <= position; i++) found = i;
  return found;
}
