import type { Kysely } from 'kysely';
import type { GroupRecord, PaperRecord } from '../../domain/groups/group-record.ts';
import type { Database } from '../db/schema.ts';
import { presentAfter, readCorrections } from './corrections.ts';
import { attendeesIn } from './group-record-store.ts';

/** A session in the list of its room. */
export interface ListedRecord {
  session: string;
  kind: 'group' | 'paper';
  /** ISO 8601 UTC. */
  at: string;
  /** How many were there, after corrections. */
  attendees: number;
  host: string;
  /** Ids, in the order of the session. */
  lessons: string[];
}

/** Sessions in one answer. */
const PAGE = 100;

/** The records of a room, newest first. @param before milliseconds since 1970; only those that began earlier */
export async function listRecords(
  db: Kysely<Database>,
  room: string,
  before = Infinity,
): Promise<ListedRecord[]> {
  let query = db.selectFrom('group_records').selectAll().where('room', '=', room);
  if (before < Infinity) query = query.where('happened_at', '<', before);
  const rows = await query.orderBy('happened_at', 'desc').limit(PAGE).execute();
  const corrections = await readCorrections(
    db,
    rows.map(({ session }) => session),
  );
  return rows.map((row) => {
    const { host, lessons } = JSON.parse(row.json) as GroupRecord | PaperRecord;
    const listed = attendeesIn(row).map(({ person }) => person);
    const own = corrections.filter(({ session }) => session === row.session);
    return {
      session: row.session,
      kind: row.kind,
      at: new Date(row.happened_at).toISOString(),
      attendees: presentAfter(listed, own).length,
      host,
      lessons: lessons.map(({ lessonId }) => lessonId),
    };
  });
}
