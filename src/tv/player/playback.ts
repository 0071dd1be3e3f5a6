import type { StopReason, WatchEvent } from '../../domain/watching/watch-events.ts';
import type { Cue } from './captions.ts';
import type { EngineEvent, PlayerSource, SubtitleTrack } from './player-engine.ts';
import type { PlayerError } from './player-error.ts';
import { aimFurther, withinLength, type SeekAim } from './seek-steps.ts';
import { closeSpan, forget, newTracker, observe, type Moment, type WatchTracker } from './watch-tracker.ts';

/** `seeking`: a jump was asked for and its picture is not there yet. */
export type Phase = 'idle' | 'loading' | 'playing' | 'paused' | 'buffering' | 'seeking' | 'ended' | 'error';

/** What a page shows. Replaced, never changed in place: an equal reference means nothing new. */
export interface PlaybackState {
  phase: Phase;
  /** Seconds from the beginning. */
  position: number;
  /** Seconds; 0 while not known. May be corrected while playing. */
  duration: number;
  rate: number;
  /** Where a held Left or Right aims, in seconds; null when nothing is being aimed. */
  preview: number | null;
  /** Who paused it; null when it is not paused. */
  pausedBy: 'viewer' | 'hidden' | 'box' | null;
  /** The browser's auto-play rule wants a key pressed: show "press OK". */
  needsKey: boolean;
  /** Set in phase `error`. */
  error: PlayerError | null;
  /** What the engine is struggling with while it still tries to go on; gone when frames advance. */
  trouble: PlayerError | null;
  /** Subtitles found inside the stream. `cues` ordered by start, those known so far. */
  subtitles: { tracks: readonly SubtitleTrack[]; selected: number | null; cues: readonly Cue[] };
}

/** The state and what only the reducer needs of the past. */
export interface PlaybackMachine {
  view: PlaybackState;
  source: PlayerSource | null;
  /** The engine has said that it can show a picture. */
  ready: boolean;
  aim: SeekAim | null;
  tracker: WatchTracker;
}

export type PlaybackEvent =
  | { type: 'load'; source: PlayerSource; startAt: number; autoplay: boolean }
  | { type: 'play' }
  | { type: 'pause' }
  | { type: 'toggle' }
  | { type: 'seek-by'; direction: -1 | 1 }
  | { type: 'seek-commit' }
  | { type: 'seek-to'; position: number }
  | { type: 'say-again' }
  | { type: 'set-rate'; rate: number }
  | { type: 'select-subtitles'; id: number | null }
  | { type: 'retry' }
  | { type: 'stop' }
  | { type: 'hidden' }
  | { type: 'tick' }
  | { type: 'engine'; event: EngineEvent };

export type PlaybackEffect =
  | { type: 'open'; source: PlayerSource }
  | { type: 'close' }
  | { type: 'play' }
  | { type: 'pause' }
  | { type: 'seek'; position: number }
  | { type: 'rate'; rate: number }
  | { type: 'subtitles'; id: number | null }
  /** Commit the aim by itself when no further key comes. */
  | { type: 'commit-later' }
  | { type: 'commit-cancel' }
  | { type: 'watch'; event: WatchEvent };

export interface PlaybackStep {
  state: PlaybackMachine;
  effects: PlaybackEffect[];
}

/** How far "say it again" goes back, in seconds. */
const SAY_AGAIN = 20;
/** Standing this long shows as buffering even when the engine keeps silent. */
const STILL_SHOWS = 1;

const noSubtitles: PlaybackState['subtitles'] = { tracks: [], selected: null, cues: [] };

const idleView: PlaybackState = {
  phase: 'idle',
  position: 0,
  duration: 0,
  rate: 1,
  preview: null,
  pausedBy: null,
  needsKey: false,
  error: null,
  trouble: null,
  subtitles: noSubtitles,
};

export const idlePlayback: PlaybackMachine = {
  view: idleView,
  source: null,
  ready: false,
  aim: null,
  tracker: newTracker,
};

