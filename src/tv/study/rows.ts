import type { StatementDraft } from '../../domain/statements/build-statement.ts';
import type { GroupRecord, PaperRecord } from '../../domain/groups/group-record.ts';
import type { Stamp } from './clock.ts';
import type { Kept } from './store.ts';

/** A checkpoint before its registration is known. */
export interface CheckpointDraft {
  sessionId: string;
  person: string;
  lessonId: string;
  seq: number;
  bootId: string;
  /** Monotonic seconds. */
  mono: number;
  /** All that was played in the session so far. */
  segments: string;
  rate: number;
}

/** A start of the box during a group session. */
export interface KeptAnchor {
  /** Session second of `stamp`. */
  seconds: number;
  stamp: Stamp;
  /** The greatest known monotonic second of that start. */
  lastMono: number;
}

/** What is told of a group session, as its call's body; a record gets its anchors when it is sealed. */
export type GroupCallDraft = { sessionId: string } & (
  | { what: 'record'; record: GroupRecord; anchors: readonly KeptAnchor[] }
  | { what: 'paper'; body: PaperRecord }
  | { what: 'corrections'; body: unknown }
);

/** One thing the service has to be told, kept until it has confirmed it. */
export type OutboxRow = Kept & {
  /** Counts up: what was kept first goes first. */
  order: number;
  /** When it happened. */
  stamp: Stamp;
  /** When its session began: this tells the credit period. */
  begun: Stamp;
  /** The exact text that is sent; once there, it never changes. */
  sealed?: string;
  /** Of the sealed text in UTF-8. */
  bytes?: number;
  /** When it happened by the sealed text, milliseconds since 1970. */
  at?: number;
  /** Why the service would not take it; such a row waits for a person. */
  refused?: Refusal;
} & (
    | { kind: 'statement'; draft: StatementDraft }
    | { kind: 'checkpoint'; draft: CheckpointDraft }
    | { kind: 'group'; draft: GroupCallDraft }
  );

export interface Refusal {
  /** The HTTP status, or the service's code for a checkpoint. */
  code: string;
  /** The service's own words, for a technician. */
  detail: string;
}

/** What is never dropped. */
export function isCompletion(row: OutboxRow): boolean {
  return row.kind === 'statement' && row.draft.verb === 'completed';
}

/** What a row not yet sealed is taken for; statements come to about this. */
const USUAL_BYTES = 2000;

/** Bytes of a row on the wire. */
export function rowBytes({ bytes }: OutboxRow): number {
  return bytes ?? USUAL_BYTES;
}

/** A session's first statement: the service must know of a session before it hears more of it. */
export function isOpening(row: OutboxRow): boolean {
  return row.kind === 'statement' && row.draft.verb === 'initialized';
}

export function checkpointRowId(sessionId: string, seq: number): string {
  return `${sessionId}:${seq}`;
}
