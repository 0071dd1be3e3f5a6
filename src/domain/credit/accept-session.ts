import type { LessonKind } from '../catalogue/types.ts';
import { subtract, totalSeconds, union } from '../watching/ranges.ts';
import type { Range } from '../watching/watch-events.ts';
import type { EvidenceLink, SessionEvidence } from './evidence.ts';
import { localDate } from './local-date.ts';
import { maxRate, policyOn, type PolicyBook } from './policy.ts';

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
  fastestRate: number;
  /** Whether the service itself saw the time of the session go by. */
  online: boolean;
}

/** How far the service's clock may show less than the session's before the session was not online, seconds. */
const ONLINE_SLACK = 60;

/**
 * Goes along a session's chain of evidence and accepts what each link newly claims as far as the box's
 * monotonic clock since the link before can hold it. What is over is clipped from the end of the claim and
 * stays refused for the session. One allowance of slack serves the whole chain: it fills up again with time
 * that was not played, so that many small links claim no more than one large one.
 *
 * Source: the design's rule "new seconds in a checkpoint <= monotonic delta x max rate x 1.05 + 15 s".
 */
export function acceptSession(
  { sessionId, links: unordered }: SessionEvidence,
  kind: LessonKind,
  book: PolicyBook,
): AcceptedSession {
  const links = inOrder(unordered);
  const times = wallClockTimes(links);
  const startedAt = times[0] ?? 0;
  const policy = policyOn(book, localDate(startedAt, book.timeZone));
  const { factor, slackSeconds } = policy.wallClock;
  const fastest = maxRate(policy, kind);

  let claimed: Range[] = [];
  let budget = slackSeconds;
  let refusedByClock = 0;
  let refusedByRate = 0;
  const days: { day: string; ranges: Range[] }[] = [];

  links.forEach((link, index) => {
    const previous = links[index - 1];
    const passed = previous?.bootId === link.bootId ? link.mono - previous.mono : 0;
    budget = Math.min(budget, slackSeconds) + passed * fastest * factor;
    const fresh = subtract(link.segments, claimed);
    claimed = union(claimed, link.segments);
    if ((link.rate ?? 0) > fastest) {
      refusedByRate += totalSeconds(fresh);
      return;
    }
    const accepted = firstSeconds(fresh, budget);
    budget -= totalSeconds(accepted);
    refusedByClock += totalSeconds(fresh) - totalSeconds(accepted);
    if (accepted.length === 0) return;
    const day = localDate(times[index]!, book.timeZone);
    const last = days[days.length - 1];
    if (last?.day === day) last.ranges = union(last.ranges, accepted);
    else days.push({ day, ranges: accepted });
  });

  return {
    sessionId,
    startedAt,
    lastAt: Math.max(startedAt, ...times),
    begun: links.some(({ source }) => source === 'initialized'),
    closed: links.some(({ source }) => source === 'terminated'),
    days,
    claimed,
    refusedByClock: thousandths(refusedByClock),
    refusedByRate: thousandths(refusedByRate),
    fastestRate: Math.max(0, ...links.map(({ rate }) => rate ?? 0)),
    online: seenOnline(links),
  };
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
 * plus the monotonic time since, or when it came in. Never before the link it follows.
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
    times.push(Math.max(known, times[times.length - 1] ?? 0));
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

function seenOnline(links: readonly EvidenceLink[]): boolean {
  const received = links.map(({ receivedAt }) => receivedAt);
  if (received.length === 0 || received.some((at) => at === undefined)) return false;
  const arrivals = received as number[];
  const monos = links.map(({ mono }) => mono);
  const oneBoot = links.every(({ bootId }) => bootId === links[0]!.bootId);
  const byService = (Math.max(...arrivals) - Math.min(...arrivals)) / 1000;
  return oneBoot && Math.max(...monos) - Math.min(...monos) <= byService + ONLINE_SLACK;
}

function thousandths(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
