import type { Static } from 'typebox';
import type { LessonKind } from '../catalogue/types.ts';
import type { policyBookSchema } from './policy-schema.ts';

/** The county's `policy.json`: all rules it ever had, by date. */
export type PolicyBook = Static<typeof policyBookSchema>;
/** The rules in force over one span of time. */
export type Policy = PolicyBook['policies'][number];
export type StudyMode = Policy['dutyModes'][number];
/** When evidence C is looked at by a person. */
export type ReviewPolicy = NonNullable<Policy['review']>;
/** How far boxes are believed. */
export type Trust = NonNullable<Policy['trust']>;

/**
 * Holds where a policy says nothing of it.
 *
 * Budget: the design's figures; three days to upload carry a month's backlog over a bad line. Before the
 * first contact: a month, the time from setting up a box to its first network in remote homes, and on each day
 * as much as one person can earn at most, so that no honest day is cut; what a forged new box can claim is
 * bounded by the same figures and marked C. Online: checkpoints leave every 60 s, so a nonce is some 60 s old
 * when it comes back, and the first and last half minute of a session travel without one.
 */
export const defaultTrust: Trust = {
  budget: { factor: 1.05, slackSeconds: 60, uploadDays: 3 },
  beforeContact: { days: 31, daySeconds: 21600 },
  overlapSeconds: 15,
  online: { slackSeconds: 60, nonceSeconds: 180, unprovenSeconds: 120, unprovenShare: 0.2 },
};

export function trustOf({ trust }: Policy): Trust {
  return trust ?? defaultTrust;
}

/**
 * Holds where a policy says nothing of it: a quarter of the year, and nothing below two hours, so that a first evening
 * entered on paper troubles nobody.
 */
export const defaultReview: ReviewPolicy = { share: 0.25, fromSeconds: 7200 };

export function reviewPolicyOf({ review }: Policy): ReviewPolicy {
  return review ?? defaultReview;
}

/** The rules of a day (`YYYY-MM-DD`); of a day before the first policy, the first. */
export function policyOn(book: PolicyBook, day: string): Policy {
  const inOrder = [...book.policies].sort((a, b) => (a.from < b.from ? -1 : 1));
  let found = inOrder[0]!;
  for (const policy of inOrder) if (policy.from <= day) found = policy;
  return found;
}

/** The fastest rate at which play of such a lesson counts. */
export function maxRate(policy: Policy, kind: LessonKind): number {
  return policy.maxRate[kind];
}

/** Minutes without a key after which a TV forgets who was picked to watch. */
export function guestAfterMinutes(book: PolicyBook, day: string): number {
  return policyOn(book, day).guestAfterMinutes ?? 180;
}

/**
 * What counted seconds are worth in 学时, to four decimals.
 *
 * @param seconds counted play of one lesson in one period.
 */
export function hoursFor(seconds: number, { minutesPerHour, steps }: Policy): number {
  if (!steps) return Math.round((seconds / 60 / minutesPerHour) * 1e4) / 1e4;
  return steps.reduce(
    (hours, step) => (seconds >= step.minutes * 60 ? Math.max(hours, step.hours) : hours),
    0,
  );
}

/** A sum of hours as the policy wants it shown. */
export function roundHours(hours: number, { rounding }: Policy): number {
  const units = hours / rounding.to;
  // A sum of decimals may fall short of a whole unit by a hair.
  const whole = rounding.way === 'down' ? Math.floor(units + 1e-6) : Math.round(units);
  return Math.round(whole * rounding.to * 1e4) / 1e4;
}
