import { describe, expect, test } from 'vitest';
import type { EngineEvent } from '../../../../src/tv/player/player-engine.ts';
import type { PlayerError } from '../../../../src/tv/player/player-error.ts';
import {
  idlePlayback,
  playbackStep,
  type PlaybackEffect,
  type PlaybackEvent,
  type PlaybackState,
} from '../../../../src/tv/player/playback.ts';

const source = { url: 'lesson.m3u8', kind: 'hls' } as const;
const broken: PlayerError = { code: 'network', tag: 'P-NET-0', detail: '', fatal: true };

/** Playback with a clock and a position set by hand. */
function stage() {
  let machine = idlePlayback;
  const now = { at: 0, position: 0 };
  const effects: PlaybackEffect[] = [];
  const self = {
    view: (): PlaybackState => machine.view,
    send(event: PlaybackEvent): void {
      const step = playbackStep(machine, event, { ...now });
      machine = step.state;
      effects.push(...step.effects);
    },
    engine(event: EngineEvent): void {
      self.send({ type: 'engine', event });
    },
    /** Time passes and the picture with it, looked at four times a second. */
    run(seconds: number, rate = 1): void {
      for (let i = 0; i < seconds * 4; i++) {
        now.at += 0.25;
        now.position += 0.25 * rate;
        self.send({ type: 'tick' });
      }
    },
    stand(seconds: number): void {
      self.run(seconds, 0);
    },
    moveTo(position: number): void {
      now.position = position;
    },
    /** Effects since the last call, watch events left out. */
    done(): PlaybackEffect[] {
      return effects
        .splice(0)
        .filter((effect) => effect.type !== 'watch' || (kept.push(effect.event), false));
    },
    /** Spans told so far: `start-end why`. */
    spans(): string[] {
      self.done();
      const spans: string[] = [];
      let start = 0;
      for (const event of kept) {
        if (event.type === 'started') start = event.position;
        if (event.type === 'stopped') spans.push(`${start}-${event.position} ${event.why}`);
      }
      return spans;
    },
  };
  const kept: Extract<PlaybackEffect, { type: 'watch' }>['event'][] = [];
  return self;
}

/** A lesson of 100 s that plays, 2 s in. */
function playing() {
  const it = stage();
  it.send({ type: 'load', source, startAt: 0, autoplay: true });
  it.engine({ type: 'duration', duration: 100 });
  it.engine({ type: 'ready' });
  it.engine({ type: 'playing' });
  it.run(2);
  it.done();
  return it;
}

describe('starting', () => {
  test('opens the source where it is told to and plays when frames advance', () => {
    const it = stage();
    it.send({ type: 'load', source, startAt: 12, autoplay: true });
    expect(it.view()).toMatchObject({ phase: 'loading', position: 12 });
    expect(it.done()).toEqual([{ type: 'open', source }]);
    it.moveTo(12);
    it.stand(1);
    expect(it.view().phase).toBe('loading');
    it.run(0.5);
    expect(it.view()).toMatchObject({ phase: 'playing', position: 12.5 });
    it.send({ type: 'stop' });
    expect(it.spans()).toEqual(['12-12.5 leave']);
  });

  test('without events of the engine, by the position alone', () => {
    const it = stage();
    it.send({ type: 'load', source, startAt: 0, autoplay: true });
    it.stand(0.25);
    it.run(1);
    expect(it.view().phase).toBe('playing');
    it.stand(2);
    expect(it.view().phase).toBe('buffering');
    it.run(1);
    expect(it.view().phase).toBe('playing');
    expect(it.spans()).toEqual(['0-1 stall']);
  });

  test('refused by the browser: paused until a key', () => {
    const it = stage();
    it.send({ type: 'load', source, startAt: 0, autoplay: true });
    it.engine({ type: 'refused' });
    expect(it.view()).toMatchObject({ phase: 'paused', needsKey: true });
    it.done();
    it.send({ type: 'toggle' });
    expect(it.view()).toMatchObject({ phase: 'loading', needsKey: false, pausedBy: null });
    expect(it.done()).toEqual([{ type: 'play' }]);
  });

  test('opened paused it stays so', () => {
    const it = stage();
    it.send({ type: 'load', source, startAt: 0, autoplay: false });
    it.engine({ type: 'ready' });
    expect(it.view()).toMatchObject({ phase: 'paused', pausedBy: 'viewer' });
    it.send({ type: 'play' });
    expect(it.view().phase).not.toBe('paused');
  });

  test('another lesson closes the first, at the same rate', () => {
    const it = playing();
    it.send({ type: 'set-rate', rate: 1.5 });
    it.done();
    it.send({ type: 'load', source: { ...source, url: 'next' }, startAt: 0, autoplay: true });
    expect(it.done().map((effect) => effect.type)).toEqual(['close', 'open']);
    expect(it.view()).toMatchObject({ phase: 'loading', duration: 0, rate: 1.5 });
    expect(it.spans()).toEqual(['0-2 rate']);
  });
});

