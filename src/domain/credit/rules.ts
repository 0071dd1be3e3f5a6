import { totalSeconds } from '../watching/ranges.ts';
import type { AcceptedSession } from './accept-session.ts';
import type { LessonFacts } from './evidence.ts';
import type { Policy } from './policy.ts';

/**
 * One rule's verdict. `figure` and `limit` are in the rule's own unit, told by its function here; the words
 * for people are made from the rule's name in the locales.
 */
export interface RuleResult {
  rule: RuleName;
  passed: boolean;
  figure: number;
  limit: number;
}

export const ruleNames = [
  'coverage',
  'wall-clock',
  'rate',
  'overlap',
  'box-budget',
  'session-minimum',
  'lesson-day-cap',
  'day-cap',
  'once',
  'nonce',
  'catalogue',
] as const;

export type RuleName = (typeof ruleNames)[number];

/** Rules without which nothing counts; the others take away only what is over their limit. */
export const decisiveRules: readonly RuleName[] = ['coverage', 'session-minimum'];

/** Seconds that may be missing at the two ends of a lesson played from first to last frame. */
const EDGES = 1;

/** Shares of the lesson, 0 to 1: played, and needed. */
export function coverageRule(played: number, threshold: number): RuleResult {
  return result('coverage', played, threshold, played >= threshold);
}

/** Seconds: refused because the box's clock cannot hold them, of none allowed. */
export function wallClockRule(sessions: readonly AcceptedSession[]): RuleResult {
  const refused = sum(sessions.map(({ refusedByClock }) => refusedByClock));
  return result('wall-clock', refused, 0, refused === 0);
}

/** Playing rates: the fastest used (nothing played above the limit counts), and the fastest allowed. */
export function rateRule(sessions: readonly AcceptedSession[], fastest: number): RuleResult {
  const used = Math.max(0, ...sessions.map(({ fastestRate }) => fastestRate));
  return result('rate', used, fastest, used <= fastest);
}

/** Seconds: refused because the person was somewhere else at the time, of none allowed. */
export function overlapRule(sessions: readonly AcceptedSession[]): RuleResult {
  const refused = sum(sessions.map(({ refusedByOverlap }) => refusedByOverlap));
  return result('overlap', refused, 0, refused === 0);
}

/** Seconds: refused because the box had not the time for them, by the service's clock, of none allowed. */
export function boxBudgetRule(sessions: readonly AcceptedSession[]): RuleResult {
  const refused = sum(sessions.map(({ refusedByBudget }) => refusedByBudget));
  return result('box-budget', refused, 0, refused === 0);
}

/** Checkpoints that came with somebody else's nonce or a used one, of none allowed; it lowers the grade only. */
export function nonceRule(sessions: readonly AcceptedSession[]): RuleResult {
  const wrong = sum(sessions.map(({ wrongNonces }) => wrongNonces));
  return result('nonce', wrong, 0, wrong === 0);
}

/**
 * Lessons of this id in the county's catalogue, and how many there must be for better evidence than a box's word. It
 * is told only of a lesson that is not there, and lowers the grade only.
 */
export function catalogueRule({ unlisted }: LessonFacts): RuleResult[] {
  return unlisted ? [result('catalogue', 0, 1, false)] : [];
}

/**
 * Seconds: played in the registration, and the least that counts. A short lesson, of which so much cannot be
 * asked, asks for its threshold's share.
 */
export function sessionMinimumRule(
  played: number,
  { length, threshold }: LessonFacts,
  policy: Policy,
): RuleResult {
  const minimum = policy.caps.sessionMinimumSeconds;
  const whole = length ?? Infinity;
  const share = (whole > minimum ? undefined : threshold) ?? policy.threshold;
  const limit = Math.max(0, Math.min(minimum, whole * share - EDGES));
  return result('session-minimum', played, limit, played >= limit);
}

/** Seconds of the lesson played on its busiest day, and the most that counts. */
export function lessonDayCapRule(days: ReadonlyMap<string, number>, policy: Policy): RuleResult {
  const most = Math.max(0, ...days.values());
  const limit = policy.caps.lessonDaySeconds;
  return result('lesson-day-cap', most, limit, most <= limit);
}

/** Seconds of all the person's lessons on the busiest day, this one's included, and the most that counts. */
export function dayCapRule(
  days: ReadonlyMap<string, number>,
  creditedByDay: Readonly<Record<string, number>>,
  policy: Policy,
): RuleResult {
  const totals = [...days].map(([day, seconds]) => seconds + (creditedByDay[day] ?? 0));
  const most = Math.max(0, ...totals);
  const limit = policy.caps.daySeconds;
  return result('day-cap', most, limit, most <= limit);
}

/** Seconds played again after the lesson had been credited in this period, and how many of them count: none. */
export function onceRule(later: readonly AcceptedSession[]): RuleResult {
  const again = sum(later.map(({ days }) => sum(days.map(({ ranges }) => totalSeconds(ranges)))));
  return result('once', again, 0, again === 0);
}

function result(rule: RuleName, figure: number, limit: number, passed: boolean): RuleResult {
  return { rule, passed, figure: thousandths(figure), limit: thousandths(limit) };
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0);
}

function thousandths(figure: number): number {
  return Math.round(figure * 1000) / 1000;
}
