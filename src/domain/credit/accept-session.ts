import type { LessonKind } from '../catalogue/types.ts';
import { subtract, totalSeconds, union } from '../watching/ranges.ts';
import type { Range } from '../watching/watch-events.ts';
import type { Evidence } from './decide-credit.ts';
import type { EvidenceLink, SessionEvidence } from './evidence.ts';
import { localDate } from './local-date.ts';
import { maxRate, policyOn, trustOf, type PolicyBook, type Trust } from './policy.ts';
import { mapSlots, SINCE, type Slots } from './slots.ts';

/** What of a watch session is believed. */
export interface AcceptedSession {
  sessionId: string;
  /** Milliseconds since 1970, best known. */
  startedAt: number;
  lastAt: number;
  /** Whether its `initialized` statement is there. */
  begun: boolean;
  /** Whether its `terminated` statement is there: nothing of the session follows. */
  closed: boolean;
  /** Accepted play by local day, in the order in which it happened; a second of content is in one day only. */
  days: readonly { day: string; ranges: readonly Range[] }[];
  /** All that the session says was played. */
  claimed: readonly Range[];
  /** Seconds refused because the clock says that they cannot have been played. */
  refusedByClock: number;
  /** Seconds refused because they were played too fast. */
  refusedByRate: number;
  /** Seconds refused because the person was elsewhere at the time. */
  refusedByOverlap: number;
  /** Seconds refused because the box had not the time for them, by the service's clock. */
  refusedByBudget: number;
  fastestRate: number;
  /** Time of the box that the accepted play and the play refused by the budget take, by slot. */
  asked: Slots;
  /** When the accepted play went on: milliseconds since 1970, sorted, disjoint. */
  spans: readonly Range[];
  /** Whether those times can be compared with another box's. */
  timed: boolean;
  /** Starts of the box in which it played. */
  boots: readonly string[];
  /** Checkpoints whose nonce was made for somebody else or used before. */
  wrongNonces: number;
  /** Seconds accepted from before the service first heard of the box. */
  beforeContact: number;
  /** Whether the service itself saw the time of the session go by, and who it was that spoke to it. */
  online: boolean;
  /** The least that a link says it is worth; left out if none says so. */
  grade?: Evidence;
}

/** What is known of a session beside its own evidence. All of it left out, the session is judged alone. */
export interface SessionTerms {
  /** When the service first heard of the box, milliseconds since 1970; play before it has slots by day. */
  since?: number;
  /** Seconds of the box's time that were granted to the session, by slot; not limited if left out. */
  granted?: Slots;
  /** Time at which the person was elsewhere, milliseconds since 1970: sorted, disjoint. */
  taken?: readonly Range[];
}

/** Less than a thousandth of a second is rounding. */
const ROUNDING = 0.001;
/** Pieces of play closer than this are one, milliseconds. */
const SAME_SPAN = 1000;

/**
 * Goes along a session's chain of evidence and accepts what each link newly claims as far as the box's
 * monotonic clock since the link before can hold it. What is over is clipped from the end of the claim and
 * stays refused for the session. One allowance of slack serves the whole chain: it fills up again with time
 * that was not played, so that many small links claim no more than one large one.
 *
 * Then play at a time that is taken counts in the share of the time that is free, and what is left is accepted
 * as far as the box's time was granted.
 *
 * Source: the design's rules "new seconds in a checkpoint <= monotonic delta x max rate x 1.05 + 15 s" and "one
 * person, one place".
 */
