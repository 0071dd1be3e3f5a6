import type { Kysely, Selectable } from 'kysely';
import { v5 } from 'uuid';
import { localDate, localYear } from '../../domain/credit/local-date.ts';
import {
  momentOf,
  recordMistakes,
  type GroupRecord,
  type PaperRecord,
  type RecordMistake,
} from '../../domain/groups/group-record.ts';
import {
  attendeeStatement,
  attendeeStatementId,
  groupStatements,
  type GroupAttendee,
  type GroupFacts,
  type GroupShowing,
} from '../../domain/groups/group-statements.ts';
import { arrivalByCode, sawBetween } from '../../domain/groups/attendance.ts';
import { VOIDED } from '../../domain/statements/statement-rules.ts';
import { profileIris } from '../../domain/statements/iris.ts';
import type { Content } from '../catalogue/content.ts';
import { groupAuthority } from '../credit/group-authority.ts';
import type { Database, GroupRecordTable } from '../db/schema.ts';
import { slices } from '../db/slices.ts';
import type { WriteTransaction } from '../db/write-queue.ts';
import type { AnyStatement } from '../xapi/statements/any-statement.ts';
import { findSession, readCheckIns, type GroupSessionRow } from './group-session-store.ts';
import { guestsOf } from './guests.ts';
import { publishStatements } from './publish-statements.ts';
import { knownPeople, roomName } from './room-roster.ts';
import { storedBefore } from './stored-before.ts';
import { LANGUAGE, showingOf, showingsOnPaper } from './showings.ts';

export type GroupRecordRow = Selectable<GroupRecordTable>;

/** What has come of a record. */
export interface Recorded {
  /** People with a statement of their own. */
  attendees: number;
  /** Of them, those whom only the service knew of: their phones reached it and the room's box did not. */
  fromPhones: number;
  /** Persons whom the roster does not know: named in the record, credited with nothing. */
  unknown: string[];
}

export type RecordRefusal =
  | { refused: 'invalid-record'; mistakes: RecordMistake[] }
  | { refused: 'record-conflict' | 'no-attendees' | 'in-the-future' | 'foreign-session' | 'no-such-record' }
  | { refused: 'sheet-known'; mistakes: RecordMistake[] };

/** Changes a record after the fact. */
export interface Correction {
  /** UUID; the same correction again changes nothing. */
  id: string;
  reason: string;
  /** Forgotten on the list; there for the whole of the session. */
  add: readonly string[];
  /** On the list by mistake. */
  remove: readonly string[];
}

type Rules = Pick<Content, 'lessons' | 'policy' | 'homePage'>;

/** By how much a record's end may be ahead of the service's clock, milliseconds. */
const CLOCKS_DIFFER = 300_000;
/** How far the service's clock may show less than a session's before the session was not online, seconds. */
const ONLINE_SLACK = 60;
const PLATFORM = 'field-classroom-tv/groups';
/** Fixed for ever: another namespace would void a statement twice under two ids. */
const NAMESPACE = '6a0e1f52-55f5-4b6e-9a6d-7f3d0d9e6c31';

/**
 * Stores the finished record of a session, with the statements of the group and of everybody who was there,
 * and the credit that follows. The same record again changes nothing.
 *
 * @param boxId of the box that led the session.
 */
