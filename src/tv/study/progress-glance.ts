import type { WatchingView } from '../identity/watching.ts';
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

/** Who is watching and whose TV it is, for the first screen. Only masked names are kept. */
export function watchingGlance(local: Box['local']): LocalNote<WatchingView> {
  const note = localNote<WatchingView>(local, 'field-classroom.watching');
  return {
    read: () => note.read(),
    write: ({ place, people }) => note.write({ place, people: people.filter(({ watching }) => watching) }),
  };
}
