import type { WatchEvent } from '../watching/watch-events.ts';
import { arrivalByCode, arrive, depart, isPresent, sawBetween, type Play, type Span } from './attendance.ts';
import { close, followPlay, nothingShown, type Showing } from './follow-play.ts';

/** Seconds before the point that a power cut left, from which the picture goes on. */
const PRE_ROLL = 5;
export const MOST_GUESTS = 200;

/** A lesson as a session shows it. */
export interface GroupLesson {
  readonly lessonId: string;
  /** UUID of this showing: the `session-id` of its statements. */
  readonly showing: string;
  /** Seconds. */
  readonly length: number;
  readonly threshold: number;
  /** Where the picture stops for the room to talk, in order. */
  readonly discussions: readonly { readonly at: number }[];
  /** Whether the host gets something to read out before it begins. */
  readonly cued: boolean;
}

/** What is fixed when a session is opened. */
export interface GroupPlan {
  /** UUID. */
  readonly id: string;
  /** Hex; the check-in codes follow from it. */
  readonly secret: string;
  readonly room: string;
  /** Person who leads the session. */
  readonly host: string;
  readonly playlist: string | null;
  readonly lessons: readonly GroupLesson[];
  /** Who is expected. */
  readonly roster: readonly string[];
}

export interface Attendee {
  readonly spans: readonly Span[];
  /** Session second of the code they checked in with on a phone. */
  readonly codeAt?: number;
}

/**
 * `roll`: names are called before the first lesson. `cue`: a lesson is announced. `lesson`: it is on the
 * screen. `discussion`: it waits while the room talks. `after`: all is shown. `ended`: the record is made.
 */
export type GroupPhase = 'roll' | 'cue' | 'lesson' | 'discussion' | 'after' | 'ended';

/** A group session so far; plain data, so that it survives a power cut. */
export interface GroupSession {
  readonly plan: GroupPlan;
  readonly phase: GroupPhase;
  /** Session seconds of the last event. */
  readonly seconds: number;
  readonly attendees: Readonly<Record<string, Attendee>>;
  /** Who was ticked by mistake: a check-in that comes later does not bring them back. */
  readonly dismissed: readonly string[];
  /** People who are counted and not named. */
  readonly guests: number;
  /** What `undone` brings back. */
  readonly before: Pick<GroupSession, 'attendees' | 'dismissed' | 'guests'> | null;
  /** Index of the lesson that is, or comes, on the screen. */
  readonly lesson: number;
  readonly showings: readonly Showing[];
  /** Content seconds of the current lesson. */
  readonly position: number;
  /** Discussions that were called for. */
  readonly asked: readonly Asked[];
  /** Cards of the one line of note, by name. */
  readonly notes: readonly string[];
}

export interface Asked {
  readonly lessonId: string;
  /** Index of the discussion in its lesson. */
  readonly discussion: number;
  /** Session second at which the question came on the screen. */
  readonly at: number;
  /** Session second at which the lesson went on; `null` while the room talks. */
  readonly until: number | null;
}

/** What happens in the room. `at` is in session seconds. */
export type GroupEvent = { at: number } & (
  | { type: 'ticked'; person: string }
  | { type: 'all-ticked' }
  | { type: 'undone' }
  /** Was never there. */
  | { type: 'dismissed'; person: string }
  | { type: 'checked-in'; person: string; codeAt: number }
  | { type: 'guests'; count: number }
  /** To the first lesson. */
  | { type: 'roll-called' }
  /** The lesson that was announced begins. */
  | { type: 'cued' }
  | { type: 'watched'; event: WatchEvent }
  /** The picture has come to its end. */
  | { type: 'shown' }
  | { type: 'talked' }
  /** No more of this lesson. */
  | { type: 'skipped' }
  | { type: 'noted'; card: string }
  | { type: 'ended' }
);

export type GroupEffect =
  | { type: 'pause' }
  | { type: 'play' }
  /** Nothing more comes. */
  | { type: 'record' };

type Step = { session: GroupSession; effects: GroupEffect[] };

/** Why a session cannot be ended. */
export type EndRefusal = 'nobody' | 'nothing-shown';

export function newGroupSession(plan: GroupPlan): GroupSession {
  return {
    plan,
    phase: 'roll',
    seconds: 0,
    attendees: {},
    dismissed: [],
    guests: 0,
    before: null,
    lesson: 0,
    showings: plan.lessons.map(() => nothingShown),
    position: 0,
    asked: [],
    notes: [],
  };
}

