import { hoursText } from '../../../domain/text/durations.ts';
import type { LessonStudy, StudyYear } from '../../../domain/credit/study-year.ts';
import type { Services } from '../../app/services.ts';
import { t } from '../../locales/i18n.ts';
import type { RowContent } from '../../ui/ListRow.ts';
import { color } from '../../ui/theme.ts';
import { dotted } from '../shared/lesson-words.ts';

export interface StudyRow extends RowContent {
  lessonId: string;
}

const modePaint: Record<string, number> = {
  individual: 0xff2f6b40,
  group: 0xff8b2f2f,
  live: 0xff2d5f7c,
  replay: 0xff2d5f7c,
  paper: 0xff6b5a2a,
};

/** A day for people: `11月15日`. */
function dayWords(iso: string): string {
  const date = new Date(iso);
  return t('date.monthDay', { month: date.getMonth() + 1, day: date.getDate() });
}

/** Every lesson that was watched in the year: what it earned, or why it does not count yet and what to do. */
export function studyRows(
  services: Services,
  { lessons, entries }: StudyYear,
  waiting: ReadonlySet<string>,
): StudyRow[] {
  return lessons.map((lesson) => {
    const title = services.text(services.catalogue().lessons.get(lesson.lessonId)?.title) || lesson.lessonId;
    const hours = entries
      .filter(({ registration }) => registration === lesson.registration)
      .reduce((sum, entry) => sum + entry.hours, 0);
    const credited = lesson.status === 'credited';
    const value = credited
      ? t('study.plus', { hours: hoursText(hours) })
      : t(`study.status.${lesson.status}`);
    const provisional = waiting.has(lesson.lessonId) ? t('study.waitingMark') : undefined;
    const note = credited ? dotted(dayWords(lesson.lastAt), provisional) : whyNot(lesson);
    return {
      lessonId: lesson.lessonId,
      tag: { words: t(`study.mode.${lesson.mode}`), paint: modePaint[lesson.mode] ?? color.groundRaised },
      title,
      value,
      valueColor: credited ? color.text : color.focus,
      note,
      announcement: dotted(title, value, note),
    };
  });
}

/** The first rule that failed, in plain words with what to do next. */
function whyNot(lesson: LessonStudy): string {
  const failed = lesson.reasons.find(({ passed }) => !passed);
  if (!failed) return t('study.why.checking');
  const percent = Math.floor(failed.figure * 100);
  return t(`study.why.${failed.rule}`, {
    percent,
    figure: Math.round(failed.figure),
    limit: Math.round(failed.limit),
  });
}
