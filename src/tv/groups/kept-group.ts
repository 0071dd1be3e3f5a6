import {
  newGroupSession,
  reopened,
  type GroupPlan,
  type GroupSession,
} from '../../domain/groups/group-session.ts';
import type { KeptAnchor } from '../study/rows.ts';
import type { Stamp } from '../study/clock.ts';

/** What was chosen the last time, to be offered again. */
export interface LastChoice {
  host: string;
  /** Id of the playlist; `null` for the farm talk of the month. */
  playlist: string | null;
}

/** What a box keeps of its evening, so that it goes on after a power cut as if nothing had been. */
export interface KeptEvening {
  session: GroupSession;
  /** Session seconds when it was written. */
  seconds: number;
  anchors: readonly KeptAnchor[];
}

export interface KeptGroups {
  evening?: KeptEvening;
  last?: LastChoice;
}

/** Seconds of session time that a restart is put down to at least: what was told before is never told again. */
const RESTART = 1;

/** An evening that begins now. */
export function newEvening(plan: GroupPlan, stamp: Stamp): KeptEvening {
  return {
    session: newGroupSession(plan),
    seconds: 0,
    anchors: [{ seconds: 0, stamp, lastMono: stamp.mono }],
  };
}

/** The evening as a new start of the box finds it: its seconds go on where they were. */
export function foundAgain({ session, seconds, anchors }: KeptEvening, stamp: Stamp): KeptEvening {
  const from = Math.max(session.seconds, seconds) + RESTART;
  return {
    session: reopened(session),
    seconds: from,
    anchors: [...anchors, { seconds: from, stamp, lastMono: stamp.mono }],
  };
}

/** The evening as it is to be written now. @param stampOf the moment `mono` as well as it is known by now */
export function written(
  { anchors }: KeptEvening,
  session: GroupSession,
  seconds: number,
  mono: number,
  stampOf: (mono: number) => Stamp,
): KeptEvening {
  const current = anchors[anchors.length - 1]!;
  return {
    session,
    seconds,
    anchors: [...anchors.slice(0, -1), { ...current, stamp: stampOf(current.stamp.mono), lastMono: mono }],
  };
}

/** Whether what was found on the disk is what this program writes. */
export function isKeptGroups(value: unknown): value is KeptGroups {
  return typeof value === 'object' && value !== null;
}
