import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { totalSeconds } from '../../../../src/domain/watching/ranges.ts';
import {
  newWatchSession,
  sessionCoverage,
  watchSession,
  type WatchEffect,
  type WatchSession,
  type WatchSessionEvent,
} from '../../../../src/domain/watching/watch-session.ts';

const terms = { length: 100, threshold: 0.9, maxRate: 1.5, before: [] };

function run(
  events: readonly WatchSessionEvent[],
  from: WatchSession = newWatchSession(terms, false),
): { session: WatchSession; effects: WatchEffect[]; seconds: number } {
  let session = from;
  const effects: WatchEffect[] = [];
  for (const event of events) {
    const next = watchSession(session, event);
    session = next.session;
    effects.push(...next.effects);
  }
  return { session, effects, seconds: totalSeconds(session.played) };
}

/** News every half second of play at `rate`, from `position` on, for `wall` seconds from `at` on. */
function play(at: number, position: number, wall: number, rate = 1): WatchSessionEvent[] {
  const events: WatchSessionEvent[] = [{ type: 'started', at, position, rate }];
  for (let t = 0.5; t <= wall; t += 0.5)
    events.push({ type: 'moved', at: at + t, position: position + t * rate });
  return events;
}

const stopped = (at: number, position: number): WatchSessionEvent => ({
  type: 'stopped',
  at,
  position,
  why: 'pause',
});

describe('a watch session', () => {
  it('counts straight play', () => {
    const { session, seconds } = run([...play(1000, 0, 20), stopped(1020.2, 20.2)]);
    expect(seconds).toBeCloseTo(20.2);
    expect(session.position).toBe(20.2);
    expect(sessionCoverage(session)).toBeCloseTo(0.202);
  });

  it('counts nothing between stopped and started', () => {
    const { seconds } = run([
      ...play(0, 0, 10),
      stopped(10, 10),
      { type: 'moved', at: 40, position: 40 },
      ...play(50, 40, 5),
      stopped(55, 45),
    ]);
    expect(seconds).toBe(15);
  });

  it('does not count a seek that was not announced, forward or backward', () => {
    const { session } = run([
      ...play(0, 0, 10),
      { type: 'moved', at: 10.5, position: 60 },
      { type: 'moved', at: 11, position: 60.5 },
      { type: 'moved', at: 11.5, position: 30 },
      { type: 'moved', at: 12, position: 30.5 },
    ]);
    expect(session.played).toEqual([
      { start: 0, end: 10 },
      { start: 30, end: 30.5 },
      { start: 60, end: 60.5 },
    ]);
  });

  it('does not count the jump in a stop that already names the target of the seek', () => {
    const { session } = run([...play(0, 0, 10), { type: 'stopped', at: 10.2, position: 95, why: 'seek' }]);
    expect(session.played).toEqual([{ start: 0, end: 10 }]);
    expect(session.position).toBe(95);
  });

  it('does not count a long silence, whatever the position says', () => {
    const { session } = run([
      ...play(0, 0, 10),
      { type: 'moved', at: 40, position: 40 },
      { type: 'moved', at: 41, position: 41 },
    ]);
    expect(session.played).toEqual([
      { start: 0, end: 10 },
      { start: 40, end: 41 },
    ]);
  });

  it('counts by content time up to the fastest rate and nothing above it', () => {
    expect(run([...play(0, 0, 20, 1.5)]).seconds).toBe(30);
    expect(run([...play(0, 0, 20, 2)]).seconds).toBe(0);
    const both = run([...play(0, 0, 10, 2), stopped(10, 20), ...play(10, 20, 10), stopped(20, 30)]);
    expect(both.session.played).toEqual([{ start: 20, end: 30 }]);
  });

  it('counts a loop once', () => {
    const once = [...play(0, 10, 5), stopped(5, 15)];
    const again = [...play(5, 10, 5), stopped(10, 15)];
    expect(run([...once, ...again]).seconds).toBe(5);
  });

  it('is announced at its first frame and closed once, with nothing after', () => {
    const { effects, session } = run([
      ...play(3, 0, 2),
      stopped(5, 2),
      ...play(9, 2, 1),
      { type: 'finished', at: 12 },
      { type: 'finished', at: 13 },
      ...play(14, 3, 5),
    ]);
    expect(effects).toEqual([
      { type: 'initialized', at: 3 },
      { type: 'closed', at: 12 },
    ]);
    expect(totalSeconds(session.played)).toBe(3);
  });

  it('of which no frame was seen leaves no trace', () => {
    expect(
      run([
        { type: 'moved', at: 1, position: 1 },
        { type: 'finished', at: 2 },
      ]).effects,
    ).toEqual([]);
  });

  it('has a checkpoint for every 30 s of play, not of pause', () => {
    const { effects } = run([
      ...play(0, 0, 20),
      stopped(20, 20),
      ...play(500, 20, 45),
      stopped(545, 65),
      { type: 'finished', at: 546 },
    ]);
    expect(effects.filter(({ type }) => type === 'checkpoint')).toEqual([
      { type: 'checkpoint', at: 510, seq: 1, rate: 1 },
      { type: 'checkpoint', at: 540, seq: 2, rate: 1 },
    ]);
  });

  it('completes once, when coverage reaches the threshold', () => {
    const { effects, session } = run([...play(0, 0, 100), stopped(100, 100), ...play(100, 0, 50)]);
    expect(effects.filter(({ type }) => type === 'completed')).toEqual([{ type: 'completed', at: 90 }]);
    expect(session.completed).toBe(true);
  });

  it('completes with what earlier sessions of the registration played, unless they had completed it', () => {
    const watched = { ...terms, before: [{ start: 0, end: 80 }] };
    const rest = [...play(0, 75, 25), stopped(25, 100)];
    expect(run(rest, newWatchSession(watched, false)).effects).toContainEqual({ type: 'completed', at: 15 });
    expect(run(rest, newWatchSession(watched, true)).effects.map(({ type }) => type)).toEqual([
      'initialized',
    ]);
  });

  it('does not complete by position alone', () => {
    const { effects } = run([
      ...play(0, 0, 2),
      stopped(2, 2),
      ...play(2, 97, 3),
      { type: 'stopped', at: 5, position: 100, why: 'end' },
      { type: 'finished', at: 6 },
    ]);
    expect(effects.map(({ type }) => type)).toEqual(['initialized', 'closed']);
  });

  it('is plain data and goes on after a round trip through storage', () => {
    const half = run(play(0, 0, 40)).session;
    const kept = JSON.parse(JSON.stringify(half)) as WatchSession;
    expect(kept).toEqual(half);
    const { effects } = run([{ type: 'finished', at: kept.lastAt }], kept);
    expect(effects).toEqual([{ type: 'closed', at: 40 }]);
  });
});

