import { v5 } from 'uuid';
import {
  activityTypeIris,
  profileIris,
  verbIris,
  videoExtensionIris,
  videoProfileIri,
} from '../statements/iris.ts';
import type { Activity, Actor, LanguageMap, Statement } from '../statements/statement.ts';
import { formatPlayedSegments } from '../watching/played-segments.ts';
import { coverage, totalSeconds, union } from '../watching/ranges.ts';
import { registrationId } from '../watching/registration.ts';
import type { Range } from '../watching/watch-events.ts';
import { playedWhilePresent, sawBetween, type Play, type Span } from './attendance.ts';
import { momentOf, type Anchor } from './group-record.ts';

/** Fixed for ever: another namespace would give a record that comes again other statements. */
const NAMESPACE = '0b6f3f0e-5a2c-4d0a-8a53-6f0f5b8e2d17';

/** How somebody came onto the list: their phone took the room's code, the host ticked them, a sheet names them. */
export type AttendanceMethod = 'code' | 'roster' | 'paper';

/** One lesson as a group saw it. */
export interface GroupShowing {
  lessonId: string;
  lessonName: LanguageMap;
  playlist?: string | undefined;
  showing: string;
  /** Seconds. */
  length: number;
  threshold: number;
  plays: readonly Play[];
}

/** One person at a group session. */
export interface GroupAttendee {
  person: string;
  spans: readonly Span[];
  method: AttendanceMethod;
  /** Session second from which the method speaks for them; before it the host's tick does. */
  since: number;
  /** Whether the service itself saw the check-in and the session go by. */
  online: boolean;
}

/** What all statements of one group session say alike. */
export interface GroupFacts {
  homePage: string;
  sessionId: string;
  /** Name of the session in the language of the county: room and day, never a person. */
  name: LanguageMap;
  mode: 'group' | 'paper';
  host: string;
  boxId: string | null;
  anchors: readonly Anchor[];
  guests: number;
  platform: string;
  language: string;
  /** Calendar year of a moment (milliseconds since 1970) in the county's time zone. */
  yearOf: (moment: number) => number;
}

/** Our extension `attendance`: what an attendee's statement says of how they were there. */
export interface AttendanceClaim {
  method: AttendanceMethod;
  /** ISO 8601. */
  checkIn: string;
  checkOut: string;
  /** Session seconds of the two. */
  from: number;
  to: number;
  /** A: code, seen by the service; B: code, reported later; C: entered by a person. */
  evidence: 'A' | 'B' | 'C';
  attendees: number;
  guests: number;
}

/**
 * The statements of one lesson of a group session: `initialized` and `terminated` by the group, and one for
 * every attendee who saw some of it, with what was shown while they were there. Ids follow from the session,
 * so that the same record always makes the same statements.
 *
 * Source: the design's group rule and its validated examples; `context.team` names no members.
 */
export function groupStatements(
  facts: GroupFacts,
  showing: GroupShowing,
  attendees: readonly GroupAttendee[],
): Statement[] {
  const whole = sawBetween(showing.plays, [{ from: 0, to: null }]);
  if (!whole) return [];
  const at = (second: number): string => new Date(momentOf(facts.anchors, second)).toISOString();
  const played = union(showing.plays.map(({ start, end }) => ({ start, end })));
  const there = attendees.filter(({ spans }) => sawBetween(showing.plays, spans));
  const iris = profileIris(facts.homePage);
  const group: Actor = { ...teamOf(facts), member: there.map(({ person }) => agent(facts, person)) };
  const registration = v5(`${facts.sessionId}|${showing.lessonId}`, NAMESPACE);
  const context = contextOf(facts, showing);
  return [
    {
      id: showing.showing,
      actor: group,
      verb: { id: verbIris.initialized, display: { 'en-US': 'initialized' } },
      object: lessonActivity(facts, showing),
      context: { ...context, registration },
      timestamp: at(whole.start),
    },
    ...there.map((attendee) => attendeeStatement(facts, showing, attendee, there.length)),
    {
      id: v5(`${facts.sessionId}|${showing.showing}|terminated`, NAMESPACE),
      actor: group,
      verb: { id: verbIris.terminated, display: { 'en-US': 'terminated' } },
      object: lessonActivity(facts, showing),
      result: { extensions: playedExtensions(played, showing) },
      context: {
        ...context,
        registration,
        extensions: { ...context.extensions, [iris.extensions.attendance]: headcount(facts, there.length) },
      },
      timestamp: at(whole.end),
    },
  ];
}

/**
 * The statement of one attendee; they must have seen some of the plays.
 *
 * @param id and session of the statement, where it is made by a correction: what was voided stays void.
 */
