import { localDate } from '../../domain/credit/local-date.ts';
import { policyOn } from '../../domain/credit/policy.ts';
import type { GroupRecord, PaperRecord } from '../../domain/groups/group-record.ts';
import type { GroupShowing } from '../../domain/groups/group-statements.ts';
import type { LocalText } from '../../domain/catalogue/types.ts';
import type { LanguageMap } from '../../domain/statements/statement.ts';
import type { Content } from '../catalogue/content.ts';

type Rules = Pick<Content, 'lessons' | 'policy'>;

/** The language of names that come without one. */
export const LANGUAGE = 'zh-CN';

/** A lesson as a room's box says it was shown. */
export function showingOf(
  { lessonId, showing, length, threshold, plays }: GroupRecord['lessons'][number],
  playlistId: string | undefined,
  { lessons }: Rules,
): GroupShowing {
  return {
    lessonId,
    lessonName: languageMap(lessons.get(lessonId)?.title ?? lessonId),
    playlist: playlistId,
    showing,
    length,
    threshold,
    plays,
  };
}

/**
 * The lessons of a signed sheet, one after the other. A lesson without a threshold of its own has that of the
 * policy of the day.
 *
 * @returns with the seconds that they took in all.
 */
export function showingsOnPaper(
  paper: PaperRecord,
  { lessons, policy }: Rules,
): { showings: GroupShowing[]; seconds: number } {
  const startedOn = localDate(Date.parse(paper.startedAt), policy.timeZone);
  const { threshold } = policyOn(policy, startedOn);
  let at = 0;
  const showings = paper.lessons.map(({ lessonId, showing, minutes }): GroupShowing => {
    const lesson = lessons.get(lessonId);
    const length = lesson?.length ?? minutes * 60;
    const plays = [{ start: 0, end: Math.min(length, minutes * 60), at, rate: 1 }];
    at += minutes * 60;
    return {
      lessonId,
      lessonName: languageMap(lesson?.title ?? lessonId),
      showing,
      length,
      threshold: lesson?.threshold ?? threshold,
      plays,
    };
  });
  return { showings, seconds: at };
}

function languageMap(text: LocalText): LanguageMap {
  return typeof text === 'string' ? { [LANGUAGE]: text } : { ...text };
}
