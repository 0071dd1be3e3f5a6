import type { LessonKind } from '../catalogue/types.ts';
import { formatPlayedSegments } from '../watching/played-segments.ts';
import type { CreditDecision, Evidence } from './decide-credit.ts';
import type { LessonFacts } from './evidence.ts';
import { localDate } from './local-date.ts';
import { policyOn, reviewPolicyOf, roundHours, type PolicyBook, type StudyMode } from './policy.ts';
import { reviewOfYear } from './review.ts';
import type { RuleResult } from './rules.ts';

/** Why an entry was made that no play speaks for. */
export interface Correction {
  /** `person`: somebody entered it; `void`: a statement that spoke for the credit was voided. */
  kind: 'person' | 'void';
  /** In the words of the one who entered it; of a void, the id of the voided statement. */
  reason: string;
  /** Opaque id of the one who entered it; of a void, of the voiding statement. */
  by: string;
}

/** One line of the ledger; lines are only ever added. */
export interface LedgerEntry {
  id: string;
  registration: string;
  person: string;
  lessonId: string;
  kind: LessonKind;
  mode: StudyMode;
  /** Seconds of the lesson that were really played, each once. */
  playedSeconds: number;
  /** Seconds that count by this entry. */
  creditedSeconds: number;
  /** 学时 by this entry, four decimals. */
  hours: number;
  /** When the play ended, ISO 8601 UTC. */
  at: string;
  rules: RuleResult[];
  evidence: Evidence;
  /** The `completed` statement that claimed it, if one has come. */
  statementId: string | null;
  /** Date of the policy it was judged by. */
  policyFrom: string;
  /** The entry to which this one adds or from which it takes; `null` for a lesson's first entry. */
  corrects: string | null;
  /** Where it was not play that made the entry. */
  correction?: Correction;
  /** In a person's year: the entry counts, and a person is to look at it; see `reviewOfYear`. */
  review?: EntryReview;
}

/** Parts of the year, 0 to 1: of evidence C, and up to which nobody looks. */
export interface EntryReview {
  share: number;
  limit: number;
  /** In plain words, by language; the service has them. */
  reason?: Readonly<Record<string, string>>;
}

/** How one lesson stands with one person in one period. */
export interface LessonStudy {
  lessonId: string;
  registration: string;
  mode: StudyMode;
  /** Seconds; 0 while nobody has said. */
  length: number;
  threshold: number;
  playedSeconds: number;
  /** 0 to 1. */
  coverage: number;
  /** Played segments as the xAPI video profile writes them. */
  segments: string;
  status: CreditDecision['status'];
  reasons: RuleResult[];
  /** ISO 8601 UTC. */
  lastAt: string;
}

/** The sum of some seconds of study. */
export interface StudySum {
  seconds: number;
  /** 学时, rounded as the policy says. */
  hours: number;
}

/** One person's year, as "My study" shows it. */
export interface StudyYear {
  person: string;
  year: number;
  role: string;
  /** What the role asks for in the year, in 学时; `duty` counts toward it. */
  target: { hours: number } | null;
  total: StudySum;
  /** The part of `total` that counts toward a yearly duty: duty lessons, in the modes the policy names. */
  duty: StudySum;
  months: ({ month: number } & StudySum)[];
  /** Newest first. */
  entries: LedgerEntry[];
  /** Newest first. */
  lessons: LessonStudy[];
}

/**
 * Folds a person's ledger and lessons into a year. Entries of other years are left out; the lessons are the
 * caller's choice.
 */
export function studyYear(
  who: { person: string; year: number; role: string },
  ledger: readonly LedgerEntry[],
  lessons: readonly LessonStudy[],
  book: PolicyBook,
): StudyYear {
  const policy = policyOn(book, `${who.year}-12-31`);
  const day = (entry: LedgerEntry) => localDate(Date.parse(entry.at), book.timeZone);
  const entries = ledger.filter((entry) => day(entry).startsWith(`${who.year}-`)).sort(newestFirst('at'));
  const months = Array.from({ length: 12 }, (): LedgerEntry[] => []);
  for (const entry of entries) months[Number(day(entry).slice(5, 7)) - 1]?.push(entry);
  const add = (some: readonly LedgerEntry[]): StudySum => ({
    seconds: sum(some.map(({ creditedSeconds }) => creditedSeconds)),
    hours: roundHours(sum(some.map(({ hours }) => hours)), policy),
  });
  const isDuty = (entry: LedgerEntry): boolean =>
    entry.kind === 'duty' && policyOn(book, day(entry)).dutyModes.includes(entry.mode);
  const hours = policy.targets[who.role] ?? null;
  const { entries: looked, share, limit } = reviewOfYear(entries, reviewPolicyOf(policy));
  return {
    ...who,
    target: hours === null ? null : { hours },
    total: add(entries),
    duty: add(entries.filter(isDuty)),
    months: months.map((some, index) => ({ month: index + 1, ...add(some) })),
    entries: entries.map((entry) =>
      looked.includes(entry.id) ? { ...entry, review: { share, limit } } : entry,
    ),
    lessons: [...lessons].sort(newestFirst('lastAt')),
  };
}

/** How a lesson stands by a decision; `credited` says that the ledger has an entry for it already. */
export function lessonStudy(
  lesson: LessonFacts,
  { registration, mode }: { registration: string; mode: StudyMode },
  decision: CreditDecision,
  credited = decision.status === 'credited',
): LessonStudy {
  return {
    lessonId: lesson.lessonId,
    registration,
    mode,
    length: lesson.length ?? 0,
    threshold: decision.threshold,
    playedSeconds: decision.playedSeconds,
    coverage: decision.coverage,
    segments: formatPlayedSegments(decision.segments),
    status: credited ? 'credited' : decision.status,
    reasons: decision.reasons,
    lastAt: new Date(decision.lastAt).toISOString(),
  };
}

function newestFirst<Key extends string>(key: Key) {
  return (a: Record<Key, string>, b: Record<Key, string>): number => (a[key] < b[key] ? 1 : -1);
}

/** To four decimals, so that sums of decimals stay decimals. */
function sum(figures: readonly number[]): number {
  return Math.round(figures.reduce((total, figure) => total + figure, 0) * 1e4) / 1e4;
}