export function attendeeStatement(
  facts: GroupFacts,
  showing: GroupShowing,
  attendee: GroupAttendee,
  attendees: number,
  id?: string,
): Statement {
  const { person, spans } = attendee;
  const iris = profileIris(facts.homePage);
  const seen = sawBetween(showing.plays, spans)!;
  const played = playedWhilePresent(showing.plays, spans);
  const begun = momentOf(facts.anchors, seen.start);
  const over = momentOf(facts.anchors, seen.end);
  const completed = coverage(played, showing.length) >= showing.threshold;
  const context = contextOf(facts, showing);
  const claim: AttendanceClaim = {
    method: attendee.since <= seen.start ? attendee.method : 'roster',
    checkIn: new Date(begun).toISOString(),
    checkOut: new Date(over).toISOString(),
    from: seen.start,
    to: seen.end,
    evidence: evidenceOf(attendee, seen.start),
    ...headcount(facts, attendees),
  };
  return {
    id: id ?? attendeeStatementId(facts.sessionId, showing.showing, person),
    actor: agent(facts, person),
    verb: completed
      ? { id: verbIris.completed, display: { 'en-US': 'completed' } }
      : { id: verbIris.terminated, display: { 'en-US': 'terminated' } },
    object: lessonActivity(facts, showing),
    result: {
      ...(completed ? { completion: true, duration: `PT${Math.round(totalSeconds(played))}S` } : {}),
      extensions: playedExtensions(played, showing),
    },
    context: {
      ...context,
      registration: registrationId(person, showing.lessonId, String(facts.yearOf(begun))),
      team: teamOf(facts),
      statement: { objectType: 'StatementRef', id: showing.showing },
      extensions: {
        ...context.extensions,
        ...(id === undefined ? {} : { [videoExtensionIris.sessionId]: id }),
        [iris.extensions.attendance]: claim,
      },
    },
    timestamp: new Date(over).toISOString(),
  };
}

export function attendeeStatementId(sessionId: string, showing: string, person: string): string {
  return v5(`${sessionId}|${showing}|${person}`, NAMESPACE);
}

/** A code proves presence from when it was taken; what lies before stands by the host's word. */
function evidenceOf({ method, since, online }: GroupAttendee, from: number): AttendanceClaim['evidence'] {
  if (method !== 'code' || since > from) return 'C';
  return online ? 'A' : 'B';
}

function headcount({ guests }: GroupFacts, attendees: number): { attendees: number; guests: number } {
  return { attendees, guests };
}

function contextOf(facts: GroupFacts, { playlist, showing, length, threshold }: GroupShowing) {
  const iris = profileIris(facts.homePage);
  return {
    platform: facts.platform,
    language: facts.language,
    instructor: agent(facts, facts.host),
    contextActivities: {
      ...(playlist === undefined
        ? {}
        : { parent: [activity(iris.playlist(playlist), activityTypeIris.playlist)] }),
      grouping: [
        activity(`${facts.homePage}/group-sessions/${facts.sessionId}`, activityTypeIris.meeting, facts.name),
      ],
      category: [
        activity(videoProfileIri, activityTypeIris.profile),
        activity(iris.category, activityTypeIris.profile),
      ],
    },
    extensions: {
      [videoExtensionIris.sessionId]: showing,
      [videoExtensionIris.length]: length,
      [videoExtensionIris.completionThreshold]: threshold,
      [iris.extensions.mode]: facts.mode,
      ...(facts.boxId === null ? {} : { [iris.extensions.device]: facts.boxId }),
    } as Record<string, unknown>,
  };
}

function playedExtensions(played: readonly Range[], { length }: GroupShowing): Record<string, unknown> {
  return {
    [videoExtensionIris.time]: played.length > 0 ? thousandths(played[played.length - 1]!.end) : 0,
    [videoExtensionIris.progress]: Math.floor(coverage(played, length) * 1000) / 1000,
    [videoExtensionIris.playedSegments]: formatPlayedSegments(played),
  };
}

function teamOf({ homePage, sessionId, name }: GroupFacts): Actor {
  return {
    objectType: 'Group',
    name: Object.values(name)[0] ?? '',
    account: { homePage: `${homePage}/group-sessions`, name: sessionId },
  };
}

function agent({ homePage }: GroupFacts, person: string): Actor {
  return { objectType: 'Agent', account: { homePage: profileIris(homePage).people, name: person } };
}

function lessonActivity({ homePage }: GroupFacts, { lessonId, lessonName }: GroupShowing): Activity {
  return activity(profileIris(homePage).lesson(lessonId), activityTypeIris.video, lessonName);
}

function activity(id: string, type: string, name?: LanguageMap): Activity {
  return { objectType: 'Activity', id, definition: name ? { type, name } : { type } };
}

function thousandths(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