describe('pausing', () => {
  test('answers at once and counts to the very moment', () => {
    const it = playing();
    it.moveTo(2.125);
    it.send({ type: 'toggle' });
    expect(it.view()).toMatchObject({ phase: 'paused', pausedBy: 'viewer', position: 2.125 });
    expect(it.done()).toEqual([{ type: 'pause' }]);
    expect(it.spans()).toEqual(['0-2.125 pause']);
    it.send({ type: 'toggle' });
    expect(it.view()).toMatchObject({ phase: 'playing', pausedBy: null });
  });

  test('a long pause is not taken for play nor for a stall', () => {
    const it = playing();
    it.send({ type: 'pause' });
    it.stand(600);
    it.send({ type: 'play' });
    it.stand(0.25);
    expect(it.view().phase).toBe('playing');
    it.run(1);
    it.send({ type: 'stop' });
    expect(it.spans()).toEqual(['0-2 pause', '2-3 leave']);
  });

  test('a hidden page pauses, and a box that pauses by itself is believed', () => {
    const hidden = playing();
    hidden.send({ type: 'hidden' });
    expect(hidden.view()).toMatchObject({ phase: 'paused', pausedBy: 'hidden' });
    expect(hidden.spans()).toEqual(['0-2 hidden']);
    const box = playing();
    box.engine({ type: 'paused' });
    expect(box.view()).toMatchObject({ phase: 'paused', pausedBy: 'box' });
  });

  test('pausing twice, or with nothing open, does nothing', () => {
    const it = playing();
    it.send({ type: 'pause' });
    const view = it.view();
    it.done();
    it.send({ type: 'pause' });
    it.send({ type: 'hidden' });
    expect(it.view()).toBe(view);
    expect(it.done()).toEqual([]);
    const idle = stage();
    for (const type of [
      'play',
      'pause',
      'toggle',
      'seek-commit',
      'say-again',
      'retry',
      'stop',
      'tick',
    ] as const) {
      idle.send({ type });
    }
    expect(idle.view()).toBe(idlePlayback.view);
  });
});

describe('seeking', () => {
  test('aims while held, plays on meanwhile, jumps once', () => {
    const it = playing();
    it.send({ type: 'seek-by', direction: 1 });
    it.send({ type: 'seek-by', direction: 1 });
    expect(it.view()).toMatchObject({ phase: 'playing', preview: 22 });
    it.run(0.5);
    it.send({ type: 'seek-by', direction: 1 });
    expect(it.view().preview).toBe(32);
    expect(it.done().every((effect) => effect.type === 'commit-later')).toBe(true);
    it.send({ type: 'seek-commit' });
    expect(it.view()).toMatchObject({ phase: 'seeking', preview: null, position: 32 });
    expect(it.done()).toEqual([{ type: 'commit-cancel' }, { type: 'seek', position: 32 }]);
    it.send({ type: 'seek-commit' });
    expect(it.done()).toEqual([]);
    it.moveTo(32);
    it.stand(3);
    expect(it.view()).toMatchObject({ phase: 'seeking', position: 32 });
    it.engine({ type: 'seeked' });
    it.stand(0.25);
    expect(it.view().phase).toBe('playing');
    it.run(1);
    it.send({ type: 'stop' });
    expect(it.spans()).toEqual(['0-2.5 seek', '32-33 leave']);
  });

  test('a second press before the picture came counts from the first target', () => {
    const it = playing();
    it.send({ type: 'seek-to', position: 50 });
    it.send({ type: 'seek-by', direction: -1 });
    expect(it.view().preview).toBe(40);
  });

  test('an engine slow to jump counts what it really plays, then the new place', () => {
    const it = playing();
    it.send({ type: 'seek-to', position: 50 });
    it.run(0.5);
    it.moveTo(50);
    it.run(1);
    it.send({ type: 'stop' });
    expect(it.spans()).toEqual(['0-2 seek', '2.25-2.5 seek', '50.25-51 leave']);
  });

  test('from a pause stays paused at the new place', () => {
    const it = playing();
    it.send({ type: 'pause' });
    it.send({ type: 'seek-to', position: 50 });
    expect(it.view()).toMatchObject({ phase: 'paused', position: 50 });
    it.moveTo(50);
    it.engine({ type: 'seeked' });
    expect(it.view()).toMatchObject({ phase: 'paused', position: 50 });
    it.send({ type: 'play' });
    it.run(1);
    it.send({ type: 'stop' });
    expect(it.spans()).toEqual(['0-2 pause', '50-51 leave']);
  });

  test('say it again goes back 20 s and plays on from a pause', () => {
    const it = playing();
    it.run(28);
    it.send({ type: 'pause' });
    it.done();
    it.send({ type: 'say-again' });
    expect(it.view()).toMatchObject({ phase: 'seeking', position: 10, pausedBy: null });
    expect(it.done()).toEqual([{ type: 'seek', position: 10 }, { type: 'play' }]);
    const early = playing();
    early.send({ type: 'say-again' });
    expect(early.view().position).toBe(0);
  });

  test('after the end it plays again from where it is sent, OK from the beginning', () => {
    const it = playing();
    it.engine({ type: 'ended' });
    it.done();
    it.send({ type: 'toggle' });
    expect(it.view()).toMatchObject({ phase: 'seeking', position: 0 });
    expect(it.done()).toEqual([{ type: 'seek', position: 0 }, { type: 'play' }]);
  });

  test('a jump of the engine itself ends the span even when it is short', () => {
    const it = playing();
    it.moveTo(2.6);
    it.engine({ type: 'jumped' });
    it.run(1);
    it.send({ type: 'stop' });
    expect(it.spans()).toEqual(['0-2 seek', '2.6-3.6 leave']);
  });
});

