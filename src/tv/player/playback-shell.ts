import type { WatchEvent } from '../../domain/watching/watch-events.ts';
import {
  idlePlayback,
  playbackStep,
  shouldMove,
  type PlaybackEffect,
  type PlaybackEvent,
  type PlaybackState,
} from './playback.ts';
import type { OpenEngine, PlayerEngine, PlayerSource, ScreenRect } from './player-engine.ts';
import { networkFault, unsupportedFault, type Fault } from './player-error.ts';

/** How often the position is looked at while it should move, in milliseconds. */
const POLL_MS = 250;
/** A held seek commits by itself after so long without a further key: old boxes send no key-up. */
const COMMIT_MS = 600;

export interface PlaybackDeps {
  openEngine: OpenEngine;
  /** Monotonic seconds, the clock the watch events carry. */
  now: () => number;
  /** Hears what was really played. */
  onWatch: (event: WatchEvent) => void;
  /** The page's visibility; a hidden page pauses. Absent where pages are never hidden. */
  page?: Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>;
}

export interface Playback {
  state: () => PlaybackState;
  /** Calls `listener` after each change of state, at most 4 times a second for the position alone. */
  onState: (listener: (state: PlaybackState) => void) => () => void;
  /** @param options startAt in seconds; autoplay false opens it paused */
  load: (source: PlayerSource, options?: { startAt?: number; autoplay?: boolean }) => void;
  play: () => void;
  pause: () => void;
  toggle: () => void;
  /** One key of Left (-1) or Right (1), the repeats of a held key too: moves `preview` only. */
  seekBy: (direction: -1 | 1) => void;
  /** The key was released: jumps to `preview`. Without an aim nothing happens. */
  commitSeek: () => void;
  /** Jumps at once, to a chapter say. @param position seconds */
  seekTo: (position: number) => void;
  /** Back 20 s, and plays on if it was paused. */
  sayAgain: () => void;
  setRate: (rate: number) => void;
  /** @param id of one of `state().subtitles.tracks`, null for none */
  selectSubtitles: (id: number | null) => void;
  /** Where the picture goes, in 1280 × 720 units; kept over lessons. */
  setRect: (rect: ScreenRect) => void;
  /** After an error: tries again where it stopped. */
  retry: () => void;
  /** Leaves the lesson: the last watch event goes out, the decoder is freed. */
  stop: () => void;
  /** `stop`, and lets go of the page. Not usable afterwards. */
  destroy: () => void;
}

/** Puts the reducer to work: an engine to drive, a clock to read, listeners to tell. */
export function createPlayback(deps: PlaybackDeps): Playback {
  let machine = idlePlayback;
  let engine: PlayerEngine | null = null;
  let rect: ScreenRect | null = null;
  /** Tells an engine that arrives late from the one wanted now. */
  let opening = 0;
  let poll: ReturnType<typeof setInterval> | null = null;
  let commit: ReturnType<typeof setTimeout> | null = null;
  const listeners = new Set<(state: PlaybackState) => void>();

  function send(event: PlaybackEvent): void {
    const before = machine.view;
    const now = { at: deps.now(), position: engine ? engine.position() : before.position };
    const step = playbackStep(machine, event, now);
    machine = step.state;
    for (const effect of step.effects) run(effect);
    keepPolling(shouldMove(machine.view.phase));
    const view = machine.view;
    if (view !== before)
      listeners.forEach((listener) => {
        listener(view);
      });
  }

  function run(effect: PlaybackEffect): void {
    switch (effect.type) {
      case 'open':
        open(effect.source);
        return;
      case 'close':
        close();
        return;
      case 'play':
        engine?.play();
        return;
      case 'pause':
        engine?.pause();
        return;
      case 'seek':
        engine?.seek(effect.position);
        return;
      case 'rate':
        engine?.setRate(effect.rate);
        return;
      case 'subtitles':
        engine?.selectSubtitles(effect.id);
        return;
      case 'commit-later':
        cancelCommit();
        commit = setTimeout(() => {
          send({ type: 'seek-commit' });
        }, COMMIT_MS);
        return;
      case 'commit-cancel':
        cancelCommit();
        return;
      case 'watch':
        deps.onWatch(effect.event);
        return;
    }
  }

  function open(source: PlayerSource): void {
    close();
    const mine = ++opening;
    const stillWanted = () => mine === opening;
    const made = deps.openEngine(source, (event) => {
      if (stillWanted()) send({ type: 'engine', event });
    });
    if (!(made instanceof Promise)) {
      begin(made, source);
      return;
    }
    made.then(
      (late) => {
        if (stillWanted()) begin(late, source);
        else late?.destroy();
      },
      (reason: unknown) => {
        // The player's own code could not be fetched: to the viewer a network trouble like another.
        const fault = { ...networkFault(0, `player library: ${String(reason)}`), tag: 'P-NET-APP' };
        if (stillWanted()) fail(fault);
      },
    );
  }

  function fail(fault: Fault): void {
    send({ type: 'engine', event: { type: 'error', error: { ...fault, fatal: true } } });
  }

  /** Starts an engine by the state as it is now: keys may have come while it was being fetched. */
  function begin(fresh: PlayerEngine | null, source: PlayerSource): void {
    if (!fresh) {
      if (source.instead) return open(source.instead);
      fail(unsupportedFault('MSE', `no engine for ${source.kind}`));
      return;
    }
    const { view } = machine;
    engine = fresh;
    if (rect) fresh.setRect(rect);
    fresh.load(source, view.position);
    // It may have failed at once and be closed already.
    if (engine !== fresh) return;
    if (view.rate !== 1) fresh.setRate(view.rate);
    if (shouldMove(view.phase)) fresh.play();
  }

  function close(): void {
    opening++;
    const old = engine;
    engine = null;
    old?.destroy();
  }

  function cancelCommit(): void {
    if (commit !== null) clearTimeout(commit);
    commit = null;
  }

  function keepPolling(wanted: boolean): void {
    if (wanted && poll === null)
      poll = setInterval(() => {
        send({ type: 'tick' });
      }, POLL_MS);
    if (!wanted && poll !== null) {
      clearInterval(poll);
      poll = null;
    }
  }

  function onVisibility(): void {
    if (deps.page?.hidden) send({ type: 'hidden' });
  }
  deps.page?.addEventListener('visibilitychange', onVisibility);

  return {
    state: () => machine.view,
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    load(source, options = {}) {
      send({ type: 'load', source, startAt: options.startAt ?? 0, autoplay: options.autoplay ?? true });
    },
    play() {
      send({ type: 'play' });
    },
    pause() {
      send({ type: 'pause' });
    },
    toggle() {
      send({ type: 'toggle' });
    },
    seekBy(direction) {
      send({ type: 'seek-by', direction });
    },
    commitSeek() {
      send({ type: 'seek-commit' });
    },
    seekTo(position) {
      send({ type: 'seek-to', position });
    },
    sayAgain() {
      send({ type: 'say-again' });
    },
    setRate(rate) {
      send({ type: 'set-rate', rate });
    },
    selectSubtitles(id) {
      send({ type: 'select-subtitles', id });
    },
    setRect(next) {
      rect = next;
      engine?.setRect(next);
    },
    retry() {
      send({ type: 'retry' });
    },
    stop() {
      send({ type: 'stop' });
    },
    destroy() {
      send({ type: 'stop' });
      deps.page?.removeEventListener('visibilitychange', onVisibility);
      listeners.clear();
    },
  };
}
