import type { Kysely } from 'kysely';
import type { PaperRecord, RecordMistake } from '../../domain/groups/group-record.ts';
import type { Database } from '../db/schema.ts';

/**
 * Why a sheet of paper is there already, as far as can be told: the room has one of the same name, or was
 * studying at that time.
 *
 * @param seconds that the sheet is about.
 */
export async function storedBefore(
  db: Kysely<Database>,
  { room, sheet, startedAt }: PaperRecord,
  seconds: number,
): Promise<RecordMistake[]> {
  const from = Date.parse(startedAt);
  const to = from + seconds * 1000;
  const records = await db
    .selectFrom('group_records')
    .select(['kind', 'happened_at', 'json'])
    .where('room', '=', room)
    .orderBy('happened_at')
    .execute();
  const mistakes: RecordMistake[] = [];
  for (const { kind, happened_at, json } of records) {
    const record = JSON.parse(json) as { sheet?: string; seconds?: number; lessons: { minutes?: number }[] };
    const length = record.seconds ?? record.lessons.reduce((sum, { minutes = 0 }) => sum + minutes * 60, 0);
    if (kind === 'paper' && record.sheet === sheet)
      mistakes.push({ path: '/sheet', message: 'is the name of a sheet that is stored' });
    if (happened_at < to && happened_at + length * 1000 > from)
      mistakes.push({ path: '/startedAt', message: 'is in a session that is stored' });
  }
  return mistakes.slice(0, 2);
}
