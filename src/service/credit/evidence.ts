import type { Selectable } from 'kysely';
import type { EvidenceLink, NonceVerdict, SessionEvidence } from '../../domain/credit/evidence.ts';
import { localDate } from '../../domain/credit/local-date.ts';
import type { PolicyBook } from '../../domain/credit/policy.ts';
import {
  lessonIdOf,
  ownExtension,
  verbIris,
  videoExtensionIris,
  type TimeQuality,
} from '../../domain/statements/iris.ts';
import type { AttendanceClaim } from '../../domain/groups/group-statements.ts';
import type { Statement } from '../../domain/statements/statement.ts';
import { parsePlayedSegments } from '../../domain/watching/played-segments.ts';
import { union } from '../../domain/watching/ranges.ts';
import type { Range } from '../../domain/watching/watch-events.ts';
import { isOfGroup } from './group-authority.ts';
import type { CheckpointTable, StatementTable } from '../db/schema.ts';

export type StatementRecord = Pick<
  Selectable<StatementTable>,
  'seq' | 'id' | 'verb' | 'activity' | 'happened_at' | 'stored_at' | 'json'
> & {
  /** Arrival of the statement that voids it. */
  voided_seq: number | null;
  voided_by: string | null;
  /** What `json` says, where it is at hand. */
  said?: Statement;
};
export type CheckpointRecord = Selectable<CheckpointTable>;

/** The stored sources of one watch session. */
export interface SessionSources {
  statements: readonly StatementRecord[];
  checkpoints: readonly CheckpointRecord[];
}

/** What the sources say of a watch session beside its evidence. */
export interface SessionSubject {
  lessonId: string;
  mode: string;
  /** The lesson's length as the box said it, seconds. */
  length: number | null;
}

const sources = Object.fromEntries(
  Object.entries(verbIris).map(([name, iri]) => [iri, name as EvidenceLink['source']]),
);

/** How far the sources had come at some moment, as sequence numbers. */
export interface ArrivedUpTo {
  statements: number;
  checkpoints: number;
}

/**
 * The sources that speak for a session: without voided statements. The statement that begins a session and the
 * one that claims its completion stand for the whole of it: voided, nothing of it counts.
 */
export function standing(
  { statements, checkpoints }: SessionSources,
  upTo: ArrivedUpTo = { statements: Infinity, checkpoints: Infinity },
): SessionSources {
  const arrived = statements.filter(({ seq }) => seq <= upTo.statements);
  const isVoid = ({ voided_seq }: StatementRecord) => voided_seq !== null && voided_seq <= upTo.statements;
  if (arrived.some((row) => isVoid(row) && decisive.includes(row.verb)))
    return { statements: [], checkpoints: [] };
  return {
    statements: arrived.filter((row) => !isVoid(row)),
    checkpoints: checkpoints.filter(({ seq }) => seq <= upTo.checkpoints),
  };
}

const decisive: readonly string[] = [verbIris.initialized, verbIris.completed];

/** The chain of evidence in the stored sources of a session. */
export function sessionEvidence(
  sessionId: string,
  { statements, checkpoints }: SessionSources,
  book: PolicyBook,
): SessionEvidence {
  const first = [...book.policies].map(({ from }) => from).sort()[0]!;
  return {
    sessionId,
    links: [
      ...statements.flatMap((row) => statementLink(row, first, book.timeZone)),
      ...checkpoints.map(checkpointLink),
    ],
  };
}

/** The lesson, mode and length of a session; `undefined` if no source is about a lesson. */
export function sessionSubject({ statements, checkpoints }: SessionSources): SessionSubject | undefined {
  const first = statements.find(({ verb }) => verb === verbIris.initialized) ?? statements[0];
  const lessonId = (first?.activity && lessonIdOf(first.activity)) ?? checkpoints[0]?.lesson_id;
  if (!lessonId) return undefined;
  const extensions = first && saidIn(first).context?.extensions;
  const length = extensions?.[videoExtensionIris.length];
  const mode = ownExtension(extensions, 'mode');
  return {
    lessonId,
    mode: typeof mode === 'string' ? mode : 'individual',
    length: typeof length === 'number' && length > 0 && length < Infinity ? length : null,
  };
}

function saidIn({ said, json }: StatementRecord): Statement {
  return said ?? (JSON.parse(json) as Statement);
}

/**
 * A statement without a usable monotonic time stands alone, as if of a boot of its own. A time before the
 * first policy or after the statement came in is a wrong clock: the time it came in stands for it.
 */
function statementLink(row: StatementRecord, firstPolicy: string, timeZone: string): EvidenceLink[] {
  const source = sources[row.verb];
  if (!source) return [];
  const { authority, context, result } = saidIn(row);
  const claim = ownExtension(context?.extensions, 'attendance') as AttendanceClaim | undefined;
  const played = result?.extensions?.[videoExtensionIris.playedSegments];
  const segments = union((typeof played === 'string' && parsePlayedSegments(played)) || []);
  if (claim && isOfGroup(authority)) return attendanceLinks(row, claim, segments);
  const quality = ownExtension(context?.extensions, 'timeQuality') as Partial<TimeQuality> | undefined;
  const timed = typeof quality?.bootId === 'string' && Number.isFinite(quality.monotonicMs);
  const plausible = row.happened_at <= row.stored_at && localDate(row.happened_at, timeZone) >= firstPolicy;
  return [
    {
      source,
      bootId: timed ? quality.bootId! : `statement ${row.id}`,
      mono: timed ? quality.monotonicMs! / 1000 : 0,
      segments,
      at: plausible ? row.happened_at : row.stored_at,
      ...(isBounded(quality) ? { bounded: true } : {}),
      receivedAt: row.stored_at,
      // A name picked on the screen, without its PIN, is believed no more than what a box brings later.
      ...(ownExtension(context?.extensions, 'viewer') === 'chosen' ? { grade: 'B' as const } : {}),
    },
  ];
}

/**
 * An attendee of a group has one statement for the whole of it: they were there from one session second to
 * another, and what was shown meanwhile is theirs.
 */
function attendanceLinks(
  { id, happened_at, stored_at }: StatementRecord,
  { from, to, checkIn, evidence }: AttendanceClaim,
  segments: readonly Range[],
): EvidenceLink[] {
  const link = { bootId: `statement ${id}`, receivedAt: stored_at, grade: evidence };
  return [
    {
      ...link,
      source: 'initialized',
      mono: from,
      segments: [],
      at: Math.min(Date.parse(checkIn), stored_at),
    },
    { ...link, source: 'terminated', mono: to, segments, at: Math.min(happened_at, stored_at) },
  ];
}

/** A box whose own clock was right needed no bounds. */
function isBounded(quality: Partial<TimeQuality> | undefined): boolean {
  return quality?.clock === 'bounded' && quality.offsetMs !== 0;
}

function checkpointLink(row: CheckpointRecord): EvidenceLink {
  return {
    source: 'checkpoint',
    bootId: row.boot_id,
    mono: row.mono,
    segments: union(parsePlayedSegments(row.segments) ?? []),
    rate: row.rate,
    seq: row.number,
    receivedAt: row.received_at,
    ...(row.nonce_verdict === null ? {} : { nonce: row.nonce_verdict as NonceVerdict }),
  };
}