describe('whatever is reported', () => {
  const news = fc.record({
    type: fc.constantFrom('started' as const, 'moved' as const, 'stopped' as const),
    after: fc.double({ min: 0, max: 12, noNaN: true }),
    position: fc.double({ min: 0, max: 130, noNaN: true }),
    rate: fc.constantFrom(0.5, 1, 1.25, 1.5, 2, 16),
  });
  /** Positions near the last one, so that many of them pass for play. */
  const nearNews = fc
    .array(fc.tuple(news, fc.boolean(), fc.double({ min: -0.2, max: 3, noNaN: true })), { maxLength: 200 })
    .map((items) => {
      let position = 0;
      return items.map(([item, near, step]) => {
        position = near ? Math.max(0, position + step) : item.position;
        return { ...item, after: near ? item.after / 6 : item.after, position };
      });
    });

  it('never more than the wall clock times the rate counts, and never more than the length', () => {
    fc.assert(
      fc.property(nearNews, (items) => {
        let at = 0;
        let rate = 0;
        let most = 0;
        const events = items.map((item): WatchSessionEvent => {
          most += rate * item.after;
          at += item.after;
          if (item.type === 'started') rate = item.rate <= terms.maxRate ? item.rate : 0;
          if (item.type === 'stopped') rate = 0;
          return { type: item.type, at, position: item.position, rate: item.rate, why: 'pause' };
        });
        const { session, seconds } = run(events);
        expect(seconds).toBeLessThanOrEqual(most + 1e-6);
        expect(seconds).toBeLessThanOrEqual(terms.length + 1e-6);
        expect(session.played.every(({ start, end }) => start >= 0 && end <= terms.length)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('honest play counts within a second of the truth, however jittery the news', () => {
    const interval = fc.double({ min: 0.25, max: 1, noNaN: true });
    /** How much later than the position the clock is read. */
    const late = fc.double({ min: 0, max: 0.2, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(interval, late), { minLength: 1, maxLength: 400 }),
        fc.constantFrom(1, 1.25, 1.5),
        (news, rate) => {
          const events: WatchSessionEvent[] = [{ type: 'started', at: 7, position: 0, rate }];
          let wall = 0;
          for (const [step, delay] of news) {
            wall += step;
            events.push({ type: 'moved', at: 7 + wall + delay, position: wall * rate });
          }
          events.push({ type: 'stopped', at: 7.2 + wall, position: wall * rate, why: 'pause' });
          const truth = Math.min(wall * rate, 600);
          const { seconds } = run(events, newWatchSession({ ...terms, length: 600 }, false));
          expect(Math.abs(seconds - truth)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('a kill loses at most 30 s of what was played since the last checkpoint', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 99, noNaN: true }), (until) => {
        let kept = newWatchSession(terms, false);
        let session = kept;
        for (const event of play(0, 0, until)) {
          const next = watchSession(session, event);
          session = next.session;
          if (next.effects.some(({ type }) => type === 'checkpoint')) kept = session;
        }
        const lost = totalSeconds(session.played) - totalSeconds(kept.played);
        expect(lost).toBeGreaterThanOrEqual(0);
        expect(lost).toBeLessThanOrEqual(30);
      }),
    );
  });
});