export async function storeRecord(
  trx: WriteTransaction,
  id: string,
  boxId: string,
  record: GroupRecord,
  rules: Rules,
  now: number,
): Promise<Recorded | RecordRefusal> {
  const before = await sameRecord(trx, id, record);
  if (before) return before;
  const mistakes = recordMistakes(record);
  if (mistakes.length > 0) return { refused: 'invalid-record', mistakes };
  if (momentOf(record.anchors, record.seconds) > now + CLOCKS_DIFFER) return { refused: 'in-the-future' };
  const session = await findSession(trx, id);
  if (session && session.box_id !== boxId) return { refused: 'foreign-session' };

  const everybody = await attendeesOf(trx, id, record, session, now);
  const known = await knownPeople(
    trx,
    everybody.map(({ person }) => person),
  );
  const attendees = everybody.filter(({ person }) => known.has(person));
  if (attendees.length === 0) return { refused: 'no-attendees' };
  const facts = await factsOf(trx, id, record, { mode: 'group', boxId, anchors: record.anchors }, rules);
  const statements = record.lessons.flatMap((lesson) =>
    groupStatements(facts, showingOf(lesson, record.playlist, rules), attendees),
  );
  await keep(trx, { id, kind: 'group', broughtBy: `box:${boxId}`, record, attendees: everybody }, facts, now);
  await trx.deleteFrom('group_sessions').where('id', '=', id).execute();
  await publishStatements(trx, statements, rules, now);
  const named = new Set(record.attendees.map(({ person }) => person));
  return {
    attendees: attendees.length,
    fromPhones: attendees.filter(({ person }) => !named.has(person)).length,
    unknown: everybody.filter(({ person }) => !known.has(person)).map(({ person }) => person),
  };
}

/** Stores a signed sheet of paper: whole lessons, one after the other, everybody from beginning to end. */
export async function storePaper(
  trx: WriteTransaction,
  id: string,
  by: string,
  paper: PaperRecord,
  rules: Rules,
  now: number,
): Promise<Recorded | RecordRefusal> {
  const before = await sameRecord(trx, id, paper);
  if (before) return before;
  const mistakes = paper.lessons.flatMap(({ lessonId }, index) =>
    rules.lessons.has(lessonId) ? [] : [{ path: `/lessons/${index}/lessonId`, message: 'is no lesson here' }],
  );
  if (mistakes.length > 0) return { refused: 'invalid-record', mistakes };
  const { showings, seconds } = showingsOnPaper(paper, rules);
  if (Date.parse(paper.startedAt) + seconds * 1000 > now + CLOCKS_DIFFER) return { refused: 'in-the-future' };
  const twice = await storedBefore(trx, paper, seconds);
  if (twice.length > 0) return { refused: 'sheet-known', mistakes: twice };
  const known = await knownPeople(trx, paper.attendees);
  const everybody = paper.attendees.map((person): GroupAttendee => ({
    person,
    spans: [{ from: 0, to: seconds }],
    method: 'paper',
    since: 0,
    online: false,
  }));
  const attendees = everybody.filter(({ person }) => known.has(person));
  if (attendees.length === 0) return { refused: 'no-attendees' };
  const anchors = [{ seconds: 0, at: paper.startedAt }];
  const facts = await factsOf(trx, id, paper, { mode: 'paper', boxId: null, anchors }, rules);
  await keep(trx, { id, kind: 'paper', broughtBy: by, record: paper, attendees: everybody }, facts, now);
  await publishStatements(
    trx,
    showings.flatMap((showing) => groupStatements(facts, showing, attendees)),
    rules,
    now,
  );
  return {
    attendees: attendees.length,
    fromPhones: 0,
    unknown: paper.attendees.filter((person) => !known.has(person)),
  };
}

/**
 * Adds forgotten people to a record, and takes others out: their statements are voided, and the ledger gets
 * lines that say so. Nothing that was stored is changed.
 *
 * @param by `box:…` or `integration:…`.
 */
