import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../../../src/domain/credit/decide-credit.ts';
import { defaultReview, reviewPolicyOf } from '../../../../src/domain/credit/policy.ts';
import { reviewOfYear } from '../../../../src/domain/credit/review.ts';
import { policy } from './samples.ts';

const HOUR = 3600;
/** Entries of a year, one a day. */
const year = (...entries: [evidence: Evidence, hours: number][]) =>
  entries.map(([evidence, hours], day) => ({
    id: `entry ${day}`,
    at: `2026-03-${String(day + 1).padStart(2, '0')}T04:00:00.000Z`,
    creditedSeconds: hours * HOUR,
    evidence,
  }));

describe('evidence C above a share of the year', () => {
  test('a first evening on paper troubles nobody, though it is the whole year', () => {
    expect(reviewOfYear(year(['C', 2]), defaultReview).entries).toEqual([]);
  });

  test('is under review from where the share is passed, oldest first', () => {
    const review = reviewOfYear(year(['C', 2], ['A', 5], ['C', 1], ['B', 3], ['C', 1]), defaultReview);
    expect(review).toEqual({ share: 4 / 12, limit: 0.25, entries: ['entry 4'] });
  });

  test('more study that is vouched for takes it out of the review again', () => {
    const some = [
      ['C', 3],
      ['A', 1],
    ] as [Evidence, number][];
    expect(reviewOfYear(year(...some), defaultReview).entries).toEqual(['entry 0']);
    expect(reviewOfYear(year(...some, ['A', 8]), defaultReview).entries).toEqual([]);
  });

  test('what was taken back is neither weak nor under review', () => {
    expect(reviewOfYear(year(['C', 3], ['C', -3], ['A', 1]), defaultReview).entries).toEqual([]);
  });

  test("the figures are the policy of the day, the product's own where it says nothing", () => {
    expect(reviewPolicyOf(policy)).toBe(defaultReview);
    const strict = reviewPolicyOf({ ...policy, review: { share: 0, fromSeconds: 0 } });
    expect(reviewOfYear(year(['C', 0.1], ['A', 9]), strict).entries).toEqual(['entry 0']);
  });
});