/** True while the viewer's last word is "play": the picture should be moving. */
export function shouldMove(phase: Phase): boolean {
  return phase === 'loading' || phase === 'playing' || phase === 'buffering' || phase === 'seeking';
}

/**
 * One step of playback. Pure.
 * @param now monotonic seconds and the engine's position at this moment (the view's own position
 *   when there is no engine)
 */
export function playbackStep(state: PlaybackMachine, event: PlaybackEvent, now: Moment): PlaybackStep {
  switch (event.type) {
    case 'load':
      return load(state, event, now);
    case 'play':
      return play(state, now);
    case 'pause':
      return pause(state, now, 'viewer');
    case 'hidden':
      return pause(state, now, 'hidden');
    case 'toggle':
      return shouldMove(state.view.phase) ? pause(state, now, 'viewer') : play(state, now);
    case 'seek-by':
      return aim(state, event.direction, now);
    case 'seek-commit':
      return state.aim ? seek(state, state.aim.target, now) : same(state);
    case 'seek-to':
      return seek(state, event.position, now);
    case 'say-again':
      return sayAgain(state, now);
    case 'set-rate':
      return setRate(state, event.rate, now);
    case 'select-subtitles':
      return selectSubtitles(state, event.id);
    case 'retry':
      return retry(state);
    case 'stop':
      return stop(state, now);
    case 'tick':
      return tick(state, now);
    case 'engine':
      return engineSaid(state, event.event, now);
  }
}

function same(state: PlaybackMachine): PlaybackStep {
  return { state, effects: [] };
}

function show(state: PlaybackMachine, change: Partial<PlaybackState>): PlaybackMachine {
  return { ...state, view: { ...state.view, ...change } };
}

/** A lesson is open: commands about it make sense. */
function isOpen(state: PlaybackMachine): boolean {
  return state.source !== null && state.view.phase !== 'error';
}

/** Closes what is open to the count. */
function settle(state: PlaybackMachine, now: Moment, why: StopReason): PlaybackStep {
  if (!shouldMove(state.view.phase)) return same(state);
  const seen = closeSpan(state.tracker, now, state.view.rate, why);
  return {
    state: { ...state, tracker: seen.tracker },
    effects: seen.events.map((event) => ({ type: 'watch', event })),
  };
}

function load(
  before: PlaybackMachine,
  event: Extract<PlaybackEvent, { type: 'load' }>,
  now: Moment,
): PlaybackStep {
  const left = stop(before, now);
  const state: PlaybackMachine = {
    ...idlePlayback,
    source: event.source,
    view: {
      ...idleView,
      rate: before.view.rate,
      phase: event.autoplay ? 'loading' : 'paused',
      pausedBy: event.autoplay ? null : 'viewer',
      position: Math.max(0, event.startAt),
    },
  };
  return { state, effects: [...left.effects, { type: 'open', source: event.source }] };
}

function play(state: PlaybackMachine, now: Moment): PlaybackStep {
  if (!isOpen(state) || shouldMove(state.view.phase)) return same(state);
  if (state.view.phase === 'ended') return seek(state, 0, now);
  // A seek made while paused goes on as a seek; `last` is null then.
  const phase = !state.ready ? 'loading' : state.tracker.last ? 'playing' : 'seeking';
  const tracker = { ...state.tracker, last: state.tracker.last ? now : null, advancedAt: now.at };
  return {
    state: show({ ...state, tracker }, { phase, pausedBy: null, needsKey: false }),
    effects: [{ type: 'play' }],
  };
}

function pause(state: PlaybackMachine, now: Moment, by: 'viewer' | 'hidden' | 'box'): PlaybackStep {
  if (!isOpen(state) || !shouldMove(state.view.phase)) return same(state);
  const settled = settle(state, now, by === 'hidden' ? 'hidden' : 'pause');
  const position = state.view.phase === 'seeking' ? state.view.position : now.position;
  return {
    state: show(settled.state, { phase: 'paused', pausedBy: by, position }),
    effects: [...settled.effects, { type: 'pause' }],
  };
}

