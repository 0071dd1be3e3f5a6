import type { Kysely } from 'kysely';
import type { GroupRecord, PaperRecord } from '../../domain/groups/group-record.ts';
import { minutesOf } from '../../domain/groups/minutes.ts';
import { maskedName } from '../../domain/roster/masked-name.ts';
import type { LocalText } from '../../domain/catalogue/types.ts';
import type { Content } from '../catalogue/content.ts';
import type { Database } from '../db/schema.ts';
import { presentAfter, readCorrections } from './corrections.ts';
import { attendeesIn, type GroupRecordRow } from './group-record-store.ts';
import { guestsOf } from './guests.ts';
import { roomName } from './room-roster.ts';
import { wordsOf } from './words.ts';

/** The minutes of a session with names, for those who may see them: to be read and printed. */
export interface MinutesView {
  session: string;
  kind: 'group' | 'paper';
  room: string;
  host: string;
  /** ISO 8601 UTC. */
  from: string;
  to: string;
  /** In which days and hours are meant, IANA. */
  timeZone: string;
  lessons: { title: LocalText; minutes: number }[];
  expected: number | null;
  guests: number;
  attendees: {
    id: string;
    name: string;
    method: 'code' | 'roster' | 'paper';
    /** Minutes of the lessons shown while they were there; `null` where only a sheet of paper says it. */
    minutes: number | null;
    /** Minutes after the first picture, before the last one; `null` where it is not worth saying. */
    late: number | null;
    left: number | null;
  }[];
  asked: { question: LocalText; minutes: number }[];
  /** Cards by name. */
  notes: readonly string[];
  words: string;
  /** Later changes, oldest first. */
  corrections: { at: string; reason: string; added: string[]; removed: string[] }[];
}

/** The minutes as a public room's screen may show them: every name masked, and nothing that somebody typed. */
export function maskedMinutes(minutes: MinutesView): MinutesView {
  return {
    ...minutes,
    host: maskedName(minutes.host),
    words: '',
    attendees: minutes.attendees.map((one) => ({ ...one, name: maskedName(one.name) })),
    corrections: minutes.corrections.map(({ added, removed, ...rest }) => ({
      ...rest,
      added: added.map(maskedName),
      removed: removed.map(maskedName),
    })),
  };
}

/** Puts a record into minutes. Who was taken out later is not among the attendees, who was forgotten is. */
export async function minutesView(
  db: Kysely<Database>,
  row: GroupRecordRow,
  { lessons, policy }: Pick<Content, 'lessons' | 'policy'>,
): Promise<MinutesView> {
  const record = asGroupRecord(row);
  const { from, to, lessons: shown, expected, guests, asked, notes, words, ...rest } = minutesOf(record);
  const listed = attendeesIn(row);
  const corrections = await readCorrections(db, [row.session]);
  const present = presentAfter(
    listed.map(({ person }) => person),
    corrections,
  );
  const named = [...present, rest.host, ...corrections.flatMap(({ add, remove }) => [...add, ...remove])];
  const names = await namesOf(db, named);
  const name = (person: string): string => names.get(person) ?? person;
  const title = (lessonId: string): LocalText => lessons.get(lessonId)?.title ?? lessonId;
  return {
    session: row.session,
    kind: row.kind,
    room: (await roomName(db, row.room)) ?? row.room,
    host: name(rest.host),
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    timeZone: policy.timeZone,
    lessons: shown.map(({ lessonId, shownSeconds }) => ({
      title: title(lessonId),
      minutes: inMinutes(shownSeconds),
    })),
    expected: row.kind === 'paper' ? null : expected,
    guests: await guestsOf(db, row.session, guests),
    attendees: present.map((id) => {
      const said = rest.attendees.find(({ person }) => person === id);
      return {
        id,
        name: name(id),
        method:
          listed.find(({ person }) => person === id)?.method ?? (row.kind === 'paper' ? 'paper' : 'roster'),
        minutes: said ? inMinutes(said.seconds) : null,
        late: said?.late == null ? null : inMinutes(said.late),
        left: said?.left == null ? null : inMinutes(said.left),
      };
    }),
    asked: asked.map(({ lessonId, discussion, seconds }) => ({
      question: lessons.get(lessonId)?.discussion?.[discussion]?.question ?? title(lessonId),
      minutes: inMinutes(seconds),
    })),
    notes,
    words: (await wordsOf(db, row.session)) ?? words,
    corrections: corrections.map(({ at, reason, add, remove }) => ({
      at: new Date(at).toISOString(),
      reason,
      added: add.map(name),
      removed: remove.map(name),
    })),
  };
}

/** A sheet of paper as the record it stands for, and a record with those whom only the service knew of. */
function asGroupRecord(row: GroupRecordRow): GroupRecord {
  const attendees = attendeesIn(row).map(({ person, spans }) => ({
    person,
    spans: spans.map(({ from, to }) => ({ from, to: to ?? from })),
  }));
  if (row.kind === 'group') return { ...(JSON.parse(row.json) as GroupRecord), attendees };
  const { room, host, startedAt, lessons, guests, sheet } = JSON.parse(row.json) as PaperRecord;
  let at = 0;
  const shown = lessons.map(({ lessonId, showing, minutes }) => {
    const length = minutes * 60;
    const play = { start: 0, end: length, at, rate: 1 };
    at += length;
    return { lessonId, showing, length, threshold: 1, plays: [play] };
  });
  return {
    room,
    host,
    anchors: [{ seconds: 0, at: startedAt }],
    clock: 'estimated',
    seconds: at,
    lessons: shown,
    attendees,
    dismissed: [],
    expected: 0,
    guests,
    asked: [],
    notes: [],
    words: sheet,
  };
}

async function namesOf(db: Kysely<Database>, persons: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('people')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(persons)])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function inMinutes(seconds: number): number {
  return Math.round(seconds / 6) / 10;
}
