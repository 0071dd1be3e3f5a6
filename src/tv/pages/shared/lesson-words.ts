import type { FarmTalkIssue, Lesson } from '../../../domain/catalogue/types.ts';
import { roughLength } from '../../../domain/text/durations.ts';
import type { Services } from '../../app/services.ts';
import { t } from '../../locales/i18n.ts';
import type { CardContent } from '../../ui/PosterCard.ts';

/** `12 分钟`, `20 秒`. */
export function lengthWords(seconds: number): string {
  const { unit, count } = roughLength(seconds);
  return t(`length.${unit}`, { count });
}

/** The month of a farm talk, e.g. `11月`. */
export function monthWords({ month }: Pick<FarmTalkIssue, 'month'>): string {
  return t(`month.${Number(month.slice(5))}`);
}

/** Joins words with the middle dot that separates facts on a card. */
export function dotted(...facts: (string | undefined)[]): string {
  return facts.filter(Boolean).join(' · ');
}

/** A lesson as a card: picture, title, minutes, watched mark or progress. */
export function lessonCard(services: Services, lesson: Lesson): CardContent {
  const progress = services.progress(lesson.id);
  const title = services.text(lesson.title);
  const done = progress?.completed ? t('lesson.done') : undefined;
  const begun = progress && !progress.completed && progress.coverage > 0;
  return {
    id: lesson.id,
    title,
    meta: dotted(lengthWords(lesson.length), done),
    poster: lesson.poster && services.address(lesson.poster),
    progress: begun ? progress.coverage : undefined,
    announcement: dotted(
      title,
      lengthWords(lesson.length),
      done,
      begun ? t('lesson.watchedShare', { percent: Math.round(progress.coverage * 100) }) : undefined,
    ),
  };
}

/** The lessons of a list that are there and not expired on the day. */
export function currentLessons(services: Services, ids: readonly string[]): Lesson[] {
  // The day of the box's own zone: in China a UTC day begins at eight in the morning.
  const now = services.now();
  const two = (value: number): string => String(value).padStart(2, '0');
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const { lessons } = services.catalogue();
  return ids
    .map((id) => lessons.get(id))
    .filter((lesson): lesson is Lesson => lesson !== undefined && (lesson.expires ?? '9999') >= today);
}
