import type { Box } from './box.ts';
import type { LessonProgress } from './history.ts';
import { localNote, type LocalNote } from './local-note.ts';

/** Lessons in the glance: more than any page shows as watched. */
export const GLANCE_LESSONS = 300;

/**
 * What was watched, newest first, readable at once for the first screen, before the study store is open. It
 * may be a little behind the store.
 */
export function progressGlance(local: Box['local']): LocalNote<LessonProgress[]> {
  return localNote(local, 'field-classroom.progress');
}
