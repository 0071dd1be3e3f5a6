import type { Lesson } from '../../../domain/catalogue/types.ts';
import type { Services } from '../../app/services.ts';
import { t } from '../../locales/i18n.ts';
import { dotted, lengthWords, monthWords } from '../shared/lesson-words.ts';
import type { Chapter } from './ChapterList.ts';

/** What stands over the picture: where the lesson comes from, and its title. */
export function titles(
  services: Services,
  lesson: Lesson,
  playlistId?: string,
): { kicker: string; title: string } {
  const { farmTalk, playlists } = services.catalogue();
  const talk = farmTalk.find(({ lessons }) => lessons.includes(lesson.id));
  const playlist = playlists.find(({ id }) => id === playlistId);
  const kicker = talk
    ? dotted(t('farmTalk.title'), monthWords(talk))
    : dotted(services.text(playlist?.title), services.text(lesson.presenter));
  return { kicker, title: services.text(lesson.title) };
}

/** The lesson's chapters in the viewer's language. */
export function chaptersOf(services: Services, lesson: Lesson | undefined): Chapter[] {
  return (lesson?.chapters ?? []).map(({ start, title }) => ({ start, title: services.text(title) }));
}

/** How much of the lesson was studied, when its end is reached. */
export function endTitle(
  lesson: Lesson,
  { coverage, completed }: { coverage: number; completed: boolean },
): string {
  return completed
    ? t('player.finished', { length: lengthWords(lesson.length) })
    : t('player.finishedPart', { percent: Math.floor(coverage * 100) });
}