export function acceptSession(
  { sessionId, links: unordered }: SessionEvidence,
  kind: LessonKind,
  book: PolicyBook,
  { since, granted, taken = [] }: SessionTerms = {},
): AcceptedSession {
  const links = inOrder(unordered);
  const times = wallClockTimes(links);
  const startedAt = times[0] ?? 0;
  const policy = policyOn(book, localDate(startedAt, book.timeZone));
  const { factor, slackSeconds } = policy.wallClock;
  const trust = trustOf(policy);
  const fastest = maxRate(policy, kind);

  const bounded = new Set(links.filter((link) => link.bounded).map(({ bootId }) => bootId));
  let claimed: Range[] = [];
  let budget = slackSeconds;
  let tolerance = trust.overlapSeconds;
  const refused = { clock: 0, rate: 0, overlap: 0, budget: 0 };
  const asked: Record<string, number> = {};
  const used: Record<string, number> = {};
  const days: { day: string; ranges: Range[] }[] = [];
  let spans: Range[] = [];
  let proven = 0;
  let beforeContact = 0;

  links.forEach((link, index) => {
    const previous = links[index - 1];
    const passed = previous?.bootId === link.bootId ? link.mono - previous.mono : 0;
    budget = Math.min(budget, slackSeconds) + passed * fastest * factor;
    const fresh = subtract(link.segments, claimed);
    claimed = union(claimed, link.segments);
    if (totalSeconds(fresh) === 0) return;
    if ((link.rate ?? 0) > fastest) {
      refused.rate += totalSeconds(fresh);
      return;
    }
    const at = times[index]!;
    const possible = firstSeconds(fresh, budget);
    const seconds = totalSeconds(possible);
    budget -= seconds;
    refused.clock += totalSeconds(fresh) - seconds;
    if (seconds === 0) return;

    const rate = Math.max(1, link.rate ?? 1);
    const played = { start: at - (seconds / rate) * 1000, end: at };
    const elsewhere = (totalSeconds([played]) - totalSeconds(subtract([played], taken))) / 1000;
    const tolerated = Math.min(elsewhere, tolerance);
    tolerance -= tolerated;
    const here = firstSeconds(possible, seconds - (elsewhere - tolerated) * rate);
    refused.overlap += seconds - totalSeconds(here);

    const slot = slotOf(at, bounded.has(link.bootId), since, trust, book.timeZone);
    const pace = Math.max(1, link.rate ?? fastest);
    asked[slot] = (asked[slot] ?? 0) + totalSeconds(here) / pace;
    const limit = granted ? (granted[slot] ?? 0) : Infinity;
    const room = limit > 0 ? limit + ROUNDING - (used[slot] ?? 0) : 0;
    const accepted = firstSeconds(here, room * pace);
    const counts = totalSeconds(accepted);
    used[slot] = (used[slot] ?? 0) + counts / pace;
    refused.budget += totalSeconds(here) - counts;
    if (counts === 0) return;

    if (link.nonce === 'right') proven += counts;
    if (slot !== SINCE) beforeContact += counts;
    const free = elsewhere > tolerated ? subtract([played], taken) : [played];
    spans = joined(union(spans, free));
    const day = localDate(at, book.timeZone);
    const last = days[days.length - 1];
    if (last?.day === day) last.ranges = union(last.ranges, accepted);
    else days.push({ day, ranges: accepted });
  });

  const total = days.reduce((sum, { ranges }) => sum + totalSeconds(ranges), 0);
  return {
    sessionId,
    startedAt,
    lastAt: Math.max(startedAt, ...times),
    begun: links.some(({ source }) => source === 'initialized'),
    closed: links.some(({ source }) => source === 'terminated'),
    days,
    claimed,
    refusedByClock: thousandths(refused.clock),
    refusedByRate: thousandths(refused.rate),
    refusedByOverlap: thousandths(refused.overlap),
    refusedByBudget: belowRounding(refused.budget) ? 0 : thousandths(refused.budget),
    fastestRate: Math.max(0, ...links.map(({ rate }) => rate ?? 0)),
    asked: mapSlots(asked, (seconds) => seconds),
    spans,
    timed: bounded.size === 0,
    boots: [...new Set(links.map(({ bootId }) => bootId))].sort(),
    wrongNonces: links.filter(({ nonce }) => nonce === 'wrong' || nonce === 'reused').length,
    beforeContact: thousandths(beforeContact),
    online: seenOnline(links, trust) && isProven(total - proven, total, trust),
    ...leastGrade(links),
  };
}

/**
 * Play before the service first heard of the box goes by its day. A time that is only bounded by that first
 * contact, of a box whose clock was not set, comes out a moment after it.
 */
function slotOf(
  at: number,
  bounded: boolean,
  since: number | undefined,
  { budget: { slackSeconds } }: Trust,
  timeZone: string,
): string {
  if (since === undefined) return SINCE;
  const before = bounded ? at <= since + slackSeconds * 1000 : at < since;
  return before ? localDate(Math.min(at, since), timeZone) : SINCE;
}

