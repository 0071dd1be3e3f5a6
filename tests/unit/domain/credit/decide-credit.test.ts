import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideCredit } from '../../../../src/domain/credit/decide-credit.ts';
import type { PolicyBook } from '../../../../src/domain/credit/policy.ts';
import type { RuleName } from '../../../../src/domain/credit/rules.ts';
import { totalSeconds, union } from '../../../../src/domain/watching/ranges.ts';
import { book, lesson, noon, policy, viewing } from './samples.ts';

const reason = (decision: ReturnType<typeof decideCredit>, name: RuleName) =>
  decision.reasons.find(({ rule }) => rule === name);

const earned = (byDay: Record<string, number>) => ({ byDay, lessonYears: [] });

describe('decideCredit', () => {
  test('credits what was played of a completed lesson', () => {
    const decision = decideCredit({ lesson: lesson(1800), sessions: [viewing('s', 0, 1783)] }, book);
    expect(decision).toMatchObject({
      status: 'credited',
      playedSeconds: 1783,
      creditedSeconds: 1783,
      creditedByDay: { '2026-11-20': 1783 },
      hours: 0.6604,
      decidingSession: 's',
      settled: true,
      policyFrom: '2026-01-01',
    });
    expect(decision.reasons.every(({ passed }) => passed)).toBe(true);
  });

  test('below the threshold nothing counts, and the rule says how far it got', () => {
    const decision = decideCredit({ lesson: lesson(1800), sessions: [viewing('s', 0, 900)] }, book);
    expect(decision).toMatchObject({ status: 'in-progress', creditedSeconds: 0, hours: 0 });
    expect(reason(decision, 'coverage')).toEqual({
      rule: 'coverage',
      passed: false,
      figure: 0.5,
      limit: 0.9,
    });
  });

  test('a lesson of 20 s can earn', () => {
    const decision = decideCredit({ lesson: lesson(20), sessions: [viewing('s', 0.08, 20)] }, book);
    expect(decision).toMatchObject({ status: 'credited', creditedSeconds: 19.92 });
  });

  test('a viewing cut in two by a power cut adds up', () => {
    const sessions = [
      viewing('s1', 0, 90),
      viewing('s2', 85, 180, { startedAt: noon + 600_000, bootId: 'boot-2', mono: 5 }),
    ];
    const decision = decideCredit({ lesson: lesson(180), sessions }, book);
    expect(decision).toMatchObject({ status: 'credited', creditedSeconds: 180 });
  });

  test('what is played after the credit earns nothing more', () => {
    const sessions = [viewing('s1', 0, 56), viewing('s2', 0, 60, { startedAt: noon + 600_000 })];
    const decision = decideCredit({ lesson: lesson(60), sessions }, book);
    expect(decision).toMatchObject({ creditedSeconds: 56, decidingSession: 's1', settled: true });
    expect(reason(decision, 'once')).toEqual({ rule: 'once', passed: false, figure: 60, limit: 0 });
  });

  test('a second registration for the same lesson and year earns nothing', () => {
    const evidence = { lesson: lesson(60), sessions: [viewing('s', 0, 60)] };
    const decision = decideCredit(evidence, book, { byDay: {}, lessonYears: [2026] });
    expect(decision).toMatchObject({ status: 'not-counted', creditedSeconds: 0, period: 2026 });
    expect(reason(decision, 'once')).toMatchObject({ passed: false, figure: 60 });
    expect(decideCredit(evidence, book, { byDay: {}, lessonYears: [2025] }).status).toBe('credited');
  });

  test('is not settled while the deciding session may still go on', () => {
    const { sessionId, links } = viewing('s', 0, 58);
    const open = { sessionId, links: links.filter(({ source }) => source !== 'terminated') };
    expect(decideCredit({ lesson: lesson(60), sessions: [open] }, book)).toMatchObject({
      status: 'credited',
      settled: false,
    });
  });

  test('an over-claimed completion is not counted and says why', () => {
    const { sessionId, links } = viewing('s', 0, 1800);
    const hasty = { sessionId, links: links.map((link) => ({ ...link, mono: 100 + (link.mono % 2) })) };
    const decision = decideCredit({ lesson: lesson(1800), sessions: [hasty] }, book);
    expect(decision).toMatchObject({ status: 'not-counted', creditedSeconds: 0 });
    expect(reason(decision, 'wall-clock')?.passed).toBe(false);
  });

  test('a lesson of unknown length waits', () => {
    const decision = decideCredit({ lesson: lesson(null), sessions: [viewing('s', 0, 600)] }, book);
    expect(decision).toMatchObject({ status: 'in-progress', creditedSeconds: 0 });
  });

  test("the lesson's own threshold overrides the policy's", () => {
    const evidence = { lesson: lesson(1800, { threshold: 0.5 }), sessions: [viewing('s', 0, 900)] };
    expect(decideCredit(evidence, book)).toMatchObject({ status: 'credited', threshold: 0.5 });
  });

  test('two minutes are the least, but for short lessons', () => {
    const short = { lesson: lesson(600, { threshold: 0.1 }), sessions: [viewing('s', 0, 60)] };
    const decision = decideCredit(short, book);
    expect(decision.status).toBe('not-counted');
    expect(reason(decision, 'session-minimum')).toMatchObject({ passed: false, figure: 60, limit: 120 });
    // A lesson a little over two minutes is not lost between two rules.
    expect(decideCredit({ lesson: lesson(125), sessions: [viewing('s', 0, 113)] }, book).status).toBe(
      'credited',
    );
  });

  test('caps take away what is over them, and only that', () => {
    const long = decideCredit({ lesson: lesson(7200), sessions: [viewing('s', 0, 7200)] }, book);
    expect(long).toMatchObject({ status: 'credited', playedSeconds: 7200, creditedSeconds: 3600 });
    expect(reason(long, 'lesson-day-cap')).toMatchObject({ passed: false, figure: 7200, limit: 3600 });

    const evidence = { lesson: lesson(1800), sessions: [viewing('s', 0, 1800)] };
    const tired = decideCredit(evidence, book, earned({ '2026-11-20': 21000, '2026-11-19': 99999 }));
    expect(tired).toMatchObject({ status: 'credited', creditedSeconds: 600 });
    expect(reason(tired, 'day-cap')).toMatchObject({ passed: false, figure: 22800, limit: 21600 });
    expect(decideCredit(evidence, book, earned({ '2026-11-20': 21600 }))).toMatchObject({
      status: 'not-counted',
    });
  });

  test('play before a session that the TV no longer has counts', () => {
    const sessions = [viewing('s', 300, 600)];
    const before = [{ start: 0, end: 305 }];
    expect(decideCredit({ lesson: lesson(600), sessions }, book).status).toBe('in-progress');
    expect(decideCredit({ lesson: lesson(600), sessions, before }, book)).toMatchObject({
      status: 'credited',
      creditedSeconds: 600,
    });
  });

  test('the rules of the day of study hold', () => {
    const dated: PolicyBook = {
      ...book,
      policies: [
        { ...policy, from: '2027-01-01', minutesPerHour: 60, threshold: 0.8 },
        {
          ...policy,
          steps: [
            { minutes: 15, hours: 0.5 },
            { minutes: 30, hours: 1 },
          ],
        },
      ],
    };
    const on = (day: string, until: number) =>
      decideCredit(
        {
          lesson: lesson(1800),
          sessions: [viewing('s', 0, until, { startedAt: Date.parse(`${day}T12:00:00+08:00`) })],
        },
        dated,
      );
    expect(on('2026-12-31', 1800)).toMatchObject({ hours: 1, policyFrom: '2026-01-01' });
    expect(on('2026-12-31', 1500).status).toBe('in-progress');
    expect(on('2027-01-01', 1500)).toMatchObject({ hours: 0.4167, policyFrom: '2027-01-01' });
  });

  const some = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 170 }), fc.integer({ min: 1, max: 180 })), {
      minLength: 1,
      maxLength: 6,
    })
    .map((spans) =>
      spans.map(([from, long], index) =>
        viewing(`s${index}`, from, Math.min(180, from + long), {
          startedAt: noon + index * 3_600_000,
          mono: index * 3600,
        }),
      ),
    );

  test('never credits more than was played, whatever the caps', () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 22_000 }), (sessions, already) => {
        const history = earned({ '2026-11-20': already });
        const decision = decideCredit({ lesson: lesson(180), sessions }, book, history);
        const truth = union(...sessions.flatMap(({ links }) => links.map(({ segments }) => segments)));
        expect(decision.creditedSeconds).toBeLessThanOrEqual(totalSeconds(truth) + 1e-3);
        expect(decision.creditedSeconds + already).toBeLessThanOrEqual(Math.max(21_600, already));
        if (decision.status !== 'credited') expect(decision.hours).toBe(0);
      }),
    );
  });

  test('does not depend on the order of sessions', () => {
    const shuffled = some.chain((sessions) =>
      fc.tuple(
        fc.constant(sessions),
        fc.shuffledSubarray(sessions, { minLength: sessions.length, maxLength: sessions.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([sessions, others]) => {
        expect(decideCredit({ lesson: lesson(180), sessions: others }, book)).toEqual(
          decideCredit({ lesson: lesson(180), sessions }, book),
        );
      }),
    );
  });
});

test('a lesson that the catalogue does not know counts as evidence C, and the reason is told', () => {
  const sessions = [viewing('s', 0, 600)];
  const known = decideCredit({ lesson: lesson(600), sessions }, book);
  const unlisted = decideCredit({ lesson: lesson(600, { unlisted: true }), sessions }, book);
  expect([known.evidence, reason(known, 'catalogue')]).toEqual(['B', undefined]);
  expect([unlisted.status, unlisted.evidence, unlisted.hours]).toEqual(['credited', 'C', known.hours]);
  expect(reason(unlisted, 'catalogue')).toMatchObject({ passed: false, figure: 0, limit: 1 });
});
