import type { LessonFacts, SessionEvidence } from '../../domain/credit/evidence.ts';
import { coverage } from '../../domain/watching/ranges.ts';
import type { Range } from '../../domain/watching/watch-events.ts';
import type { Kept } from './store.ts';

/** What the box itself knows of one lesson in one credit period. */
export interface LessonHistory extends Kept {
  lesson: LessonFacts & { length: number };
  /** Calendar year of the viewings. */
  period: string;
  /** Over all sessions: sorted, disjoint. */
  played: readonly Range[];
  completed: boolean;
  /** Share of the lesson that completes it. */
  threshold: number;
  /** Seconds from the lesson's beginning, where it was left. */
  position: number;
  /** Milliseconds since 1970, as well as it is known; grows with every viewing. */
  lastAt: number;
  /** Proof of the viewings that the service has not credited yet, for provisional figures. */
  sessions: readonly SessionEvidence[];
}

/** How far a lesson was watched on this box. */
export interface LessonProgress {
  lessonId: string;
  /** Seconds. */
  length: number;
  /** Where to go on, in seconds: a little before it was left, 0 when it was watched to its end. */
  resumeAt: number;
  /** Share of the lesson really played in the credit period, 0 to 1. */
  coverage: number;
  /** As much was played as the policy asks for. */
  completed: boolean;
  /** Milliseconds since 1970; for order. */
  lastAt: number;
}

/** Seconds shown again when a lesson is resumed. */
const PRE_ROLL = 5;
/** Seconds before the end from which a lesson counts as left at its end. */
const AT_END = 1;

export function historyId(lessonId: string, period: string): string {
  return `${period}/${lessonId}`;
}

export function lessonProgress(history: LessonHistory): LessonProgress {
  const { lesson, position, completed } = history;
  const { length } = lesson;
  const finished = position >= length - AT_END || (completed && position >= length * history.threshold);
  return {
    lessonId: lesson.lessonId,
    length,
    resumeAt: finished ? 0 : Math.max(0, position - PRE_ROLL),
    coverage: coverage(history.played, length),
    completed,
    lastAt: history.lastAt,
  };
}

/** All that the box knows of what was watched; kept by who writes it. */
export interface Histories {
  of(lessonId: string, period: string): LessonHistory | undefined;
  inPeriod(period: string): LessonHistory[];
  put(history: LessonHistory): void;
  progress(lessonId: string): LessonProgress | undefined;
  /** Newest first. */
  recent(): LessonProgress[];
  /** A moment for `lastAt` that comes after all others, whatever the box's clock says. */
  after(ms: number): number;
}

export function createHistories(found: readonly LessonHistory[]): Histories {
  const byId = new Map(found.map((history) => [history.id, history]));

  /** The newest history of every lesson, newest first. */
  const newest = (): LessonHistory[] => {
    const byLesson = new Map<string, LessonHistory>();
    for (const history of byId.values()) {
      const other = byLesson.get(history.lesson.lessonId);
      if (!other || other.lastAt < history.lastAt) byLesson.set(history.lesson.lessonId, history);
    }
    return [...byLesson.values()].sort((a, b) => b.lastAt - a.lastAt);
  };

  return {
    of: (lessonId, period) => byId.get(historyId(lessonId, period)),
    inPeriod: (period) => [...byId.values()].filter((history) => history.period === period),
    put(history) {
      byId.set(history.id, history);
    },
    progress(lessonId) {
      const history = newest().find(({ lesson }) => lesson.lessonId === lessonId);
      return history && lessonProgress(history);
    },
    recent: () => newest().map(lessonProgress),
    after: (ms) => Math.max(ms, ...[...byId.values()].map(({ lastAt }) => lastAt + 1)),
  };
}
