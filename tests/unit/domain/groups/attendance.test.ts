import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arrivalByCode,
  arrive,
  depart,
  playedWhilePresent,
  sawBetween,
  type Play,
  type Span,
} from '../../../../src/domain/groups/attendance.ts';
import { subtract, totalSeconds, union } from '../../../../src/domain/watching/ranges.ts';

const play = (start: number, end: number, at: number, rate = 1): Play => ({ start, end, at, rate });

describe('who checks in with a code', () => {
  const plays = [play(0, 40, 10), play(40, 100, 70)];

  it('is there from when the code came on the screen', () => {
    expect([0, 60, 130, 140].map((codeAt) => arrivalByCode(plays, codeAt))).toEqual([0, 60, 130, 140]);
  });

  it('cannot have seen it while the picture moved', () => {
    expect([10, 40, 80].map((codeAt) => arrivalByCode(plays, codeAt))).toEqual([50, 50, 130]);
  });
});

describe('what an attendee saw', () => {
  const plays = [play(0, 40, 10), play(40, 100, 70)];

  it('is all of it for whoever stayed', () => {
    expect(playedWhilePresent(plays, [{ from: 0, to: null }])).toEqual([{ start: 0, end: 100 }]);
  });

  it('lacks what was shown before somebody came and after they left', () => {
    expect(playedWhilePresent(plays, [{ from: 30, to: 80 }])).toEqual([{ start: 20, end: 50 }]);
    expect(sawBetween(plays, [{ from: 30, to: 80 }])).toEqual({ start: 30, end: 80 });
  });

  it('lacks the middle for whoever went out and came back', () => {
    const spans = [
      { from: 0, to: 20 },
      { from: 100, to: null },
    ];
    expect(playedWhilePresent(plays, spans)).toEqual([
      { start: 0, end: 10 },
      { start: 70, end: 100 },
    ]);
  });

  it('goes by the content at another speed', () => {
    expect(playedWhilePresent([play(0, 60, 0, 1.5)], [{ from: 20, to: null }])).toEqual([
      { start: 30, end: 60 },
    ]);
  });

  it('is nothing for whoever was there only while nothing was shown', () => {
    expect(playedWhilePresent(plays, [{ from: 50, to: 70 }])).toEqual([]);
    expect(sawBetween(plays, [{ from: 50, to: 70 }])).toBeUndefined();
  });

  it('is never more than was shown, nor longer than they were there', () => {
    const figure = fc.integer({ min: 0, max: 1000 });
    const plays = fc.array(
      fc.tuple(figure, figure, figure).map(([start, length, at]) => play(start, start + length + 1, at)),
      { maxLength: 6 },
    );
    const spans = fc.array(
      fc.tuple(figure, figure).map(([from, stay]): Span => ({ from, to: from + stay })),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(plays, spans, (some, stays) => {
        const seen = playedWhilePresent(some, stays);
        expect(totalSeconds(subtract(seen, union(some)))).toBe(0);
        const there = totalSeconds(union(stays.map(({ from, to }) => ({ start: from, end: to! }))));
        // Each second of presence shows at most one second of each play.
        expect(totalSeconds(seen)).toBeLessThanOrEqual(there * some.length + 1e-6);
      }),
    );
  });
});

describe('coming and going', () => {
  it('makes one stay of coming twice, and none of one that took no time', () => {
    const twice = arrive(arrive([], 5), 9);
    expect(twice).toEqual([{ from: 5, to: null }]);
    expect(depart(twice, 5)).toEqual([]);
    expect(arrive(depart(twice, 20), 30)).toEqual([
      { from: 5, to: 20 },
      { from: 30, to: null },
    ]);
  });
});
