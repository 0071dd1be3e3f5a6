import type { Static } from 'typebox';
import type { NonceVerdict } from '../../domain/credit/evidence.ts';
import { parsePlayedSegments } from '../../domain/watching/played-segments.ts';
import type { WriteTransaction } from '../db/write-queue.ts';

const uuid = {
  type: 'string',
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
} as const;

/** What a TV says every 30 s of play. */
export const checkpointSchema = {
  type: 'object',
  required: ['sessionId', 'registration', 'person', 'lessonId', 'seq', 'bootId', 'mono', 'segments', 'rate'],
  additionalProperties: false,
  properties: {
    sessionId: uuid,
    registration: uuid,
    person: { type: 'string', pattern: '^[A-Za-z0-9_-]{3,64}$' },
    lessonId: { type: 'string', pattern: '^[a-z0-9][a-z0-9._-]{0,63}$' },
    /** 1, 2, 3 within the session. */
    seq: { type: 'integer', minimum: 1, maximum: 100_000 },
    bootId: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
    /** Monotonic seconds since the boot. */
    mono: { type: 'number', minimum: 0, maximum: 1e10 },
    /** Played segments of the whole session so far, as the xAPI video profile writes them. */
    segments: {
      type: 'string',
      maxLength: 20_000,
      pattern: '^([0-9]{1,9}(\\.[0-9]{1,3})?\\[\\.\\][0-9]{1,9}(\\.[0-9]{1,3})?(\\[,\\](?=[0-9])|$))*$',
    },
    rate: { type: 'number', exclusiveMinimum: 0, maximum: 16 },
  },
} as const;

export type Checkpoint = Static<typeof checkpointSchema>;

/** A nonce that came with the checkpoints of a session, and what is to be thought of it. */
export interface Proof {
  nonce: string;
  verdict: Exclude<NonceVerdict, 'reused'>;
}

export interface CheckpointResult {
  sessionId: string;
  seq: number;
  status: 'stored' | 'duplicate' | 'rejected';
  code?: string;
  detail?: string;
}

/**
 * Adds checkpoints that are not there yet. One that is there already changes nothing; another under the same
 * session and number is rejected.
 *
 * @param proofs by session. A nonce that older checkpoints came with, none of which is sent again here, is used.
 */
export async function addCheckpoints(
  trx: WriteTransaction,
  checkpoints: readonly Checkpoint[],
  boxId: string,
  now: number,
  proofs: ReadonlyMap<string, Proof>,
): Promise<CheckpointResult[]> {
  const sent = checkpoints.map(({ sessionId, lessonId, bootId, seq, ...rest }) => ({
    ...rest,
    session_id: sessionId,
    lesson_id: lessonId,
    boot_id: bootId,
    number: seq,
    box_id: boxId,
    received_at: now,
    nonce: proofs.get(sessionId)?.nonce ?? null,
  }));
  const there = await trx
    .selectFrom('checkpoints')
    .select([
      'session_id',
      'number',
      'registration',
      'person',
      'lesson_id',
      'boot_id',
      'mono',
      'segments',
      'rate',
      'nonce',
    ])
    .where('session_id', 'in', [...new Set(sent.map(({ session_id }) => session_id))])
    .execute();
  const slots = new Set(sent.map(slot));
  const used = new Set(there.filter((row) => !slots.has(slot(row))).map(({ nonce }) => nonce));
  const rows = sent.map((row) => ({
    ...row,
    nonce_verdict:
      row.nonce === null ? null : used.has(row.nonce) ? 'reused' : proofs.get(row.session_id)!.verdict,
  }));
  const taken = new Map(there.map((row) => [slot(row), content(row)]));
  const fresh: typeof rows = [];
  const results = rows.map((row): CheckpointResult => {
    const about = { sessionId: row.session_id, seq: row.number };
    const known = taken.get(slot(row));
    if (!parsePlayedSegments(row.segments))
      return {
        ...about,
        status: 'rejected',
        code: 'invalid-segments',
        detail: 'A played segment ends before it begins.',
      };
    if (known === undefined) {
      taken.set(slot(row), content(row));
      fresh.push(row);
      return { ...about, status: 'stored' };
    }
    return known === content(row)
      ? { ...about, status: 'duplicate' }
      : {
          ...about,
          status: 'rejected',
          code: 'checkpoint-conflict',
          detail: 'Another checkpoint is stored under this session and number.',
        };
  });
  if (fresh.length > 0) await trx.insertInto('checkpoints').values(fresh).execute();
  return results;
}

interface Slot {
  session_id: string;
  number: number;
}

interface Content extends Pick<Checkpoint, 'registration' | 'person' | 'mono' | 'segments' | 'rate'> {
  lesson_id: string;
  boot_id: string;
}

function slot({ session_id, number }: Slot): string {
  return `${session_id} ${number}`;
}

function content({ registration, person, lesson_id, boot_id, mono, segments, rate }: Content): string {
  return JSON.stringify([registration, person, lesson_id, boot_id, mono, segments, rate]);
}
