import type { Kysely, Selectable } from 'kysely';
import type { Static } from 'typebox';
import { localDate, localYear } from '../../domain/credit/local-date.ts';
import { policyOn } from '../../domain/credit/policy.ts';
import { registrationId } from '../../domain/watching/registration.ts';
import type { Content } from '../catalogue/content.ts';
import type { CorrectionTable, Database } from '../db/schema.ts';
import type { WriteTransaction } from '../db/write-queue.ts';
import type { LedgerRecord, NewEntry } from './ledger.ts';

/** No control characters: PostgreSQL's texts know no NUL. */
const line = (maxLength: number) =>
  ({ type: 'string', minLength: 1, maxLength, pattern: '^[^\\u0000-\\u001f]+$' }) as const;

/** A person's correction: of an entry, or of a lesson that has none. */
export const correctionSchema = {
  type: 'object',
  required: ['person', 'seconds', 'reason', 'by'],
  additionalProperties: false,
  properties: {
    /** Chosen by the sender, so that sending it again is harmless; made if left out. */
    id: {
      type: 'string',
      pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
    },
    person: line(200),
    /** Id of the entry that is corrected; either this or `lessonId`. */
    entry: line(64),
    lessonId: { type: 'string', pattern: '^[a-z0-9][a-z0-9._-]{0,63}$' },
    /** Counted seconds to add, or with a minus to take away. */
    seconds: { type: 'number', minimum: -360_000, maximum: 360_000 },
    /** 学时 to add or take away; by the policy's minutes if left out. */
    hours: { type: 'number', minimum: -1000, maximum: 1000 },
    /** When the study was, ISO 8601; of an entry, its time. */
    at: { type: 'string', format: 'date-time' },
    mode: { type: 'string', enum: ['individual', 'group', 'live', 'replay', 'paper'] },
    /** In the words of the one who decides; shown to the person. */
    reason: line(1000),
    /** Opaque id of the one who decides. */
    by: line(200),
  },
} as const;

export type CorrectionRequest = Static<typeof correctionSchema>;

export interface StoredCorrection {
  id: string;
  request: CorrectionRequest;
  madeAt: number;
}

/** Why a correction cannot be entered. */
export type CorrectionRefusal = 'no-such-entry' | 'no-lesson' | 'takes-too-much' | 'correction-conflict';

type Rules = Pick<Content, 'lessons' | 'policy'>;

/**
 * Enters a correction: a source, and the entry that follows from it. The same id and content again change
 * nothing.
 */
export async function enterCorrection(
  trx: WriteTransaction,
  id: string,
  request: CorrectionRequest,
  program: string,
  rules: Rules,
  now: number,
): Promise<{ entry: LedgerRecord; isNew: boolean } | CorrectionRefusal> {
  const json = JSON.stringify(request);
  const there = await trx.selectFrom('corrections').selectAll().where('id', '=', id).executeTakeFirst();
  if (there) {
    if (there.json !== json) return 'correction-conflict';
    const entry = await trx.selectFrom('ledger').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    return { entry, isNew: false };
  }
  const ledger = await trx
    .selectFrom('ledger')
    .selectAll()
    .where('person', '=', request.person)
    .orderBy('seq')
    .execute();
  if (request.entry !== undefined && !ledger.some((entry) => entry.id === request.entry))
    return 'no-such-entry';
  if (request.entry === undefined && request.lessonId === undefined) return 'no-lesson';
  const entry = correctionEntry({ id, request, madeAt: now }, ledger, rules);
  const same = ledger.filter(
    ({ lesson_id, period }) => lesson_id === entry.lesson_id && period === entry.period,
  );
  const sum = (figure: (one: NewEntry) => number) =>
    [...same, entry].reduce((all, one) => all + figure(one), 0);
  if (sum((one) => one.credited_seconds) < -0.001 || sum((one) => one.hours) < -0.0001)
    return 'takes-too-much';
  await trx
    .insertInto('corrections')
    .values({ id, person: request.person, json, program, made_at: now })
    .execute();
  const written = await trx.insertInto('ledger').values(entry).returningAll().executeTakeFirstOrThrow();
  return { entry: written, isNew: true };
}

/** The ledger entry of a correction, given the person's entries before it. */
export function correctionEntry(
  { id, request, madeAt }: StoredCorrection,
  before: readonly LedgerRecord[],
  { lessons, policy: book }: Rules,
): NewEntry {
  const { person, seconds, reason, by } = request;
  const of = before.find((entry) => entry.id === request.entry);
  const at = request.at === undefined ? (of?.at ?? madeAt) : Date.parse(request.at);
  const lessonId = of?.lesson_id ?? request.lessonId ?? '';
  const period = of?.period ?? localYear(at, book.timeZone);
  const policy = policyOn(book, localDate(at, book.timeZone));
  const first = before.find((entry) => entry.lesson_id === lessonId && entry.period === period);
  const lesson = lessons.get(lessonId);
  return {
    id,
    person,
    registration: of?.registration ?? registrationId(person, lessonId, String(period)),
    lesson_id: lessonId,
    period,
    kind: of?.kind ?? lesson?.kind ?? 'farming',
    mode: request.mode ?? of?.mode ?? 'paper',
    length: of?.length ?? lesson?.length ?? 0,
    threshold: null,
    played_seconds: 0,
    credited_seconds: seconds,
    hours: request.hours ?? Math.round((seconds / 60 / policy.minutesPerHour) * 1e4) / 1e4,
    by_day: JSON.stringify({ [localDate(at, book.timeZone)]: seconds }),
    rules: '[]',
    evidence: 'C',
    at,
    session_id: '',
    statement_id: null,
    policy_from: policy.from,
    corrects: first?.id ?? null,
    statements_upto: 0,
    checkpoints_upto: 0,
    admissions_upto: 0,
    correction: 'person',
    reason,
    made_by: by,
    written_at: madeAt,
  };
}

/** A person's corrections by id. */
export async function readCorrections(
  db: Kysely<Database>,
  person: string,
): Promise<Map<string, StoredCorrection>> {
  const rows = await db.selectFrom('corrections').selectAll().where('person', '=', person).execute();
  return new Map(rows.map((row) => [row.id, stored(row)]));
}

function stored({ id, json, made_at }: Selectable<CorrectionTable>): StoredCorrection {
  return { id, request: JSON.parse(json) as CorrectionRequest, madeAt: made_at };
}
