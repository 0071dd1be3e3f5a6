import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newBoxBudget, spendBudget, type BoxBudget } from '../../../../src/domain/credit/box-budget.ts';
import { defaultTrust } from '../../../../src/domain/credit/policy.ts';
import { SINCE, type Slots } from '../../../../src/domain/credit/slots.ts';
import { noon } from './samples.ts';

const zone = 'Asia/Shanghai';
const spend = (budget: BoxBudget, asked: Slots, seconds: number) =>
  spendBudget(budget, asked, noon + seconds * 1000, defaultTrust, zone);
const since = (seconds: number): Slots => ({ [SINCE]: seconds });

describe('spendBudget', () => {
  test('grants what the gap holds, and one slack', () => {
    const { budget, granted } = spend(newBoxBudget(noon), since(1000), 600);
    expect(granted).toEqual(since(600 * 1.05 + 60));
    expect(spend(budget, since(1000), 600).granted).toEqual(since(0));
    // Time gives the slack back before anything else.
    expect(spend(budget, since(1000), 660).granted[SINCE]).toBeCloseTo(60 * 1.05, 3);
  });

  test('word every second gets no more than one word', () => {
    let budget = newBoxBudget(noon);
    let total = 0;
    for (let second = 1; second <= 600; second += 1) {
      const step = spend(budget, since(100), second);
      budget = step.budget;
      total += step.granted[SINCE]!;
    }
    expect(total).toBeCloseTo(600 * 1.05 + 60, 1);
  });

  test('what a long gap leaves over stays open for the days of the upload, and no longer', () => {
    const day = 86_400;
    const month = spend(newBoxBudget(noon), since(3600), 30 * day).budget;
    expect(spend(month, since(100 * 3600), 32 * day).granted).toEqual(since(100 * 3600));
    expect(spend(month, since(200 * 3600), 34 * day).granted[SINCE]).toBeCloseTo(4 * day * 1.05 + 60, 0);
  });

  test('a clock of the service that goes backward gives nothing', () => {
    const { budget } = spend(newBoxBudget(noon), since(600), 600);
    expect(spend(budget, since(600), 0).granted[SINCE]).toBeLessThanOrEqual(60 + 600 * 0.05);
    expect(spend(budget, since(0), 0).budget.lastAt).toBe(noon + 600_000);
  });

  test('play before the box was known has so much a day, for a month', () => {
    const { budget, granted } = spend(
      newBoxBudget(noon),
      { '2026-11-19': 30_000, '2026-10-20': 600, '2026-10-19': 600 },
      5,
    );
    expect(granted).toEqual({ '2026-11-19': 21_600, '2026-10-20': 600, '2026-10-19': 0 });
    expect(spend(budget, { '2026-11-19': 600 }, 9).granted).toEqual({ '2026-11-19': 0 });
  });

  test('never grants more than was asked, nor since any moment more than the time since and the slack', () => {
    const step = fc.record({
      wait: fc.integer({ min: 0, max: 90_000 }),
      asks: fc.integer({ min: 0, max: 90_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let budget = newBoxBudget(noon);
        let at = 0;
        let total = 0;
        for (const { wait, asks } of steps) {
          at += wait;
          const result = spend(budget, since(asks), at);
          budget = JSON.parse(JSON.stringify(result.budget)) as BoxBudget;
          const granted = result.granted[SINCE]!;
          expect(granted).toBeGreaterThanOrEqual(0);
          expect(granted).toBeLessThanOrEqual(asks);
          total += granted;
          expect(total).toBeLessThanOrEqual(at * 1.05 + 60 + 0.01 * steps.length);
        }
      }),
    );
  });

  test('an honest box gets all it asks for, however its words are put together', () => {
    // Plays or not, second for second; reports now and then, all that it has not reported.
    const stretch = fc.record({
      seconds: fc.integer({ min: 1, max: 20_000 }),
      plays: fc.boolean(),
      reports: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 40 }), (stretches) => {
        let budget = newBoxBudget(noon);
        let at = 0;
        let unsaid = 0;
        for (const { seconds, plays, reports } of [
          ...stretches,
          { seconds: 1, plays: false, reports: true },
        ]) {
          at += seconds;
          if (plays) unsaid += seconds;
          if (!reports) continue;
          const result = spend(budget, since(unsaid), at);
          expect(result.granted[SINCE]).toBe(unsaid);
          budget = result.budget;
          unsaid = 0;
        }
      }),
    );
  });
});
