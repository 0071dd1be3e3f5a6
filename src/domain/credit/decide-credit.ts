import { coverage, subtract, totalSeconds, union } from '../watching/ranges.ts';
import type { Range } from '../watching/watch-events.ts';
import { acceptSession, type AcceptedSession } from './accept-session.ts';
import { noHistory, type CreditHistory, type LessonEvidence, type LessonFacts } from './evidence.ts';
import { localDate, localYear } from './local-date.ts';
import { hoursFor, maxRate, policyOn, trustOf, type PolicyBook } from './policy.ts';
import {
  boxBudgetRule,
  catalogueRule,
  coverageRule,
  dayCapRule,
  decisiveRules,
  lessonDayCapRule,
  nonceRule,
  onceRule,
  overlapRule,
  rateRule,
  sessionMinimumRule,
  wallClockRule,
  type RuleResult,
} from './rules.ts';

/**
 * A: the service saw the time of all counting sessions go by itself. B: reported later, within the rules. C: it
 * rests on somebody's word: a person's, or that of a box from before the service knew it or of a lesson that the
 * catalogue does not know.
 */
export type Evidence = 'A' | 'B' | 'C';

/** What one person's study of one lesson in one period is worth, and why. */
export interface CreditDecision {
  /** `not-counted`: there was enough play by the TV's account, but a rule stands against it. */
  status: 'credited' | 'in-progress' | 'not-counted';
  /** Accepted play, sorted and disjoint. */
  segments: Range[];
  /** Seconds of accepted play, each second of the lesson once. */
  playedSeconds: number;
  /** Share of the lesson, 0 to 1. */
  coverage: number;
  threshold: number;
  /** Seconds that count; 0 unless credited. */
  creditedSeconds: number;
  /** The counting seconds by local day. */
  creditedByDay: Record<string, number>;
  /** 学时, four decimals. */
  hours: number;
  reasons: RuleResult[];
  /** Last accepted play, milliseconds since 1970; 0 if there is none. */
  lastAt: number;
  /** The session in which the threshold was reached. */
  decidingSession: string | undefined;
  /** Whether nothing more can come of that session, so that its credit can be written down for good. */
  settled: boolean;
  evidence: Evidence;
  /** Credit period: the local year in which the deciding, else the newest, session began. */
  period: number;
  /** Date of the policy it was judged by. */
  policyFrom: string;
}

/**
 * Judges the evidence: accepts what each session can prove ({@link acceptSession}), then
 * {@link decideFromSessions}. The TV shows this as provisional credit.
 */
export function decideCredit(
  { lesson, sessions, before }: LessonEvidence,
  book: PolicyBook,
  history: CreditHistory = noHistory,
): CreditDecision {
  const accepted = sessions.map((session) => acceptSession(session, lesson.kind, book));
  return decideFromSessions(lesson, accepted, book, history, before);
}

/**
 * Adds up sessions in the order of their beginnings until the lesson's threshold is reached; what is played
 * after that session earns nothing more in the period. Depends on nothing but its arguments and not on
 * their order, so that recomputing from the stored sources gives the same.
 */
export function decideFromSessions(
  lesson: LessonFacts,
  unordered: readonly AcceptedSession[],
  book: PolicyBook,
  history: CreditHistory = noHistory,
  before: readonly Range[] = [],
): CreditDecision {
  const sessions = [...unordered].sort(
    (a, b) => a.startedAt - b.startedAt || (a.sessionId < b.sessionId ? -1 : 1),
  );
  const length = lesson.length ?? 0;
  const policyOf = (session: AcceptedSession | undefined) =>
    policyOn(book, localDate(session?.startedAt ?? 0, book.timeZone));

  let played = within(before, length);
  let deciding: AcceptedSession | undefined;
  const counting: AcceptedSession[] = [];
  const days = new Map<string, number>();
  if (played.length > 0 && sessions[0])
    days.set(localDate(sessions[0].startedAt, book.timeZone), totalSeconds(played));
  for (const session of sessions) {
    counting.push(session);
    for (const { day, ranges } of session.days) {
      const fresh = subtract(within(ranges, length), played);
      played = union(played, fresh);
      days.set(day, (days.get(day) ?? 0) + totalSeconds(fresh));
    }
    if (coverage(played, length) >= (lesson.threshold ?? policyOf(session).threshold)) {
      deciding = session;
      break;
    }
  }
  const later = sessions.slice(counting.length);
  const policy = policyOf(deciding ?? sessions[sessions.length - 1]);
  const threshold = lesson.threshold ?? policy.threshold;
  const period = localYear((deciding ?? sessions[sessions.length - 1])?.startedAt ?? 0, book.timeZone);
  const creditedElsewhere = history.lessonYears.includes(period);
  const playedSeconds = thousandths(totalSeconds(played));
  const share = coverage(played, length);

  const reasons = [
    coverageRule(share, threshold),
    wallClockRule(counting),
    rateRule(counting, maxRate(policy, lesson.kind)),
    overlapRule(counting),
    boxBudgetRule(counting),
    sessionMinimumRule(playedSeconds, lesson, policy),
    lessonDayCapRule(days, policy),
    dayCapRule(days, history.byDay, policy),
    onceRule(creditedElsewhere ? [...counting, ...later] : later),
    nonceRule(counting),
    ...catalogueRule(lesson),
  ];
  const passes =
    !creditedElsewhere && reasons.every(({ rule, passed }) => passed || !decisiveRules.includes(rule));

  const credited: Record<string, number> = {};
  if (passes)
    for (const [day, seconds] of days) {
      const room = Math.max(0, policy.caps.daySeconds - (history.byDay[day] ?? 0));
      const counts = thousandths(Math.min(seconds, policy.caps.lessonDaySeconds, room));
      if (counts > 0) credited[day] = counts;
    }
  const creditedSeconds = thousandths(Object.values(credited).reduce((sum, seconds) => sum + seconds, 0));
  const claimed = coverage(
    within(union(before, ...counting.map((session) => session.claimed)), length),
    length,
  );

  return {
    status: creditedSeconds > 0 ? 'credited' : claimed >= threshold ? 'not-counted' : 'in-progress',
    segments: played,
    playedSeconds,
    coverage: share,
    threshold,
    creditedSeconds,
    creditedByDay: credited,
    hours: hoursFor(creditedSeconds, policy),
    reasons,
    lastAt: Math.max(0, ...counting.map(({ lastAt }) => lastAt)),
    decidingSession: deciding?.sessionId,
    settled: deciding !== undefined && ((deciding.begun && deciding.closed) || later.length > 0),
    evidence: lesson.unlisted ? 'C' : gradeOf(counting, trustOf(policy).budget.slackSeconds),
    period,
    policyFrom: policy.from,
  };
}

/** @param slack seconds that a new box may have played before it was first heard of: the first frame comes first. */
function gradeOf(sessions: readonly AcceptedSession[], slack: number): Evidence {
  if (sessions.some(({ grade }) => grade === 'C')) return 'C';
  if (sessions.reduce((sum, { beforeContact }) => sum + beforeContact, 0) > slack) return 'C';
  const played = sessions.filter(({ days }) => days.length > 0);
  return played.every(({ grade, online }) => (grade ? grade === 'A' : online)) ? 'A' : 'B';
}

function within(ranges: readonly Range[], length: number): Range[] {
  return ranges
    .map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(end, length) }))
    .filter(({ start, end }) => end > start);
}

function thousandths(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
