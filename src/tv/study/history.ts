import type { LessonFacts, SessionEvidence } from '../../domain/credit/evidence.ts';
import { coverage } from '../../domain/watching/ranges.ts';
import type { Range } from '../../domain/watching/watch-events.ts';
import type { Kept } from './store.ts';

/** What the box itself knows of one lesson in one credit period. */
export interface LessonHistory extends Kept {
  /** Whose; of the box's default viewer, nothing. */
  person?: string;
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

/** @param person nothing for the box's default viewer */
export function historyId(lessonId: string, period: string, person?: string): string {
  return person === undefined ? `${period}/${lessonId}` : `${period}/${lessonId}/${person}`;
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

/**
 * All that the box knows of what was watched; kept by who writes it. A person that is left out is the box's
 * default viewer.
 */
export interface Histories {
  of(lessonId: string, period: string, person?: string): LessonHistory | undefined;
  inPeriod(period: string, person?: string): LessonHistory[];
  put(history: LessonHistory): void;
  /**
   * Where the TV left off, whoever watched, and how much of it these people have; nobody: whoever watched last.
   */
  progress(lessonId: string, people?: readonly string[]): LessonProgress | undefined;
  /** Newest first. */
  recent(people?: readonly string[]): LessonProgress[];
  /** A moment for `lastAt` that comes after all others, whatever the box's clock says. */
  after(ms: number): number;
}

export function createHistories(found: readonly LessonHistory[]): Histories {
  const byId = new Map(found.map((history) => [history.id, history]));

  /** The newest history of every lesson, newest first. */
  const newest = (some: readonly LessonHistory[]): LessonHistory[] => {
    const byLesson = new Map<string, LessonHistory>();
    for (const history of some) {
      const other = byLesson.get(history.lesson.lessonId);
      if (!other || other.lastAt < history.lastAt) byLesson.set(history.lesson.lessonId, history);
    }
    return [...byLesson.values()].sort((a, b) => b.lastAt - a.lastAt);
  };
  const ofLesson = (lessonId: string): LessonHistory[] =>
    [...byId.values()].filter(({ lesson }) => lesson.lessonId === lessonId);
  const progressOf = (last: LessonHistory, people: readonly string[]): LessonProgress => {
    const progress = lessonProgress(last);
    if (people.length === 0) return progress;
    const all = ofLesson(last.lesson.lessonId);
    // Of several on one sofa, what is still missing is missing for the one who has seen least.
    const each = people.map((one) => newest(all.filter(({ person }) => person === one))[0]);
    const shares = each.map((history) => (history ? coverage(history.played, history.lesson.length) : 0));
    return {
      ...progress,
      coverage: Math.min(...shares),
      completed: each.every((history) => history?.completed === true),
    };
  };

  return {
    of: (lessonId, period, person) => byId.get(historyId(lessonId, period, person)),
    inPeriod: (period, person) =>
      [...byId.values()].filter((history) => history.period === period && history.person === person),
    put(history) {
      byId.set(history.id, history);
    },
    progress(lessonId, people = []) {
      const [last] = newest(ofLesson(lessonId));
      return last && progressOf(last, people);
    },
    recent: (people = []) => newest([...byId.values()]).map((last) => progressOf(last, people)),
    after: (ms) => Math.max(ms, ...[...byId.values()].map(({ lastAt }) => lastAt + 1)),
  };
}