export async function correctRecord(
  trx: WriteTransaction,
  id: string,
  by: string,
  correction: Correction,
  rules: Rules,
  now: number,
): Promise<{ added: number; removed: number } | RecordRefusal> {
  const row = await readRecord(trx, id);
  if (!row) return { refused: 'no-such-record' };
  const json = JSON.stringify({
    reason: correction.reason,
    add: [...correction.add].sort(),
    remove: [...correction.remove].sort(),
  });
  const before = await trx
    .selectFrom('group_corrections')
    .select(['session', 'json'])
    .where('id', '=', correction.id)
    .executeTakeFirst();
  if (before)
    return before.session === id && before.json === json
      ? { added: correction.add.length, removed: correction.remove.length }
      : { refused: 'record-conflict' };
  await trx
    .insertInto('group_corrections')
    .values({ id: correction.id, session: id, corrected_by: by, received_at: now, json })
    .execute();

  const { facts, showings, seconds } = await againstRecord(trx, row, rules);
  const known = await knownPeople(trx, correction.add);
  const added = correction.add
    .filter((person) => known.has(person))
    .map((person): GroupAttendee => {
      const method = row.kind === 'paper' ? 'paper' : 'roster';
      return { person, spans: [{ from: 0, to: seconds }], method, since: 0, online: false };
    });
  const fresh = showings.flatMap((showing) =>
    added
      .filter(({ spans }) => sawBetween(showing.plays, spans))
      .map((attendee) =>
        attendeeStatement(
          facts,
          showing,
          attendee,
          attendeesIn(row).length,
          correctedId(correction.id, showing.showing, attendee.person),
        ),
      ),
  );
  const gone = await statementsOf(trx, id, correction.remove, showings);
  const voids = gone.map((target) => voiding(target, facts, now));
  await publishStatements(trx, [...fresh, ...voids], rules, now);
  return { added: added.length, removed: new Set(gone.map(({ person }) => person)).size };
}

export function readRecord(db: Kysely<Database>, id: string): Promise<GroupRecordRow | undefined> {
  return db.selectFrom('group_records').selectAll().where('session', '=', id).executeTakeFirst();
}

export function attendeesIn({ attendees }: Pick<GroupRecordRow, 'attendees'>): GroupAttendee[] {
  return JSON.parse(attendees) as GroupAttendee[];
}

/** Everybody who was there: by the record, and by the codes that phones took and the box has not heard of. */
async function attendeesOf(
  trx: WriteTransaction,
  id: string,
  record: GroupRecord,
  session: GroupSessionRow | undefined,
  now: number,
): Promise<GroupAttendee[]> {
  const checkIns = await readCheckIns(trx, id);
  const bySeconds = new Map(checkIns.map(({ person, seconds }) => [person, seconds]));
  const online =
    session !== undefined &&
    (now - session.opened_at) / 1000 >= record.seconds - session.opened_seconds - ONLINE_SLACK;
  const graded = (person: string, spans: GroupAttendee['spans']): GroupAttendee => {
    const code = bySeconds.get(person);
    return code === undefined
      ? { person, spans, method: 'roster', since: 0, online: false }
      : { person, spans, method: 'code', since: code, online };
  };
  const named = record.attendees.map(({ person, spans }) => graded(person, spans));
  const plays = record.lessons.flatMap((lesson) => lesson.plays);
  const settled = new Set([...named.map(({ person }) => person), ...record.dismissed]);
  const others = checkIns
    .filter(({ person, seconds }) => !settled.has(person) && seconds < record.seconds)
    .map(({ person, seconds }) =>
      graded(person, [{ from: arrivalByCode(plays, seconds), to: record.seconds }]),
    );
  return [...named, ...others];
}

async function sameRecord(
  trx: WriteTransaction,
  id: string,
  record: GroupRecord | PaperRecord,
): Promise<Recorded | RecordRefusal | undefined> {
  const row = await readRecord(trx, id);
  if (!row) return undefined;
  if (row.json !== canonical(record)) return { refused: 'record-conflict' };
  const attendees = attendeesIn(row);
  const known = await knownPeople(
    trx,
    attendees.map(({ person }) => person),
  );
  const named = new Set(record.attendees.map((one) => (typeof one === 'string' ? one : one.person)));
  return {
    attendees: attendees.filter(({ person }) => known.has(person)).length,
    fromPhones: attendees.filter(({ person }) => known.has(person) && !named.has(person)).length,
    unknown: attendees.filter(({ person }) => !known.has(person)).map(({ person }) => person),
  };
}

async function keep(
  trx: WriteTransaction,
  {
    id,
    kind,
    broughtBy: brought_by,
    record,
    attendees,
  }: {
    id: string;
    kind: GroupRecordRow['kind'];
    broughtBy: string;
    record: GroupRecord | PaperRecord;
    attendees: readonly GroupAttendee[];
  },
  { anchors }: GroupFacts,
  now: number,
): Promise<void> {
  await trx
    .insertInto('group_records')
    .values({
      session: id,
      kind,
      room: record.room,
      brought_by,
      happened_at: Math.round(momentOf(anchors, 0)),
      received_at: now,
      json: canonical(record),
      attendees: JSON.stringify(attendees),
    })
    .execute();
}

