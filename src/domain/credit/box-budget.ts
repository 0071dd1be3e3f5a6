import { isDefaultViewer } from '../roster/default-viewer.ts';
import { localDate } from './local-date.ts';
import type { Trust } from './policy.ts';
import { mapSlots, SINCE, type Slots } from './slots.ts';

/**
 * How much time of a box is not accounted for yet: what it may still claim, whatever its own clock says.
 * Plain data; {@link spendBudget} makes the next one.
 */
export interface BoxBudget {
  /** When the service first heard of the box, milliseconds since 1970 by the service's clock. */
  since: number;
  /** When the box last claimed something. */
  lastAt: number;
  /** Seconds left over of gaps between two claims, by the UTC day (days since 1970) that ended them. */
  left: Slots;
  /** Seconds of the slack that are in use; time that passes gives them back. */
  owed: number;
  /** Seconds granted of play before `since`, by local day. */
  before: Slots;
}

const DAY = 86_400_000;

/**
 * Whose time at which box a budget is. People on one sofa watch in the same hour, and each may be credited for
 * it; the box's default viewer, who is nobody of the roster, has the box's own.
 */
export function budgetKey(boxId: string, person: string): string {
  return isDefaultViewer(person) ? boxId : `${boxId} ${person}`;
}

export function newBoxBudget(since: number): BoxBudget {
  return { since, lastAt: since, left: {}, owed: 0, before: {} };
}

/**
 * Grants what the box's time can hold of the seconds it claims at a moment: no more since its last claim
 * than the service's clock shows, times a factor and plus a slack. One slack serves all claims: many small ones
 * get no more than one large one.
 *
 * Source: the design's rule "seconds credited since the box's last contact <= server-time gap x 1.05 + 60 s".
 *
 * @param at milliseconds since 1970 by the service's clock.
 */
export function spendBudget(
  budget: BoxBudget,
  asked: Slots,
  at: number,
  { budget: { factor, slackSeconds, uploadDays }, beforeContact }: Trust,
  timeZone: string,
): { budget: BoxBudget; granted: Slots } {
  const today = Math.floor(at / DAY);
  const passed = (Math.max(0, at - budget.lastAt) / 1000) * factor;
  let owed = Math.max(0, budget.owed - passed);
  const left: Record<string, number> = {};
  for (const [day, seconds] of Object.entries(budget.left))
    if (Number(day) >= today - uploadDays && seconds > 0) left[day] = seconds;
  left[today] = (left[today] ?? 0) + Math.max(0, passed - budget.owed);

  const before = { ...budget.before };
  const earliest = localDate(budget.since - beforeContact.days * DAY, timeZone);
  const granted: Record<string, number> = {};
  for (const [slot, seconds] of Object.entries(asked)) {
    if (slot !== SINCE) {
      const room = slot < earliest ? 0 : beforeContact.daySeconds - (before[slot] ?? 0);
      granted[slot] = thousandths(Math.max(0, Math.min(seconds, room)));
      before[slot] = thousandths((before[slot] ?? 0) + granted[slot]);
      continue;
    }
    let wanted = seconds;
    for (const day of Object.keys(left).sort((a, b) => Number(a) - Number(b))) {
      const taken = Math.min(wanted, left[day]!);
      left[day]! -= taken;
      wanted -= taken;
    }
    const lent = Math.max(0, Math.min(wanted, slackSeconds - owed));
    owed += lent;
    granted[slot] = thousandths(seconds - wanted + lent);
  }
  return {
    budget: {
      since: budget.since,
      lastAt: Math.max(at, budget.lastAt),
      left: mapSlots(left, (seconds) => seconds),
      owed: thousandths(owed),
      before,
    },
    granted,
  };
}

function thousandths(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
