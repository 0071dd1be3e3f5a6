import type { LessonFacts } from '../../domain/credit/evidence.ts';
import type { SessionFacts } from '../../domain/statements/build-statement.ts';
import { union } from '../../domain/watching/ranges.ts';
import type { WatchEvent } from '../../domain/watching/watch-events.ts';
import {
  newWatchSession,
  watchSession,
  type WatchEffect,
  type WatchSession,
  type WatchSessionEvent,
} from '../../domain/watching/watch-session.ts';
import type { Clock, Stamp } from './clock.ts';
import type { Closing, ClosingNote } from './closing-note.ts';
import {
  historyId,
  lessonProgress,
  type Histories,
  type LessonHistory,
  type LessonProgress,
} from './history.ts';
import { sessionEvidence, sessionRows, type OpenSession } from './open-session.ts';
import type { OutboxRow } from './rows.ts';
import type { Sender } from './sender.ts';
import type { Change } from './store.ts';

/** Sessions of a lesson whose proof is kept for provisional figures. */
const SESSIONS_KEPT = 50;

/**
 * Records one viewing of one lesson, from its first frame until it is finished, for everybody who watches: each
 * viewer has a watch session of their own, with its own statements.
 */
export interface Recorder {
  /** News from playback, in the order in which it happened. */
  event(event: WatchEvent): void;
  /** The viewer has left the lesson. Resolves when all of it is kept; again does nothing. */
  finish(): Promise<void>;
  /** How far the lesson is, this viewing included; of several viewers, the one who has seen least. */
  progress(): LessonProgress;
}

/** A recorder whose viewers may come and go. */
export interface SharedRecorder extends Recorder {
  /**
   * Who watches from here on. Who stays goes on; who leaves keeps all up to here; who comes begins at the very
   * moment and place up to which the others were counted.
   */
  watchedBy(seats: readonly Seat[]): void;
  /** The viewer of a session; nobody of this viewing any more: `undefined`. */
  viewerOf(sessionId: string): Seat | undefined;
  readonly seats: readonly Seat[];
}

/** Somebody who watches. */
export interface Seat {
  /** Who, in statements. */
  account: Pick<SessionFacts, 'person' | 'viewer'>;
  /** Whose history on this box; nothing for the default viewer. */
  person?: string;
}

export interface RecorderDeps {
  clock: Clock;
  sender: Sender;
  histories: Histories;
  closing: ClosingNote;
  uuid: () => string;
  /** What is kept has changed. */
  onKept: () => void;
}

export interface Viewing {
  /** Alike for all who watch. */
  facts: Omit<SessionFacts, 'sessionId' | 'person' | 'viewer'>;
  lesson: LessonFacts & { length: number };
  /** Calendar year, as far as is known yet. */
  period: string;
  maxRate: number;
}

/** One viewer's session of the viewing. */
interface Sitting {
  seat: Seat;
  facts: SessionFacts;
  watch: WatchSession;
  begun: Stamp | undefined;
}