function leastGrade(links: readonly EvidenceLink[]): { grade?: Evidence } {
  const grades = links.reduce<Evidence[]>((all, { grade }) => (grade ? [...all, grade] : all), []).sort();
  const grade = grades[grades.length - 1];
  return grade ? { grade } : {};
}

/** Whether nonces vouch for the play, but for so much as travels without one in any session. */
function isProven(unproven: number, total: number, { online }: Trust): boolean {
  return unproven <= Math.max(online.unprovenSeconds, online.unprovenShare * total);
}

/** By the box's clock; a later boot after an earlier one. The same whatever order the links arrived in. */
function inOrder(links: readonly EvidenceLink[]): EvidenceLink[] {
  const boots = new Map<string, EvidenceLink[]>();
  for (const link of links) boots.set(link.bootId, [...(boots.get(link.bootId) ?? []), link]);
  const lowest = (boot: EvidenceLink[], figure: (link: EvidenceLink) => number | undefined): number =>
    Math.min(...boot.map((link) => figure(link) ?? Infinity));
  const inBoot = (a: EvidenceLink, b: EvidenceLink): number =>
    a.mono - b.mono ||
    place[a.source] - place[b.source] ||
    (a.seq ?? 0) - (b.seq ?? 0) ||
    totalSeconds(a.segments) - totalSeconds(b.segments);
  return [...boots.entries()]
    .sort(
      ([aId, a], [bId, b]) =>
        compare(
          lowest(a, ({ source }) => place[source]),
          lowest(b, ({ source }) => place[source]),
        ) ||
        compare(
          lowest(a, ({ seq }) => seq),
          lowest(b, ({ seq }) => seq),
        ) ||
        compare(
          lowest(a, ({ at }) => at),
          lowest(b, ({ at }) => at),
        ) ||
        (aId < bId ? -1 : 1),
    )
    .reduce<EvidenceLink[]>((all, [, boot]) => [...all, ...boot.sort(inBoot)], []);
}

const place = { initialized: 0, checkpoint: 1, completed: 2, paused: 3, terminated: 4 } as const;

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/**
 * When each link happened: its own time, or that of the nearest earlier link of the same boot that has one
 * plus the monotonic time since, or when it came in. Never after it came in, nor before the link it follows.
 */
function wallClockTimes(links: readonly EvidenceLink[]): number[] {
  const times: number[] = [];
  for (const link of links) {
    const reference =
      links.find(({ bootId, at }) => bootId === link.bootId && at !== undefined) ??
      links.find(({ at }) => at !== undefined);
    const known =
      link.at ??
      (reference?.at === undefined
        ? link.receivedAt
        : reference.bootId === link.bootId
          ? reference.at + (link.mono - reference.mono) * 1000
          : reference.at) ??
      0;
    times.push(Math.max(Math.min(known, link.receivedAt ?? Infinity), times[times.length - 1] ?? 0));
  }
  return times;
}

/** The ranges' first `seconds` seconds. */
function firstSeconds(ranges: readonly Range[], seconds: number): Range[] {
  const taken: Range[] = [];
  let left = seconds;
  for (const { start, end } of ranges) {
    if (left <= 0) break;
    taken.push({ start, end: Math.min(end, start + left) });
    left -= end - start;
  }
  return taken;
}

function seenOnline(links: readonly EvidenceLink[], { online: { slackSeconds } }: Trust): boolean {
  const received = links.map(({ receivedAt }) => receivedAt);
  if (received.length === 0 || received.some((at) => at === undefined)) return false;
  const arrivals = received as number[];
  const monos = links.map(({ mono }) => mono);
  const oneBoot = links.every(({ bootId }) => bootId === links[0]!.bootId);
  const byService = (Math.max(...arrivals) - Math.min(...arrivals)) / 1000;
  return oneBoot && Math.max(...monos) - Math.min(...monos) <= byService + slackSeconds;
}

/** Spans with those that almost touch made one. */
function joined(spans: readonly Range[]): Range[] {
  const all: Range[] = [];
  for (const span of spans) {
    const last = all[all.length - 1];
    if (last && span.start - last.end <= SAME_SPAN) last.end = span.end;
    else all.push({ ...span });
  }
  return all;
}

function belowRounding(seconds: number): boolean {
  return seconds < 2 * ROUNDING;
}

function thousandths(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
