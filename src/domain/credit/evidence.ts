import type { LessonKind } from '../catalogue/types.ts';
import type { Evidence } from './decide-credit.ts';
import type { Range } from '../watching/watch-events.ts';

/**
 * One link in the chain that proves a watch session: its `initialized` statement, a checkpoint, or one of
 * the statements that say what was played.
 */
export interface EvidenceLink {
  source: 'initialized' | 'checkpoint' | 'completed' | 'paused' | 'terminated';
  /** The start of the box to which `mono` belongs. */
  bootId: string;
  /** Monotonic seconds since that start. */
  mono: number;
  /** All that was played in the session up to here. */
  segments: readonly Range[];
  /** Playing rate at this moment, where it is known. */
  rate?: number;
  /** Number of a checkpoint in its session. */
  seq?: number;
  /** Best known wall-clock time, milliseconds since 1970; checkpoints carry none. */
  at?: number;
  /** Whether `at` is only known to lie between two contacts of the box. */
  bounded?: boolean;
  /** When the service got it, milliseconds since 1970 by the service's clock. */
  receivedAt?: number;
  /** What came of a checkpoint's nonce; nothing if it carried none. */
  nonce?: NonceVerdict;
  /** What the link is worth by how it came about, where that is known: of a group, by how people were listed. */
  grade?: Evidence;
}

/**
 * `right`: the sender had the service's answer to the session's last checkpoints shortly before. `old`: it had
 * it once. `reused`: other checkpoints came with it before. `wrong`: it was made for another box or
 * session, or by somebody else.
 */
export type NonceVerdict = 'right' | 'old' | 'reused' | 'wrong';

/** What is known of one watch session; links in any order, repeats do no harm. */
export interface SessionEvidence {
  sessionId: string;
  links: readonly EvidenceLink[];
}

/** What must be known of a lesson to judge its viewings. */
export interface LessonFacts {
  lessonId: string;
  kind: LessonKind;
  /** Seconds; `null` while nobody has said. */
  length: number | null;
  /** The lesson's own threshold, if it has one. */
  threshold?: number;
  /** The county's catalogue does not know it: what it is and how long is the box's word alone. */
  unlisted?: true;
}

/** All that is known of one person's study of one lesson in one period. */
export interface LessonEvidence {
  lesson: LessonFacts;
  sessions: readonly SessionEvidence[];
  /**
   * Play that the service has accepted already, for a TV that no longer has the older sessions; it is
   * taken to have happened on the day of the first session.
   */
  before?: readonly Range[];
}

/** What the ledger holds of a person already, the lesson and registration in question left out of `byDay`. */
export interface CreditHistory {
  /** Counted seconds by local day. */
  byDay: Readonly<Record<string, number>>;
  /** Years in which the same lesson has been credited under another registration. */
  lessonYears: readonly number[];
}

export const noHistory: CreditHistory = { byDay: {}, lessonYears: [] };