async function factsOf(
  db: Kysely<Database>,
  sessionId: string,
  { room, host, guests }: Pick<GroupRecord, 'room' | 'host' | 'guests'>,
  { mode, boxId, anchors }: Pick<GroupFacts, 'mode' | 'boxId' | 'anchors'>,
  { homePage, policy }: Rules,
): Promise<GroupFacts> {
  const day = localDate(momentOf(anchors, 0), policy.timeZone);
  return {
    homePage,
    sessionId,
    name: { [LANGUAGE]: `${(await roomName(db, room)) ?? room} ${day}` },
    mode,
    host,
    boxId,
    anchors,
    guests: await guestsOf(db, sessionId, guests),
    platform: PLATFORM,
    language: LANGUAGE,
    yearOf: (moment) => localYear(moment, policy.timeZone),
  };
}

/** What a stored record is about, to add statements to it. */
async function againstRecord(
  trx: WriteTransaction,
  row: GroupRecordRow,
  rules: Rules,
): Promise<{ facts: GroupFacts; showings: GroupShowing[]; seconds: number }> {
  if (row.kind === 'paper') {
    const paper = JSON.parse(row.json) as PaperRecord;
    const anchors = [{ seconds: 0, at: paper.startedAt }];
    const facts = await factsOf(trx, row.session, paper, { mode: 'paper', boxId: null, anchors }, rules);
    return { facts, ...showingsOnPaper(paper, rules) };
  }
  const record = JSON.parse(row.json) as GroupRecord;
  const boxId = row.brought_by.replace(/^box:/, '');
  const facts = await factsOf(
    trx,
    row.session,
    record,
    { mode: 'group', boxId, anchors: record.anchors },
    rules,
  );
  const showings = record.lessons.map((lesson) => showingOf(lesson, record.playlist, rules));
  return { facts, showings, seconds: record.seconds };
}

/** The statements of some persons in a session that still stand. */
async function statementsOf(
  trx: WriteTransaction,
  session: string,
  persons: readonly string[],
  showings: readonly GroupShowing[],
): Promise<{ id: string; person: string }[]> {
  const corrections = await trx
    .selectFrom('group_corrections')
    .select('id')
    .where('session', '=', session)
    .execute();
  const possible = persons.flatMap((person) =>
    showings.flatMap(({ showing }) => [
      { person, id: attendeeStatementId(session, showing, person) },
      ...corrections.map(({ id }) => ({ person, id: correctedId(id, showing, person) })),
    ]),
  );
  const found: { id: string; person: string }[] = [];
  for (const some of slices(possible)) {
    const rows = await trx
      .selectFrom('statements')
      .leftJoin('voids', 'voids.statement_id', 'statements.id')
      .select('statements.id')
      .where(
        'statements.id',
        'in',
        some.map(({ id }) => id),
      )
      .where('voids.statement_id', 'is', null)
      .execute();
    const there = new Set(rows.map(({ id }) => id));
    found.push(...some.filter(({ id }) => there.has(id)));
  }
  return found;
}

function correctedId(correction: string, showing: string, person: string): string {
  return v5(`${correction}|${showing}|${person}`, NAMESPACE);
}

/** xAPI 1.0.3 Data 2.3.2 */
function voiding(
  { id, person }: { id: string; person: string },
  facts: GroupFacts,
  now: number,
): AnyStatement {
  return {
    id: v5(`void|${id}|${person}`, NAMESPACE),
    actor: groupAuthority(facts.homePage),
    verb: { id: VOIDED, display: { 'en-US': 'voided' } },
    object: { objectType: 'StatementRef', id },
    context: { instructor: { account: { homePage: profileIris(facts.homePage).people, name: facts.host } } },
    timestamp: new Date(now).toISOString(),
  };
}

/** Equal for records that say the same, whatever the order of their keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