function aim(state: PlaybackMachine, direction: -1 | 1, now: Moment): PlaybackStep {
  if (!isOpen(state)) return same(state);
  const { view } = state;
  const from = view.phase === 'seeking' ? view.position : now.position;
  const next = aimFurther(state.aim, direction, from, view.duration);
  return {
    state: show({ ...state, aim: next }, { preview: next.target }),
    effects: [{ type: 'commit-later' }],
  };
}

/** A jump plays on, except from a pause: there it stays paused at the new place. */
function seek(state: PlaybackMachine, position: number, now: Moment): PlaybackStep {
  const cancel: PlaybackEffect[] = state.aim ? [{ type: 'commit-cancel' }] : [];
  if (!isOpen(state)) return same(state);
  const settled = settle(state, now, 'seek');
  const { phase, duration } = state.view;
  const target = withinLength(position, duration);
  const resumes = phase === 'ended';
  const next = show(
    { ...settled.state, aim: null, tracker: forget(settled.state.tracker) },
    {
      preview: null,
      position: target,
      phase: phase === 'paused' ? 'paused' : state.ready ? 'seeking' : 'loading',
      trouble: null,
    },
  );
  const effects: PlaybackEffect[] = [...cancel, ...settled.effects, { type: 'seek', position: target }];
  if (resumes) effects.push({ type: 'play' });
  return { state: next, effects };
}

function sayAgain(state: PlaybackMachine, now: Moment): PlaybackStep {
  if (!isOpen(state)) return same(state);
  const from = state.view.phase === 'seeking' ? state.view.position : now.position;
  const back = seek(state, from - SAY_AGAIN, now);
  if (back.state.view.phase !== 'paused') return back;
  const on = play(back.state, { at: now.at, position: back.state.view.position });
  return { state: on.state, effects: [...back.effects, ...on.effects] };
}

function setRate(state: PlaybackMachine, rate: number, now: Moment): PlaybackStep {
  if (rate === state.view.rate) return same(state);
  const settled = settle(state, now, 'rate');
  return { state: show(settled.state, { rate }), effects: [...settled.effects, { type: 'rate', rate }] };
}

function selectSubtitles(state: PlaybackMachine, id: number | null): PlaybackStep {
  const { subtitles } = state.view;
  if (subtitles.selected === id) return same(state);
  return {
    state: show(state, { subtitles: { ...subtitles, selected: id, cues: [] } }),
    effects: [{ type: 'subtitles', id }],
  };
}

/** Tries again after an error, where it stopped. */
function retry(state: PlaybackMachine): PlaybackStep {
  if (!state.source || state.view.phase !== 'error') return same(state);
  const next = show(
    { ...state, ready: false, aim: null, tracker: newTracker },
    { phase: 'loading', error: null, trouble: null, preview: null, subtitles: noSubtitles },
  );
  return { state: next, effects: [{ type: 'open', source: state.source }] };
}

function stop(state: PlaybackMachine, now: Moment): PlaybackStep {
  if (!state.source) return same(state);
  const settled = settle(state, now, 'leave');
  const effects: PlaybackEffect[] = [...settled.effects, { type: 'close' }];
  if (state.aim) effects.push({ type: 'commit-cancel' });
  return { state: show(idlePlayback, { rate: state.view.rate }), effects };
}

/** One look at the position while it should move. */
function tick(state: PlaybackMachine, now: Moment): PlaybackStep {
  const { view } = state;
  if (!isOpen(state) || !shouldMove(view.phase)) return same(state);
  const seen = observe(state.tracker, now, view.rate);
  const effects: PlaybackEffect[] = seen.events.map((event) => ({ type: 'watch', event }));
  const next: PlaybackMachine = { ...state, tracker: seen.tracker };
  if (seen.advanced) {
    return { state: show(next, { phase: 'playing', position: now.position, trouble: null }), effects };
  }
  const silent = view.phase === 'playing' && now.at - seen.tracker.advancedAt > STILL_SHOWS;
  if (silent) return { state: show(next, { phase: 'buffering' }), effects };
  return { state: next, effects };
}

