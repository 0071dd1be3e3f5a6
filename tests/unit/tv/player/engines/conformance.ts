import { expect } from 'vitest';
import type { WatchEvent } from '../../../../../src/domain/watching/watch-events.ts';
import { createPlayback, type Playback } from '../../../../../src/tv/player/playback-shell.ts';
import type { OpenEngine } from '../../../../../src/tv/player/player-engine.ts';
import { coveredSeconds, spansOf } from '../../../../e2e/harness/spans.ts';

/** One way of playing to be held against the rules: 30 seconds of film at any address without "missing". */
export interface Subject {
  open: OpenEngine;
  good: string;
  missing: string;
  /** Decoders in use. */
  decoders(): number;
  /** Lets so many seconds pass. */
  pass(seconds: number): Promise<void>;
}

interface Run {
  playback: Playback;
  watch: WatchEvent[];
  /** Seconds that count, by what the engine made the tracker tell. */
  counted: () => number;
  until: (check: () => boolean, patience?: number) => Promise<void>;
}

function begin(subject: Subject, url: string, startAt = 0): Run {
  const watch: WatchEvent[] = [];
  const playback = createPlayback({
    openEngine: subject.open,
    now: () => performance.now() / 1000,
    onWatch: (event) => watch.push(event),
  });
  playback.load({ url, kind: 'hls' }, { startAt });
  return {
    playback,
    watch,
    counted: () => coveredSeconds(spansOf(watch)),
    async until(check, patience = 15) {
      for (let waited = 0; !check(); waited += 0.1) {
        if (waited > patience)
          throw new Error(`never came: ${String(check)} in ${JSON.stringify(playback.state())}`);
        await subject.pass(0.1);
      }
    },
  };
}

const near = (value: number, wanted: number, by: number): void => {
  expect(Math.abs(value - wanted), `${value} is not ${wanted} ± ${by}`).toBeLessThanOrEqual(by);
};

/** What every engine must do, seen through the playback that pages use: events, positions and honest counting. */
export const conformance: readonly [name: string, run: (subject: Subject) => Promise<void>][] = [
  [
    'plays from the beginning, knows its length and counts what is shown',
    async (subject) => {
      const { playback, until, counted } = begin(subject, subject.good);
      await until(() => playback.state().phase === 'playing');
      near(playback.state().position, 0, 1.5);
      const from = playback.state().position;
      await subject.pass(8);
      near(playback.state().position - from, 8, 1.1);
      near(playback.state().duration, 30, 1);
      playback.stop();
      near(counted(), 8, 1.6);
      expect(subject.decoders()).toBe(0);
    },
  ],
  [
    'begins where it is told to',
    async (subject) => {
      const { playback, until, watch } = begin(subject, subject.good, 12);
      await until(() => playback.state().phase === 'playing');
      await subject.pass(3);
      playback.stop();
      near(spansOf(watch)[0]!.start, 12, 1.1);
    },
  ],
  [
    'stands in a pause, counts nothing of it, and goes on there',
    async (subject) => {
      const { playback, until, counted } = begin(subject, subject.good);
      await until(() => playback.state().phase === 'playing');
      await subject.pass(4);
      playback.pause();
      const { position } = playback.state();
      await subject.pass(5);
      expect(playback.state().phase).toBe('paused');
      near(playback.state().position, position, 0.1);
      playback.play();
      await subject.pass(3);
      expect(playback.state().phase).toBe('playing');
      near(playback.state().position, position + 3, 1.2);
      playback.stop();
      near(counted(), 7, 2);
    },
  ],
  [
    'jumps, and never counts what was jumped over',
    async (subject) => {
      const { playback, until, watch, counted } = begin(subject, subject.good);
      await until(() => playback.state().phase === 'playing');
      await subject.pass(2);
      playback.seekTo(20);
      await until(() => playback.state().phase === 'playing' && playback.state().position > 20.5);
      await subject.pass(2);
      playback.stop();
      expect(spansOf(watch).some(({ why }) => why === 'seek')).toBe(true);
      expect(counted()).toBeLessThan(8);
      expect(counted()).toBeGreaterThan(2.5);
    },
  ],
  [
    'jumps out of a pause when it plays on, and not before',
    async (subject) => {
      const { playback, until } = begin(subject, subject.good);
      await until(() => playback.state().phase === 'playing');
      playback.pause();
      playback.seekTo(15);
      await subject.pass(2);
      expect(playback.state()).toMatchObject({ phase: 'paused', position: 15 });
      playback.play();
      await until(() => playback.state().phase === 'playing' && playback.state().position > 15.5);
      expect(playback.state().position).toBeLessThan(18);
      playback.stop();
    },
  ],
  [
    'ends once, having counted it all',
    async (subject) => {
      const { playback, until, watch, counted } = begin(subject, subject.good, 20);
      await until(() => playback.state().phase === 'ended', 25);
      await subject.pass(3);
      near(counted(), 10, 1.6);
      expect(watch.filter((event) => event.type === 'stopped').length).toBe(1);
      playback.stop();
    },
  ],
  [
    'says when the lesson is not there, and counts nothing',
    async (subject) => {
      const { playback, until, watch } = begin(subject, subject.missing);
      await until(() => playback.state().phase === 'error');
      expect(['network', 'not-found']).toContain(playback.state().error!.code);
      expect(watch).toEqual([]);
      expect(subject.decoders()).toBe(0);
    },
  ],
  [
    'is silent once it was left, also while it opens',
    async (subject) => {
      const { playback, watch } = begin(subject, subject.good);
      playback.stop();
      await subject.pass(3);
      expect(playback.state().phase).toBe('idle');
      expect(watch).toEqual([]);
      expect(subject.decoders()).toBe(0);
    },
  ],
];