/** One step of a session. What does not fit the phase changes nothing. */
export function groupSession(session: GroupSession, event: GroupEvent): Step {
  if (session.phase === 'ended') return still(session);
  const now = { ...session, seconds: Math.max(session.seconds, event.at) };
  switch (event.type) {
    case 'ticked':
      return still(roll(now, () => ticked(now, event.person)));
    case 'all-ticked':
      return still(roll(now, () => now.plan.roster.reduce((some, person) => present(some, person), now)));
    case 'undone':
      return still(now.before ? { ...now, ...now.before, before: null } : now);
    case 'dismissed':
      return still(roll(now, () => dismissed(now, event.person)));
    case 'checked-in':
      return still(checkedIn(now, event.person, event.codeAt));
    case 'guests': {
      const guests = Math.max(0, Math.min(MOST_GUESTS, Math.floor(event.count)));
      return still(roll(now, () => ({ ...now, guests })));
    }
    case 'roll-called':
      return now.phase === 'roll' && attendeesOf(now).length > 0 ? announce(now, 0) : still(now);
    case 'cued':
      return now.phase === 'cue' ? still({ ...now, phase: 'lesson' }) : still(now);
    case 'watched':
      return watched(now, event.event);
    case 'shown':
      return now.phase === 'lesson' || now.phase === 'discussion'
        ? announce(now, now.lesson + 1)
        : still(now);
    case 'talked':
      return now.phase === 'discussion' ? talked(now) : still(now);
    case 'skipped':
      return now.phase === 'roll' || now.phase === 'after' ? still(now) : announce(now, now.lesson + 1);
    case 'noted':
      return still({
        ...now,
        notes: now.notes.includes(event.card)
          ? now.notes.filter((card) => card !== event.card)
          : [...now.notes, event.card],
      });
    case 'ended':
      return endRefusal(now) ? still(now) : ended(now);
  }
}

/** Why the session cannot be ended now, or `undefined`. */
export function endRefusal(session: GroupSession): EndRefusal | undefined {
  if (attendeesOf(session).length === 0) return 'nobody';
  return session.showings.some(({ plays }) => plays.some(({ start, end }) => end > start))
    ? undefined
    : 'nothing-shown';
}

/**
 * The session as a box finds it after a power cut: the picture stands a little before where it was, and goes
 * on when somebody says so.
 */
export function reopened(session: GroupSession): GroupSession {
  return {
    ...session,
    showings: session.showings.map(close),
    position: session.phase === 'lesson' ? Math.max(0, session.position - PRE_ROLL) : session.position,
  };
}

/** Whoever was there at some time, in the order of the roster; others after it. */
export function attendeesOf({ attendees, plan }: GroupSession): string[] {
  const there = (person: string): boolean => (attendees[person]?.spans.length ?? 0) > 0;
  const others = Object.keys(attendees).filter((person) => !plan.roster.includes(person));
  return [...plan.roster, ...others].filter(there);
}

/** Whoever is there now. */
export function presentNow(session: GroupSession): string[] {
  return attendeesOf(session).filter((person) => isHere(session, person));
}

export function isHere({ attendees }: GroupSession, person: string): boolean {
  return isPresent(attendees[person]?.spans ?? []);
}

/** The lesson that is, or comes, on the screen. */
export function currentLesson({ plan, lesson }: GroupSession): GroupLesson | undefined {
  return plan.lessons[lesson];
}

function still(session: GroupSession): Step {
  return { session, effects: [] };
}

/** A change of the roll, which can be taken back. */
function roll(before: GroupSession, change: () => GroupSession): GroupSession {
  const { attendees, dismissed, guests } = before;
  return { ...change(), before: { attendees, dismissed, guests } };
}

/** Before the first lesson a tick is taken off again; later it is somebody who leaves or comes late. */
function ticked(session: GroupSession, person: string): GroupSession {
  if (!isHere(session, person)) return present(session, person);
  if (session.phase !== 'roll') return absent(session, person);
  return session.attendees[person]?.codeAt === undefined
    ? without(session, person)
    : dismissed(session, person);
}

function present(session: GroupSession, person: string): GroupSession {
  const known = session.attendees[person] ?? { spans: [] };
  return {
    ...session,
    attendees: { ...session.attendees, [person]: { ...known, spans: arrive(known.spans, session.seconds) } },
    dismissed: session.dismissed.filter((one) => one !== person),
  };
}