function engineSaid(state: PlaybackMachine, event: EngineEvent, now: Moment): PlaybackStep {
  if (!isOpen(state)) return same(state);
  const { view } = state;
  switch (event.type) {
    case 'ready':
      return { state: { ...state, ready: true }, effects: [] };
    case 'duration':
      return event.duration === view.duration
        ? same(state)
        : { state: show(state, { duration: event.duration }), effects: [] };
    case 'playing':
    case 'seeked':
      return arrived(state, now);
    case 'waiting':
      return waiting(state, now);
    case 'jumped':
      return settle(state, now, 'seek');
    case 'paused':
      return pause(state, now, 'box');
    case 'refused':
      if (!shouldMove(view.phase)) return same(state);
      return {
        state: show(state, { phase: 'paused', pausedBy: 'box', needsKey: true }),
        effects: [{ type: 'pause' }],
      };
    case 'ended': {
      const settled = settle(state, now, 'end');
      const next = show(settled.state, { phase: 'ended', pausedBy: null, position: now.position });
      return { state: next, effects: settled.effects };
    }
    case 'subtitle-tracks': {
      const subtitles = { tracks: event.tracks, selected: event.selected, cues: [] };
      return { state: show(state, { subtitles }), effects: [] };
    }
    case 'cues':
      return cuesCame(state, event.track, event.cues);
    case 'error':
      if (event.error.fatal) return failed(state, event.error, now);
      if (event.error.tag === view.trouble?.tag) return same(state);
      return { state: show(state, { trouble: event.error }), effects: [] };
  }
}

/** The picture is there. Whether it advances is for the tracker to see. */
function arrived(state: PlaybackMachine, now: Moment): PlaybackStep {
  if (!shouldMove(state.view.phase)) {
    if (state.view.phase !== 'paused') return same(state);
    const tracker = { ...state.tracker, last: now };
    return { state: show({ ...state, tracker }, { position: now.position }), effects: [] };
  }
  const seen = observe(state.tracker, now, state.view.rate);
  // Silence is counted from here: standing before the picture came was no stall.
  const tracker = { ...seen.tracker, advancedAt: now.at };
  return {
    state: show({ ...state, ready: true, tracker }, { phase: 'playing', position: now.position }),
    effects: seen.events.map((event) => ({ type: 'watch', event })),
  };
}

function waiting(state: PlaybackMachine, now: Moment): PlaybackStep {
  if (state.view.phase !== 'playing') return same(state);
  const settled = settle(state, now, 'stall');
  return { state: show(settled.state, { phase: 'buffering' }), effects: settled.effects };
}

function failed(state: PlaybackMachine, error: PlayerError, now: Moment): PlaybackStep {
  const settled = settle(state, now, 'error');
  const next = show(settled.state, {
    phase: 'error',
    error,
    trouble: null,
    preview: null,
    pausedBy: null,
    needsKey: false,
  });
  const effects: PlaybackEffect[] = [...settled.effects, { type: 'close' }];
  if (state.aim) effects.push({ type: 'commit-cancel' });
  return { state: { ...next, aim: null }, effects };
}

function cuesCame(state: PlaybackMachine, track: number, fresh: readonly Cue[]): PlaybackStep {
  const { subtitles } = state.view;
  if (track !== subtitles.selected || fresh.length === 0) return same(state);
  const known = new Set(subtitles.cues.map((cue) => `${cue.start} ${cue.text}`));
  const added = fresh.filter((cue) => !known.has(`${cue.start} ${cue.text}`));
  if (added.length === 0) return same(state);
  const cues = [...subtitles.cues, ...added].sort((a, b) => a.start - b.start);
  return { state: show(state, { subtitles: { ...subtitles, cues } }), effects: [] };
}
