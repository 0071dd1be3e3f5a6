import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WatchEvent } from '../../../../src/domain/watching/watch-events.ts';
import { createPlayback, type PlaybackDeps } from '../../../../src/tv/player/playback-shell.ts';
import type { EmitEngineEvent, PlayerEngine } from '../../../../src/tv/player/player-engine.ts';

const source = { url: 'lesson.m3u8', kind: 'hls' } as const;

/** An engine that does as told by the test and notes what it was told by the shell. */
class FakeEngine implements PlayerEngine {
  readonly name = 'native';
  readonly caps = { rate: true, rect: true };
  readonly calls: string[] = [];
  readonly emit: EmitEngineEvent;
  at = 0;
  moving = false;

  constructor(emit: EmitEngineEvent) {
    this.emit = emit;
  }

  load(_: unknown, startAt: number): void {
    this.at = startAt;
    this.calls.push(`load ${startAt}`);
  }
  play(): void {
    this.moving = true;
    this.calls.push('play');
  }
  pause(): void {
    this.moving = false;
    this.calls.push('pause');
  }
  seek(position: number): void {
    this.at = position;
    this.calls.push(`seek ${position}`);
  }
  setRate(rate: number): void {
    this.calls.push(`rate ${rate}`);
  }
  setRect(): void {
    this.calls.push('rect');
  }
  selectSubtitles(): void {
    this.calls.push('subtitles');
  }
  position(): number {
    return this.at;
  }
  destroy(): void {
    this.moving = false;
    this.calls.push('destroy');
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function stage(deps: Partial<PlaybackDeps> = {}) {
  const engines: FakeEngine[] = [];
  const watch: WatchEvent[] = [];
  let clock = 0;
  const playback = createPlayback({
    openEngine: (_, emit) => {
      const engine = new FakeEngine(emit);
      engines.push(engine);
      return engine;
    },
    now: () => clock,
    onWatch: (event) => watch.push(event),
    ...deps,
  });
  return {
    playback,
    engines,
    watch,
    /** Time and film pass in steps of 10 ms. */
    run: (seconds: number): void => {
      for (let i = 0; i < Math.round(seconds * 100); i++) {
        clock += 0.01;
        for (const engine of engines) if (engine.moving) engine.at += 0.01;
        vi.advanceTimersByTime(10);
      }
    },
  };
}

test('tells listeners of the position at most four times a second, and nothing while paused', () => {
  const { playback, run } = stage();
  playback.load(source);
  const heard = vi.fn();
  const off = playback.onState(heard);
  run(10);
  expect(heard.mock.calls.length).toBeGreaterThan(30);
  expect(heard.mock.calls.length).toBeLessThanOrEqual(40);
  playback.pause();
  heard.mockClear();
  run(10);
  expect(heard).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
  off();
  playback.play();
  run(1);
  expect(heard).not.toHaveBeenCalled();
});

test('a held seek commits by itself 600 ms after the last key, or on release', () => {
  const { playback, engines, run } = stage();
  playback.load(source, { startAt: 100 });
  run(0.5);
  playback.seekBy(1);
  run(0.5);
  playback.seekBy(1);
  run(0.5);
  expect(engines[0]!.calls.some((call) => call.startsWith('seek'))).toBe(false);
  run(0.2);
  const seeks = () => engines[0]!.calls.filter((call) => call.startsWith('seek'));
  expect(seeks()).toHaveLength(1);
  playback.seekBy(-1);
  playback.commitSeek();
  expect(seeks()).toHaveLength(2);
  run(1);
  expect(seeks()).toHaveLength(2);
});

describe('an engine that must first be fetched', () => {
  function late() {
    const ready: (() => void)[] = [];
    const engines: FakeEngine[] = [];
    const its = stage({
      openEngine: (_, emit) =>
        new Promise((resolve) => {
          ready.push(() => {
            const engine = new FakeEngine(emit);
            engines.push(engine);
            resolve(engine);
          });
        }),
    });
    return { ...its, engines, ready };
  }

  test('starts by the state of the moment it comes', async () => {
    const { playback, engines, ready } = late();
    playback.setRect({ x: 0, y: 0, width: 1280, height: 720 });
    playback.load(source, { startAt: 5 });
    playback.setRate(1.5);
    playback.seekTo(40);
    playback.pause();
    ready[0]!();
    await vi.advanceTimersByTimeAsync(0);
    expect(engines[0]!.calls).toEqual(['rect', 'load 40', 'rate 1.5']);
  });

  test('is thrown away when another lesson was asked for meanwhile', async () => {
    const { playback, engines, ready } = late();
    playback.load(source);
    playback.load({ ...source, url: 'other' });
    ready[0]!();
    ready[1]!();
    await vi.advanceTimersByTimeAsync(0);
    expect(engines.map((engine) => engine.calls)).toEqual([['destroy'], ['load 0', 'play']]);
    engines[0]!.emit({ type: 'ended' });
    expect(playback.state().phase).toBe('loading');
  });

  test('that cannot be had is an error with a code, and a retry asks again', async () => {
    const openEngine = vi.fn<PlaybackDeps['openEngine']>(() => Promise.reject(new Error('chunk 404')));
    const { playback } = stage({ openEngine });
    playback.load(source);
    await vi.advanceTimersByTimeAsync(0);
    expect(playback.state()).toMatchObject({ phase: 'error', error: { code: 'network', tag: 'P-NET-APP' } });
    playback.retry();
    expect(openEngine).toHaveBeenCalledTimes(2);
  });
});

test('a box without an engine for streams is given the file of the lesson, at the same place', () => {
  const engines: FakeEngine[] = [];
  const opened: string[] = [];
  const { playback } = stage({
    openEngine: ({ url, kind }, emit) => {
      opened.push(url);
      if (kind === 'hls') return null;
      engines.push(new FakeEngine(emit));
      return engines[0]!;
    },
  });
  playback.load({ ...source, instead: { url: 'lesson.mp4', kind: 'file' } }, { startAt: 90 });
  expect(opened).toEqual(['lesson.m3u8', 'lesson.mp4']);
  expect(engines[0]!.calls).toEqual(['load 90', 'play']);
  expect(playback.state()).toMatchObject({ phase: 'loading', error: null });
});

test('a box that can play neither way says so', () => {
  const { playback } = stage({ openEngine: () => null });
  playback.load(source);
  expect(playback.state()).toMatchObject({
    phase: 'error',
    error: { code: 'unsupported', tag: 'P-SUP-MSE' },
  });
});

test('an engine that fails while it is being started is not started further', () => {
  const { playback, engines } = stage();
  const load = vi.spyOn(FakeEngine.prototype, 'load').mockImplementation(function (this: FakeEngine) {
    this.emit({ type: 'error', error: { code: 'decode', tag: 'P-DEC-3', detail: '', fatal: true } });
  });
  playback.load(source);
  load.mockRestore();
  expect(playback.state().phase).toBe('error');
  expect(engines[0]!.calls).toEqual(['destroy']);
});

test('a hidden page pauses; a page that is let go of is no longer heard', () => {
  const page = Object.assign(new EventTarget(), { hidden: false }) as unknown as Document & {
    hidden: boolean;
  };
  const { playback, watch, run } = stage({ page });
  playback.load(source);
  run(1);
  Object.assign(page, { hidden: true });
  page.dispatchEvent(new Event('visibilitychange'));
  expect(playback.state()).toMatchObject({ phase: 'paused', pausedBy: 'hidden' });
  expect(watch[watch.length - 1]).toMatchObject({ type: 'stopped', why: 'hidden' });
  playback.play();
  playback.destroy();
  page.dispatchEvent(new Event('visibilitychange'));
  expect(playback.state().phase).toBe('idle');
  expect(vi.getTimerCount()).toBe(0);
});
