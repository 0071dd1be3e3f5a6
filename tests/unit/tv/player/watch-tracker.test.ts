import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WatchEvent } from '../../../../src/domain/watching/watch-events.ts';
import { closeSpan, newTracker, observe, type Moment } from '../../../../src/tv/player/watch-tracker.ts';

/** Looks at each moment in turn. */
function watch(moments: [at: number, position: number][], rate = 1): WatchEvent[] {
  let tracker = newTracker;
  return moments.flatMap(([at, position]) => {
    const seen = observe(tracker, { at, position }, rate);
    tracker = seen.tracker;
    return seen.events;
  });
}

describe('a span', () => {
  test('opens where the picture was last seen standing, once it advances', () => {
    expect(
      watch([
        [0, 5],
        [1, 5],
        [1.25, 5.2],
      ]),
    ).toEqual([
      { type: 'started', at: 1, position: 5, rate: 1 },
      { type: 'moved', at: 1.25, position: 5.2 },
    ]);
  });

  test('closes at the last advance when the picture stands, although nobody said so', () => {
    const events = watch([
      [0, 0],
      [0.25, 0.25],
      [0.5, 0.25],
      [0.75, 0.25],
      [1.1, 0.25],
    ]);
    expect(events[events.length - 1]).toEqual({ type: 'stopped', at: 0.25, position: 0.25, why: 'stall' });
  });

  test('closes before a hole that was jumped over and opens behind it', () => {
    const events = watch([
      [0, 11.5],
      [0.25, 11.75],
      [0.5, 16.1],
      [0.75, 16.35],
    ]);
    expect(events.map(({ type, position }) => [type, position])).toEqual([
      ['started', 11.5],
      ['moved', 11.75],
      ['stopped', 11.75],
      ['started', 16.1],
      ['moved', 16.35],
    ]);
  });

  test('lasts through a slow look when the picture went on meanwhile', () => {
    expect(
      watch([
        [0, 0],
        [0.25, 0.25],
        [6, 6],
      ]).map((event) => event.type),
    ).toEqual(['started', 'moved', 'moved']);
  });

  test('at 1.5 the content may run 1.5 times the clock, not more', () => {
    expect(
      watch(
        [
          [0, 0],
          [1, 1.5],
          [2, 3],
        ],
        1.5,
      ).some((event) => event.type === 'stopped'),
    ).toBe(false);
    expect(
      watch(
        [
          [0, 0],
          [1, 1],
          [2, 3.1],
        ],
        1,
      ).some((event) => event.type === 'stopped'),
    ).toBe(true);
  });

  test('closed by hand keeps what was played since the last look', () => {
    const first = observe(newTracker, { at: 0, position: 0 }, 1);
    const second = observe(first.tracker, { at: 0.25, position: 0.25 }, 1);
    const closed = closeSpan(second.tracker, { at: 0.4, position: 0.4 }, 1, 'pause');
    expect(closed.events[closed.events.length - 1]).toEqual({
      type: 'stopped',
      at: 0.4,
      position: 0.4,
      why: 'pause',
    });
    expect(closeSpan(closed.tracker, { at: 9, position: 0.4 }, 1, 'leave').events).toEqual([]);
  });
});

test('whatever plays, stands and jumps: never more is told than was played, and little less', () => {
  const piece = fc.oneof(
    fc.record({ kind: fc.constant('play' as const), seconds: fc.double({ min: 0.1, max: 8, noNaN: true }) }),
    fc.record({ kind: fc.constant('stand' as const), seconds: fc.double({ min: 0.1, max: 8, noNaN: true }) }),
    fc.record({ kind: fc.constant('jump' as const), seconds: fc.double({ min: 1.2, max: 40, noNaN: true }) }),
  );
  const looks = fc.array(fc.double({ min: 0.05, max: 0.4, noNaN: true }), { minLength: 20, maxLength: 20 });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), looks, (pieces, gaps) => {
      const film: Moment[] = [{ at: 0, position: 0 }];
      let played = 0;
      for (const { kind, seconds } of pieces) {
        const { at, position } = film[film.length - 1]!;
        if (kind === 'play') played += seconds;
        // A jump takes a moment of its own, so that the position is a function of time.
        film.push({
          at: at + (kind === 'jump' ? 0.001 : seconds),
          position: position + (kind === 'stand' ? 0 : seconds),
        });
      }
      const end = film[film.length - 1]!;
      const moments: Moment[] = [];
      for (let at = 0, i = 0; at < end.at; at += gaps[i++ % gaps.length]!)
        moments.push({ at, position: positionAt(film, at) });
      let tracker = newTracker;
      const events: WatchEvent[] = [];
      for (const moment of moments) {
        const seen = observe(tracker, moment, 1);
        tracker = seen.tracker;
        events.push(...seen.events);
      }
      events.push(...closeSpan(tracker, end, 1, 'leave').events);
      const told = toldSeconds(events);
      const jumps = pieces.filter(({ kind }) => kind === 'jump').length;
      // 0.01 for the rounding of the rows, a nanosecond for that of the sums.
      expect(told).toBeLessThanOrEqual(played + 0.01 + 1e-9);
      expect(told).toBeGreaterThanOrEqual(played - 0.81 * jumps - 0.01);
    }),
    { numRuns: 300 },
  );
});

function positionAt(film: readonly Moment[], at: number): number {
  const i = film.findIndex((moment) => moment.at >= at);
  const b = film[i]!;
  const a = film[i - 1];
  return a ? a.position + ((b.position - a.position) * (at - a.at)) / (b.at - a.at) : b.position;
}

function toldSeconds(events: readonly WatchEvent[]): number {
  let from = 0;
  let total = 0;
  for (const event of events) {
    if (event.type === 'started') from = event.position;
    if (event.type === 'stopped') total += event.position - from;
  }
  return total;
}
