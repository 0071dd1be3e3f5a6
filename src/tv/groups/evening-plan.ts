import type { Lesson } from '../../domain/catalogue/types.ts';
import type { GroupPlan } from '../../domain/groups/group-session.ts';

/** What is chosen before an evening begins. */
export interface EveningChoice {
  room: string;
  host: string;
  /** `null` for the farm talk of the month. */
  playlist: string | null;
  lessons: readonly Lesson[];
  /** Who is expected. */
  roster: readonly string[];
}

/**
 * What is fixed when an evening is opened.
 *
 * @param threshold of a lesson that has none of its own.
 */
export function eveningPlan(
  { room, host, playlist, lessons, roster }: EveningChoice,
  threshold: number,
  secret: string,
  newId: () => string,
): GroupPlan {
  return {
    id: newId(),
    secret,
    room,
    host,
    playlist,
    roster,
    lessons: lessons.map((lesson) => ({
      lessonId: lesson.id,
      showing: newId(),
      length: lesson.length,
      threshold: lesson.threshold ?? threshold,
      discussions: (lesson.discussion ?? []).map(({ at }) => ({ at })),
      cued: lesson.cueCards !== undefined,
    })),
  };
}
