import type { Static } from 'typebox';
import { endOf } from './attendance.ts';
import { attendeesOf, MOST_GUESTS, type GroupSession } from './group-session.ts';

const uuid = {
  type: 'string',
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
} as const;
const person = { type: 'string', pattern: '^[A-Za-z0-9_-]{3,64}$' } as const;
const lessonId = { type: 'string', pattern: '^[a-z0-9][a-z0-9._-]{0,63}$' } as const;
const placeId = { type: 'string', pattern: '^[A-Za-z0-9_.-]{1,64}$' } as const;
/** Of the session; a day is more than any has. */
const seconds = { type: 'number', minimum: 0, maximum: 86_400 } as const;
const moment = { type: 'string', format: 'date-time', maxLength: 40 } as const;
const card = { type: 'string', pattern: '^[a-z0-9-]{1,40}$' } as const;
const words = { type: 'string', maxLength: 200, pattern: '^[^\\u0000-\\u001f]*$' } as const;

/** Seconds by which figures may differ from each other by rounding. */
const ROUNDING = 0.5;

/**
 * The finished record of a group session, as its box sends it, once. All moments in session seconds but for
 * `anchors`, which tell when some of them were: one for each start of the box.
 */
export const groupRecordSchema = {
  type: 'object',
  required: [
    'room',
    'host',
    'anchors',
    'clock',
    'seconds',
    'lessons',
    'attendees',
    'dismissed',
    'expected',
    'guests',
    'asked',
    'notes',
  ],
  additionalProperties: false,
  properties: {
    room: placeId,
    host: person,
    playlist: lessonId,
    anchors: {
      type: 'array',
      minItems: 1,
      maxItems: 200,
      items: {
        type: 'object',
        required: ['seconds', 'at'],
        additionalProperties: false,
        properties: { seconds, at: moment },
      },
    },
    /** How far the anchors can be trusted. */
    clock: { enum: ['unknown', 'estimated', 'synced', 'bounded'] },
    /** How long the session was. */
    seconds,
    lessons: {
      type: 'array',
      minItems: 1,
      maxItems: 50,
      items: {
        type: 'object',
        required: ['lessonId', 'showing', 'length', 'threshold', 'plays'],
        additionalProperties: false,
        properties: {
          lessonId,
          showing: uuid,
          /** Seconds. */
          length: { type: 'number', exclusiveMinimum: 0, maximum: 36_000 },
          threshold: { type: 'number', minimum: 0.1, maximum: 1 },
          plays: {
            type: 'array',
            maxItems: 2000,
            items: {
              type: 'object',
              required: ['start', 'end', 'at', 'rate'],
              additionalProperties: false,
              properties: {
                /** Content seconds. */
                start: seconds,
                end: seconds,
                at: seconds,
                rate: { type: 'number', exclusiveMinimum: 0, maximum: 16 },
              },
            },
          },
        },
      },
    },
    /** Whoever was there, and when. */
    attendees: {
      type: 'array',
      minItems: 1,
      maxItems: 500,
      items: {
        type: 'object',
        required: ['person', 'spans'],
        additionalProperties: false,
        properties: {
          person,
          spans: {
            type: 'array',
            minItems: 1,
            maxItems: 100,
            items: {
              type: 'object',
              required: ['from', 'to'],
              additionalProperties: false,
              properties: { from: seconds, to: seconds },
            },
          },
        },
      },
    },
    /** Whom the host sent away again: a check-in by code does not count them. */
    dismissed: { type: 'array', maxItems: 500, items: person },
    /** How many were on the roster. */
    expected: { type: 'integer', minimum: 0, maximum: 500 },
    guests: { type: 'integer', minimum: 0, maximum: MOST_GUESTS },
    asked: {
      type: 'array',
      maxItems: 200,
      items: {
        type: 'object',
        required: ['lessonId', 'discussion', 'at', 'until'],
        additionalProperties: false,
        properties: {
          lessonId,
          discussion: { type: 'integer', minimum: 0, maximum: 100 },
          at: seconds,
          until: seconds,
        },
      },
    },
    /** The line of note: cards by name, and words typed on a phone. */
    notes: { type: 'array', maxItems: 20, items: card },
    words,
  },
} as const;

