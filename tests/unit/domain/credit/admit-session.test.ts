import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acceptSession } from '../../../../src/domain/credit/accept-session.ts';
import { admitSession, termsOf, type Admission } from '../../../../src/domain/credit/admit-session.ts';
import { newBoxBudget, type BoxBudget } from '../../../../src/domain/credit/box-budget.ts';
import { timeElsewhere, type OtherSession } from '../../../../src/domain/credit/elsewhere.ts';
import type { EvidenceLink } from '../../../../src/domain/credit/evidence.ts';
import { totalSeconds } from '../../../../src/domain/watching/ranges.ts';
import { book, noon, viewing } from './samples.ts';

const rules = { kind: 'duty', book } as const;
const nowhere = () => [];
const seconds = (session: { days: readonly { ranges: readonly { start: number; end: number }[] }[] }) =>
  session.days.reduce((sum, { ranges }) => sum + totalSeconds(ranges), 0);

describe('admitSession', () => {
  test('refuses for good what the box’s time cannot hold', () => {
    const evidence = viewing('s', 0, 600);
    const first = admitSession(evidence, rules, undefined, newBoxBudget(noon), nowhere, noon + 100_000);
    expect(seconds(first.accepted)).toBeCloseTo(165, 1);
    expect(first.accepted.refusedByBudget).toBeCloseTo(435, 1);
    const later = admitSession(
      evidence,
      rules,
      first.decided!.admission,
      first.budget,
      nowhere,
      noon + 9_000_000,
    );
    expect(later.decided).toBeUndefined();
    expect(seconds(later.accepted)).toBeCloseTo(165, 1);
  });

  test('a program of the county has no box whose time could be short', () => {
    const { accepted, decided } = admitSession(
      viewing('s', 0, 600),
      rules,
      undefined,
      undefined,
      nowhere,
      noon,
    );
    expect([seconds(accepted), decided]).toEqual([600, undefined]);
  });

  test('piece by piece comes to the same as at once, and what was decided gives it again', () => {
    const { links } = viewing('s', 0, 600);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...links], { minLength: links.length, maxLength: links.length }),
        fc.integer({ min: 1, max: 5 }),
        (shuffled, size) => {
          let admission: Admission | undefined;
          let budget: BoxBudget | undefined = newBoxBudget(noon - 3_600_000);
          let there: EvidenceLink[] = [];
          for (let index = 0; index < shuffled.length; index += size) {
            there = [...there, ...shuffled.slice(index, index + size)];
            const evidence = { sessionId: 's', links: there };
            const step = admitSession(evidence, rules, admission, budget, nowhere, noon + 700_000 + index);
            admission = step.decided?.admission ?? admission;
            budget = step.budget;
            const again = acceptSession(evidence, 'duty', book, admission ? termsOf(admission) : {});
            expect(seconds(again)).toBeCloseTo(seconds(step.accepted), 2);
          }
          expect(
            seconds(acceptSession({ sessionId: 's', links: there }, 'duty', book, termsOf(admission!))),
          ).toBe(600);
        },
      ),
    );
  });
});

describe('timeElsewhere', () => {
  const session = { sessionId: 's', startedAt: noon, lastAt: noon + 600_000, timed: true, boots: ['a'] };
  const other = (more: Partial<OtherSession> = {}): OtherSession => ({
    sessionId: 'o',
    boxId: 'b-2',
    startedAt: noon + 300_000,
    receivedAt: noon + 600_000,
    accepted: {
      spans: [{ start: noon + 300_000, end: noon + 400_000 }],
      timed: true,
      boots: ['b'],
      closed: true,
    },
    ...more,
  });
  const taken = (one: OtherSession, now = noon + 600_000) => timeElsewhere(session, 'b-1', [one], now);

  test('is what another session was accepted for', () => {
    expect(taken(other())).toEqual({
      taken: [{ start: noon + 300_000, end: noon + 400_000 }],
      superseded: false,
    });
  });

  test('is all since a newer session on another box began, while that goes on', () => {
    const live = other({ accepted: { ...other().accepted, closed: false } });
    expect(taken(live)).toEqual({
      taken: [{ start: noon + 300_000, end: noon + 600_000 }],
      superseded: true,
    });
    // Of which nothing was heard for long.
    expect(taken(live, noon + 3_600_000).superseded).toBe(false);
    expect(taken({ ...live, boxId: 'b-1' }).superseded).toBe(false);
    expect(taken({ ...live, startedAt: noon - 1 }).superseded).toBe(false);
  });

  test('is not known of a box without a clock, but of one start of it', () => {
    const untimed = { ...other().accepted, timed: false };
    expect(taken(other({ accepted: untimed })).taken).toEqual([]);
    expect(taken(other({ accepted: { ...untimed, boots: ['a'] } })).taken).toHaveLength(1);
    expect(taken(other({ sessionId: 's' })).taken).toEqual([]);
  });
});
