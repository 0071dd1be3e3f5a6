import type { Lesson } from '../../../domain/catalogue/types.ts';
import type { Services } from '../../app/services.ts';
import { currentLessons } from '../shared/lesson-words.ts';

/** The lesson after this one in the playlist it was opened from, or in the first playlist that has it. */
export function nextLesson(
  services: Services,
  lessonId: string,
  playlistId: string | undefined,
): { lesson: Lesson; playlist: string } | undefined {
  const { playlists } = services.catalogue();
  const playlist =
    playlists.find(({ id }) => id === playlistId) ??
    playlists.find(({ lessons }) => lessons.includes(lessonId));
  if (!playlist) return undefined;
  const lessons = currentLessons(services, playlist.lessons);
  const lesson = lessons[lessons.findIndex(({ id }) => id === lessonId) + 1];
  return lesson && lesson.id !== lessonId ? { lesson, playlist: playlist.id } : undefined;
}