/** A sheet of paper that people signed, entered by somebody afterwards. */
export const paperRecordSchema = {
  type: 'object',
  required: ['room', 'host', 'startedAt', 'lessons', 'attendees', 'guests', 'sheet'],
  additionalProperties: false,
  properties: {
    room: placeId,
    host: person,
    startedAt: moment,
    lessons: {
      type: 'array',
      minItems: 1,
      maxItems: 20,
      items: {
        type: 'object',
        required: ['lessonId', 'showing', 'minutes'],
        additionalProperties: false,
        properties: {
          lessonId,
          showing: uuid,
          /** What was studied of the lesson, by the sheet. */
          minutes: { type: 'number', exclusiveMinimum: 0, maximum: 600 },
        },
      },
    },
    attendees: { type: 'array', minItems: 1, maxItems: 500, uniqueItems: true, items: person },
    guests: { type: 'integer', minimum: 0, maximum: MOST_GUESTS },
    /** What the sheet is called in the branch's folder. */
    sheet: { ...words, minLength: 1 },
  },
} as const;

export type GroupRecord = Static<typeof groupRecordSchema>;
export type PaperRecord = Static<typeof paperRecordSchema>;
export type Anchor = GroupRecord['anchors'][number];

/** A mistake in a record that its schema does not see: where, as a JSON pointer, and in words. */
export interface RecordMistake {
  path: string;
  message: string;
}

/** The record of a session that has ended. @param times when it was, as well as can be told */
export function groupRecord(
  session: GroupSession,
  { anchors, clock }: Pick<GroupRecord, 'anchors' | 'clock'>,
): GroupRecord {
  const { plan } = session;
  const last = session.seconds;
  return {
    room: plan.room,
    host: plan.host,
    ...(plan.playlist === null ? {} : { playlist: plan.playlist }),
    anchors: [...anchors],
    clock,
    seconds: round(last),
    lessons: plan.lessons
      .map(({ lessonId, showing, length, threshold }, index) => ({
        lessonId,
        showing,
        length,
        threshold,
        plays: session.showings[index]!.plays.map(({ start, end, at, rate }) => ({
          start: round(start),
          end: round(end),
          at: round(at),
          rate,
        })).filter(({ start, end }) => end > start),
      }))
      .filter(({ plays }) => plays.length > 0),
    attendees: attendeesOf(session).map((person) => ({
      person,
      spans: session.attendees[person]!.spans.map(({ from, to }) => ({
        from: round(from),
        to: round(to ?? last),
      })),
    })),
    dismissed: [...session.dismissed],
    expected: plan.roster.length,
    guests: session.guests,
    asked: session.asked.map(({ lessonId, discussion, at, until }) => ({
      lessonId,
      discussion,
      at: round(at),
      until: round(until ?? last),
    })),
    notes: [...session.notes],
  };
}

/** What cannot have been: two pictures at one time, times after the end, one person twice. */
export function recordMistakes(record: GroupRecord): RecordMistake[] {
  const mistakes: RecordMistake[] = [];
  const end = record.seconds + ROUNDING;
  const add = (path: string, message: string): void => {
    mistakes.push({ path, message });
  };
  const shown: { from: number; to: number; path: string }[] = [];
  record.lessons.forEach(({ plays, length }, lesson) =>
    plays.forEach((play, index) => {
      const path = `/lessons/${lesson}/plays/${index}`;
      if (play.end <= play.start || play.end > length + ROUNDING) add(path, 'is no part of the lesson');
      if (endOf(play) > end) add(path, 'goes on after the end of the session');
      shown.push({ from: play.at, to: endOf(play), path });
    }),
  );
  shown.sort((a, b) => a.from - b.from);
  shown.forEach(({ from, path }, index) => {
    if (index > 0 && from < shown[index - 1]!.to - ROUNDING) add(path, 'is at the time of another');
  });
  const showings = record.lessons.map(({ showing }) => showing);
  if (new Set(showings).size < showings.length) add('/lessons', 'has a showing twice');
  const persons = new Set<string>();
  record.attendees.forEach(({ person, spans }, attendee) => {
    if (persons.has(person)) add(`/attendees/${attendee}/person`, 'is there twice');
    persons.add(person);
    spans.forEach(({ from, to }, index) => {
      const before = index > 0 ? spans[index - 1]!.to : 0;
      if (to <= from || from < before || to > end)
        add(`/attendees/${attendee}/spans/${index}`, 'is no time of the session');
    });
  });
  record.anchors.forEach(({ seconds, at }, index) => {
    const before = record.anchors[index - 1];
    if (Number.isNaN(Date.parse(at)) || (before && seconds < before.seconds))
      add(`/anchors/${index}`, 'is out of order');
  });
  return mistakes;
}

/** When a session second was, milliseconds since 1970: by the last anchor before it, else by the first. */
export function momentOf(anchors: readonly Anchor[], sessionSecond: number): number {
  let anchor = anchors[0]!;
  for (const one of anchors) if (one.seconds <= sessionSecond) anchor = one;
  return Date.parse(anchor.at) + (sessionSecond - anchor.seconds) * 1000;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