/** A tick that is taken off again before anything more was shown was a mistake: as if it had not been. */
function absent(session: GroupSession, person: string): GroupSession {
  const known = session.attendees[person]!;
  const [stay, earlier] = [
    known.spans.filter(({ to }) => to === null),
    known.spans.filter(({ to }) => to !== null),
  ];
  const mistaken = known.codeAt === undefined && !sawBetween(playsOf(session), stay);
  const spans = mistaken ? earlier : depart(known.spans, session.seconds);
  return spans.length === 0
    ? without(session, person)
    : { ...session, attendees: { ...session.attendees, [person]: { ...known, spans } } };
}

function without(session: GroupSession, person: string): GroupSession {
  const attendees: Record<string, Attendee> = {};
  for (const [one, known] of Object.entries(session.attendees)) if (one !== person) attendees[one] = known;
  return { ...session, attendees };
}

function dismissed(session: GroupSession, person: string): GroupSession {
  return {
    ...without(session, person),
    dismissed: [...session.dismissed.filter((one) => one !== person), person],
  };
}

/** All that was shown, of all lessons. */
function playsOf({ showings }: GroupSession): Play[] {
  return showings.reduce<Play[]>((all, showing) => [...all, ...showing.plays], []);
}

/** A check-in on a phone: it is heard of later than it was made. Whom the host has sent away stays away. */
function checkedIn(session: GroupSession, person: string, codeAt: number): GroupSession {
  const known = session.attendees[person];
  if (session.dismissed.includes(person) || known?.codeAt !== undefined) return session;
  const from = arrivalByCode(playsOf(session), codeAt);
  const spans = known && known.spans.length > 0 ? known.spans : [{ from, to: null }];
  return { ...session, attendees: { ...session.attendees, [person]: { spans, codeAt } } };
}

/** A discussion is called for once, when the picture comes by the point where it stands. */
function watched(session: GroupSession, event: WatchEvent): Step {
  if (session.phase !== 'lesson' && session.phase !== 'discussion') return still(session);
  const showings = session.showings.map((showing, index) =>
    index === session.lesson ? followPlay(showing, { ...event, at: session.seconds }) : showing,
  );
  const next = { ...session, showings, position: event.position };
  const lesson = currentLesson(session);
  if (!lesson || session.phase === 'discussion' || event.type !== 'moved') return still(next);
  const discussion = lesson.discussions.findIndex(
    ({ at }, index) =>
      at > session.position &&
      at <= event.position &&
      !session.asked.some((one) => one.lessonId === lesson.lessonId && one.discussion === index),
  );
  if (discussion < 0) return still(next);
  const asked = { lessonId: lesson.lessonId, discussion, at: session.seconds, until: null };
  return {
    session: { ...next, phase: 'discussion', asked: [...session.asked, asked] },
    effects: [{ type: 'pause' }],
  };
}

function talked(session: GroupSession): Step {
  return { session: { ...withTalkOver(session), phase: 'lesson' }, effects: [{ type: 'play' }] };
}

function withTalkOver(session: GroupSession): GroupSession {
  const asked = session.asked.map((one) => (one.until === null ? { ...one, until: session.seconds } : one));
  return { ...session, asked };
}

/** On to a lesson; after the last one, to what comes after all. */
function announce(session: GroupSession, lesson: number): Step {
  const rest = {
    ...withTalkOver(session),
    showings: session.showings.map(close),
    position: 0,
    lesson,
  };
  const next = session.plan.lessons[lesson];
  // The next lesson is always announced: nobody is carried into it.
  const phase: GroupPhase = !next ? 'after' : next.cued || lesson > 0 ? 'cue' : 'lesson';
  return {
    session: next ? { ...rest, phase } : { ...rest, phase, lesson: session.lesson },
    effects: session.phase === 'lesson' && !next ? [{ type: 'pause' }] : [],
  };
}

function ended(session: GroupSession): Step {
  const attendees: Record<string, Attendee> = {};
  for (const person of attendeesOf(session)) {
    const known = session.attendees[person]!;
    const spans = depart(known.spans, session.seconds);
    if (spans.length > 0) attendees[person] = { ...known, spans };
  }
  if (Object.keys(attendees).length === 0) return still(session);
  return {
    session: {
      ...withTalkOver(session),
      showings: session.showings.map(close),
      attendees,
      phase: 'ended',
      before: null,
    },
    effects: [{ type: 'record' }],
  };
}
