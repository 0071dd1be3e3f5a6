import type { LessonKind } from '../catalogue/types.ts';
import { union } from '../watching/ranges.ts';
import type { Range } from '../watching/watch-events.ts';
import { acceptSession, type AcceptedSession, type SessionTerms } from './accept-session.ts';
import { spendBudget, type BoxBudget } from './box-budget.ts';
import type { SessionEvidence } from './evidence.ts';
import { localDate } from './local-date.ts';
import { policyOn, trustOf, type PolicyBook } from './policy.ts';
import { addSlots, mapSlots, type Slots } from './slots.ts';

/** What the service has decided of a session when its parts came in; stays decided. Plain data. */
export interface Admission {
  /** When the service first heard of the box; `null` where no box brought the session. */
  since: number | null;
  /** Seconds of the box's time granted, and refused, by slot; `null` where no box brought the session. */
  granted: Slots | null;
  refused: Slots;
  /** Time at which the person was elsewhere, milliseconds since 1970. */
  taken: readonly Range[];
}

export interface AdmissionStep {
  accepted: AcceptedSession;
  /** What is now decided; `undefined` when nothing new was to be decided. */
  decided?: { admission: Admission; asked: Slots; granted: Slots };
  /** The box's budget after it. */
  budget: BoxBudget | undefined;
}

const nothing: Admission = { since: null, granted: null, refused: {}, taken: [] };

/**
 * Judges a session of which something has just come in. What it newly asks of its box's time is granted as far
 * as the budget goes; what is refused stays refused, so that a claim made too early does not ripen.
 *
 * @param budget of the box that brought it; `undefined` for one of the county's programs.
 * @param elsewhere tells of accepted play when the person was elsewhere, milliseconds since 1970.
 * @param now milliseconds since 1970 by the service's clock.
 */
export function admitSession(
  evidence: SessionEvidence,
  { kind, book }: { kind: LessonKind; book: PolicyBook },
  earlier: Admission | undefined,
  budget: BoxBudget | undefined,
  elsewhere: (session: AcceptedSession) => readonly Range[],
  now: number,
): AdmissionStep {
  const before = earlier ?? nothing;
  const since = before.since ?? budget?.since ?? null;
  const asIs: SessionTerms = { ...(since === null ? {} : { since }), taken: before.taken };
  const first = acceptSession(evidence, kind, book, asIs);
  const taken = union(before.taken, elsewhere(first));
  const moreTaken = JSON.stringify(taken) !== JSON.stringify(before.taken);
  const wanted = moreTaken ? acceptSession(evidence, kind, book, { ...asIs, taken }) : first;
  const under = (admission: Admission): AcceptedSession =>
    covers(admission.granted, wanted.asked)
      ? wanted
      : acceptSession(evidence, kind, book, termsOf(admission));

  const limit = before.granted ?? (budget ? {} : null);
  const asked =
    limit && budget
      ? mapSlots(wanted.asked, (seconds, slot) => seconds - (limit[slot] ?? 0) - (before.refused[slot] ?? 0))
      : {};
  if (Object.keys(asked).length === 0 && !moreTaken)
    return { accepted: under({ ...before, since, granted: limit }), budget };

  const trust = trustOf(policyOn(book, localDate(now, book.timeZone)));
  const spent = budget && limit ? spendBudget(budget, asked, now, trust, book.timeZone) : undefined;
  const granted = spent?.granted ?? {};
  const refused = mapSlots(asked, (seconds, slot) => seconds - (granted[slot] ?? 0));
  const admission: Admission = {
    since,
    granted: limit && addSlots(limit, granted),
    refused: addSlots(before.refused, refused),
    taken,
  };
  return {
    accepted: under(admission),
    decided: { admission, asked, granted },
    budget: spent?.budget ?? budget,
  };
}

/** What a decided admission means for its session. */
export function termsOf({ since, granted, taken }: Admission): SessionTerms {
  return { ...(since === null ? {} : { since }), ...(granted ? { granted } : {}), taken };
}

/** Whether all that was asked for is granted. */
function covers(granted: Slots | null, asked: Slots): boolean {
  return granted === null || Object.keys(asked).every((slot) => (granted[slot] ?? 0) >= asked[slot]!);
}
