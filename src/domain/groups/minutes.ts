import { totalSeconds, union } from '../watching/ranges.ts';
import { playedWhilePresent, sawBetween } from './attendance.ts';
import { momentOf, type GroupRecord } from './group-record.ts';

/** Coming or going so much after the beginning or before the end is said in the minutes, seconds. */
const WORTH_SAYING = 60;

/** The minutes of a session as figures and ids: whoever shows them puts them into words. */
export interface Minutes {
  room: string;
  host: string;
  /** Milliseconds since 1970. */
  from: number;
  to: number;
  lessons: { lessonId: string; shownSeconds: number }[];
  expected: number;
  guests: number;
  attendees: {
    person: string;
    /** Seconds of the lessons shown while they were there, each once. */
    seconds: number;
    /** Seconds after the first picture at which they came, if worth saying. */
    late: number | null;
    /** Seconds before the last picture at which they left, if worth saying. */
    left: number | null;
  }[];
  asked: { lessonId: string; discussion: number; seconds: number }[];
  notes: readonly string[];
  words: string;
}

/** The minutes that follow from a record. */
export function minutesOf(record: GroupRecord): Minutes {
  const plays = record.lessons.reduce<GroupRecord['lessons'][number]['plays']>(
    (all, lesson) => [...all, ...lesson.plays],
    [],
  );
  const whole = sawBetween(plays, [{ from: 0, to: null }]) ?? { start: 0, end: record.seconds };
  return {
    room: record.room,
    host: record.host,
    from: Math.round(momentOf(record.anchors, 0)),
    to: Math.round(momentOf(record.anchors, record.seconds)),
    lessons: record.lessons.map(({ lessonId, plays: shown }) => ({
      lessonId,
      shownSeconds: totalSeconds(union(shown)),
    })),
    expected: record.expected,
    guests: record.guests,
    attendees: record.attendees.map(({ person, spans }) => {
      const late = spans[0]!.from - whole.start;
      const left = whole.end - spans[spans.length - 1]!.to;
      return {
        person,
        seconds: record.lessons.reduce(
          (sum, lesson) => sum + totalSeconds(playedWhilePresent(lesson.plays, spans)),
          0,
        ),
        late: late >= WORTH_SAYING ? late : null,
        left: left >= WORTH_SAYING ? left : null,
      };
    }),
    asked: record.asked.map(({ lessonId, discussion, at, until }) => ({
      lessonId,
      discussion,
      seconds: Math.max(0, until - at),
    })),
    notes: record.notes,
    words: record.words ?? '',
  };
}
