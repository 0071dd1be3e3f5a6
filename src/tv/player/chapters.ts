/** As much of a chapter as finding one's way needs. `start` in seconds. */
export interface ChapterStart {
  start: number;
}

/** Within so many seconds of a chapter's beginning "previous" means the one before. */
const JUST_BEGUN = 3;

/** Index of the chapter that plays at `position`; -1 before the first. Chapters ordered by start. */
export function chapterAt(chapters: readonly ChapterStart[], position: number): number {
  let found = -1;
  for (let i = 0; i < chapters.length && chapters[i]!.start <= position; i++) found = i;
  return found;
}

/** Where "next chapter" leads, in seconds; null in the last one. */
export function nextChapterStart(chapters: readonly ChapterStart[], position: number): number | null {
  return chapters[chapterAt(chapters, position) + 1]?.start ?? null;
}

/**
 * Where "previous chapter" leads, in seconds: the beginning of this chapter, or of the one before
 * when this one has only just begun.
 */
export function previousChapterStart(chapters: readonly ChapterStart[], position: number): number {
  const here = chapterAt(chapters, position);
  const start = chapters[here]?.start ?? 0;
  if (position - start > JUST_BEGUN) return start;
  return chapters[here - 1]?.start ?? 0;
}
