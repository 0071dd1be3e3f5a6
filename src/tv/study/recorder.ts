import type { LessonFacts } from '../../domain/credit/evidence.ts';
import type { SessionFacts } from '../../domain/statements/build-statement.ts';
import { union } from '../../domain/watching/ranges.ts';
import type { WatchEvent } from '../../domain/watching/watch-events.ts';
import {
  newWatchSession,
  watchSession,
  type WatchEffect,
  type WatchSessionEvent,
} from '../../domain/watching/watch-session.ts';
import type { Clock, Stamp } from './clock.ts';
import type { Closing } from './closing-note.ts';
import {
  historyId,
  lessonProgress,
  type Histories,
  type LessonHistory,
  type LessonProgress,
} from './history.ts';
import type { LocalNote } from './local-note.ts';
import { sessionEvidence, sessionRows, type OpenSession } from './open-session.ts';
import type { Sender } from './sender.ts';
import type { Change } from './store.ts';

/** Sessions of a lesson whose proof is kept for provisional figures. */
const SESSIONS_KEPT = 50;

/** Records one viewing of one lesson: from its first frame until it is finished. */
export interface Recorder {
  /** News from playback, in the order in which it happened. */
  event(event: WatchEvent): void;
  /** The viewer has left the lesson. Resolves when all of it is kept; again does nothing. */
  finish(): Promise<void>;
  /** How far the lesson is, this viewing included. */
  progress(): LessonProgress;
}

export interface RecorderDeps {
  clock: Clock;
  sender: Sender;
  histories: Histories;
  closing: LocalNote<Closing | null>;
  /** What is kept has changed. */
  onKept: () => void;
}

export interface Viewing {
  facts: SessionFacts;
  lesson: LessonFacts & { length: number };
  /** Calendar year, as far as is known yet. */
  period: string;
  maxRate: number;
}

export function createRecorder(deps: RecorderDeps, { facts, lesson, period, maxRate }: Viewing): Recorder {
  const { clock, sender, histories, closing } = deps;
  const earlier = histories.of(facts.lessonId, period);
  const before = earlier?.played ?? [];
  let watch = newWatchSession(
    { length: lesson.length, threshold: facts.threshold, maxRate, before },
    earlier?.completed ?? false,
  );
  let begun: Stamp | undefined;
  let keeping: Promise<void> = Promise.resolve();

  function take(event: WatchSessionEvent): void {
    const step = watchSession(watch, event);
    watch = step.session;
    if (step.effects.some(({ type }) => type === 'initialized')) begun = clock.stamp(event.at);
    if (!begun || (step.effects.length === 0 && event.type !== 'stopped')) return;
    // Once the time is known, the beginning is told by it too, also by a later start.
    if (begun.server === undefined) begun = clock.stamp(begun.mono);
    keep(begun, step.effects);
  }

  /** Everything that follows from the effects goes to the disk at once, before any of it is sent. */
  function keep(begun: Stamp, effects: readonly WatchEffect[]): void {
    const open: OpenSession = {
      id: facts.sessionId,
      facts,
      begun,
      last: clock.stamp(watch.lastAt),
      watch,
    };
    const rows = sessionRows(open, effects, (mono) => clock.stamp(mono)).map((row) => ({
      ...row,
      order: sender.nextOrder(),
    }));
    const history = historyWith(open);
    histories.put(history);
    const over = watch.phase === 'closed';
    const changes: Change[] = [
      { table: 'history', put: history },
      over ? { table: 'sessions', delete: open.id } : { table: 'sessions', put: open },
    ];
    if (over) closing.write({ session: { ...open, watch: { ...watch, phase: 'begun' } }, history });
    keeping = sender.add(rows, changes);
    if (over)
      void keeping.then(() => {
        closing.write(null);
      });
    deps.onKept();
  }

  function historyWith(open: OpenSession): LessonHistory {
    const known = histories.of(facts.lessonId, period);
    const { ms } = clock.guess();
    const last = Math.round(ms - (clock.mono() - open.last.mono) * 1000);
    const proof = sessionEvidence(open, {
      begun: Math.round(last - (open.last.mono - open.begun.mono) * 1000),
      last,
    });
    const others = (known?.sessions ?? []).filter(({ sessionId }) => sessionId !== open.id);
    return {
      id: historyId(facts.lessonId, period),
      lesson,
      period,
      played: union(known?.played ?? [], watch.played),
      completed: watch.completed,
      threshold: facts.threshold,
      position: watch.position,
      lastAt: histories.after(ms),
      sessions: [...others, proof].slice(-SESSIONS_KEPT),
    };
  }

  return {
    event: take,
    async finish() {
      take({ type: 'finished', at: Math.max(clock.mono(), watch.lastAt) });
      await keeping;
    },
    progress() {
      const known = histories.of(facts.lessonId, period);
      return lessonProgress({
        id: '',
        lesson,
        period,
        played: union(known?.played ?? [], watch.played),
        completed: watch.completed,
        threshold: facts.threshold,
        position: watch.phase === 'new' ? (known?.position ?? 0) : watch.position,
        lastAt: known?.lastAt ?? 0,
        sessions: [],
      });
    },
  };
}