export function createRecorder(
  deps: RecorderDeps,
  { facts, lesson, period, maxRate }: Viewing,
  viewers: readonly Seat[],
): SharedRecorder {
  const { clock, sender, histories, closing } = deps;
  let sittings: readonly Sitting[] = viewers.map(sitting);
  /** Play that goes on: where it was last heard of, for those who come in the middle. */
  let playing: { at: number; position: number; rate: number } | undefined;
  let finished = false;
  let keeping: Promise<void> = Promise.resolve();

  function sitting(seat: Seat): Sitting {
    const earlier = histories.of(facts.lessonId, period, seat.person);
    const watch = newWatchSession(
      { length: lesson.length, threshold: facts.threshold, maxRate, before: earlier?.played ?? [] },
      earlier?.completed ?? false,
    );
    return { seat, facts: { ...facts, ...seat.account, sessionId: deps.uuid() }, watch, begun: undefined };
  }

  /** Gives the event to these sittings; everything that follows from it for them is kept in one go. */
  function take(some: readonly Sitting[], event: WatchSessionEvent): void {
    const due: { one: Sitting; begun: Stamp; effects: readonly WatchEffect[] }[] = [];
    for (const one of some) {
      const step = watchSession(one.watch, event);
      one.watch = step.session;
      if (step.effects.some(({ type }) => type === 'initialized')) one.begun = clock.stamp(event.at);
      if (!one.begun || (step.effects.length === 0 && event.type !== 'stopped')) continue;
      // Once the time is known, the beginning is told by it too, also by a later start.
      if (one.begun.server === undefined) one.begun = clock.stamp(one.begun.mono);
      due.push({ one, begun: one.begun, effects: step.effects });
    }
    if (due.length > 0) keep(due);
  }

  /** Everything that follows from the effects goes to the disk at once, before any of it is sent. */
  function keep(due: readonly { one: Sitting; begun: Stamp; effects: readonly WatchEffect[] }[]): void {
    const changes: Change[] = [];
    const closings: Closing[] = [];
    const rows: OutboxRow[] = [];
    for (const { one, begun, effects } of due) {
      const { facts, watch, seat } = one;
      const open: OpenSession = { id: facts.sessionId, facts, begun, last: clock.stamp(watch.lastAt), watch };
      const history = historyWith(open, seat.person);
      histories.put(history);
      const over = watch.phase === 'closed';
      changes.push(
        { table: 'history', put: history },
        over ? { table: 'sessions', delete: open.id } : { table: 'sessions', put: open },
      );
      if (over) closings.push({ session: { ...open, watch: { ...watch, phase: 'begun' } }, history });
      for (const row of sessionRows(open, effects, (mono) => clock.stamp(mono)))
        rows.push({ ...row, order: sender.nextOrder() });
    }
    if (closings.length > 0) closing.add(closings);
    keeping = sender.add(rows, changes);
    if (closings.length > 0) void keeping.then(() => closing.done(closings));
    deps.onKept();
  }

  function historyWith(open: OpenSession, person: string | undefined): LessonHistory {
    const { watch } = open;
    const known = histories.of(facts.lessonId, period, person);
    const { ms } = clock.guess();
    const last = Math.round(ms - (clock.mono() - open.last.mono) * 1000);
    const proof = sessionEvidence(open, {
      begun: Math.round(last - (open.last.mono - open.begun.mono) * 1000),
      last,
    });
    const others = (known?.sessions ?? []).filter(({ sessionId }) => sessionId !== open.id);
    return {
      id: historyId(facts.lessonId, period, person),
      ...(person === undefined ? {} : { person }),
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

  function close(some: readonly Sitting[]): void {
    const latest = Math.max(clock.mono(), ...some.map(({ watch }) => watch.lastAt));
    take(some, { type: 'finished', at: latest });
  }

  return {
    event(event) {
      if (finished) return;
      take(sittings, event);
      if (event.type === 'started') playing = event;
      else if (event.type === 'stopped') playing = undefined;
      else if (playing) playing = { ...playing, at: event.at, position: event.position };
    },
    async finish() {
      finished = true;
      close(sittings);
      await keeping;
    },
    watchedBy(seats) {
      if (finished) return;
      const stay = ({ seat }: Sitting): boolean => seats.some(({ person }) => person === seat.person);
      const gone = sittings.filter((one) => !stay(one));
      const come = seats.filter(({ person }) => !sittings.some(({ seat }) => seat.person === person));
      close(gone);
      const newcomers = come.map(sitting);
      sittings = [...sittings.filter(stay), ...newcomers];
      if (playing) take(newcomers, { type: 'started', ...playing });
    },
    viewerOf: (sessionId) => sittings.find(({ facts }) => facts.sessionId === sessionId)?.seat,
    get seats() {
      return sittings.map(({ seat }) => seat);
    },
    progress() {
      const each = sittings.map(({ seat, watch }) => {
        const known = histories.of(facts.lessonId, period, seat.person);
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
      });
      return each.reduce((least, one) => (one.coverage < least.coverage ? one : least));
    },
  };
}