describe('while it plays', () => {
  test('waiting shows and closes the span', () => {
    const it = playing();
    it.engine({ type: 'waiting' });
    expect(it.view().phase).toBe('buffering');
    it.stand(5);
    it.engine({ type: 'playing' });
    it.run(1);
    it.engine({ type: 'ended' });
    expect(it.view().phase).toBe('ended');
    expect(it.spans()).toEqual(['0-2 stall', '2-3 end']);
  });

  test('another rate starts another span, without a gap', () => {
    const it = playing();
    it.send({ type: 'set-rate', rate: 1.5 });
    expect(it.done()).toEqual([{ type: 'rate', rate: 1.5 }]);
    it.run(2, 1.5);
    it.send({ type: 'set-rate', rate: 1.5 });
    it.send({ type: 'stop' });
    expect(it.spans()).toEqual(['0-2 rate', '2-5 leave']);
  });

  test('a corrected length shows', () => {
    const it = playing();
    it.engine({ type: 'duration', duration: 30 });
    it.send({ type: 'seek-to', position: 99 });
    expect(it.view()).toMatchObject({ duration: 30, position: 30 });
  });

  test('trouble shows while the engine fights it and goes when frames advance', () => {
    const it = playing();
    it.engine({ type: 'error', error: { ...broken, fatal: false } });
    expect(it.view()).toMatchObject({ phase: 'playing', trouble: { tag: 'P-NET-0' } });
    const view = it.view();
    it.engine({ type: 'error', error: { ...broken, fatal: false } });
    expect(it.view()).toBe(view);
    it.run(0.25);
    expect(it.view().trouble).toBeNull();
  });

  test('a fatal error closes the span and frees the engine; a retry goes on where it stopped', () => {
    const it = playing();
    it.send({ type: 'seek-by', direction: 1 });
    it.done();
    it.engine({ type: 'error', error: broken });
    expect(it.view()).toMatchObject({ phase: 'error', error: { tag: 'P-NET-0' }, preview: null });
    expect(it.done()).toEqual([{ type: 'close' }, { type: 'commit-cancel' }]);
    it.send({ type: 'play' });
    it.engine({ type: 'playing' });
    expect(it.view().phase).toBe('error');
    it.send({ type: 'retry' });
    expect(it.view()).toMatchObject({ phase: 'loading', error: null, position: 2 });
    expect(it.done()).toEqual([{ type: 'open', source }]);
    expect(it.spans()).toEqual(['0-2 error']);
  });

  test('subtitles come bit by bit, each once, in order', () => {
    const it = playing();
    const cue = (start: number) => ({ start, end: start + 1, text: `c${start}` });
    it.engine({ type: 'subtitle-tracks', tracks: [{ id: 3, label: '中文', language: 'zh' }], selected: 3 });
    it.engine({ type: 'cues', track: 3, cues: [cue(5), cue(1)] });
    it.engine({ type: 'cues', track: 3, cues: [cue(1), cue(3)] });
    it.engine({ type: 'cues', track: 9, cues: [cue(7)] });
    expect(it.view().subtitles.cues.map((each) => each.start)).toEqual([1, 3, 5]);
    const known = it.view();
    it.engine({ type: 'cues', track: 3, cues: [cue(3)] });
    expect(it.view()).toBe(known);
    it.done();
    it.send({ type: 'select-subtitles', id: null });
    expect(it.view().subtitles).toMatchObject({ selected: null, cues: [] });
    expect(it.done()).toEqual([{ type: 'subtitles', id: null }]);
  });
});
