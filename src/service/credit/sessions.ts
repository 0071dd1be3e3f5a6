import type { Kysely, Selectable } from 'kysely';
import {
  acceptSession,
  type AcceptedSession,
  type SessionTerms,
} from '../../domain/credit/accept-session.ts';
import type { LessonKind } from '../../domain/catalogue/types.ts';
import type { LessonFacts } from '../../domain/credit/evidence.ts';
import type { PolicyBook } from '../../domain/credit/policy.ts';
import { isOneOfPairs } from '../db/is-one-of.ts';
import type { Database, SessionTable } from '../db/schema.ts';
import type { Content } from '../catalogue/content.ts';
import { sessionEvidence, type SessionSources, type SessionSubject } from './evidence.ts';

export type SessionRecord = Selectable<SessionTable>;

/** One person's study of one lesson in one period: what credit is decided for. */
export interface StudyUnit {
  person: string;
  registration: string;
  lessonId: string;
}

/** A session with what is believed of it at hand. */
export interface JudgedSession {
  record: SessionRecord;
  accepted: AcceptedSession;
}

export interface SessionKey {
  person: string;
  registration: string;
  sessionId: string;
}

/** A session as it is kept. */
export function sessionRecord(
  { person, registration, sessionId }: SessionKey,
  subject: SessionSubject,
  sources: SessionSources,
  accepted: AcceptedSession,
  admission: Pick<SessionRecord, 'box_id' | 'admission'>,
): SessionRecord {
  const arrivals = [
    ...sources.statements.map(({ stored_at }) => stored_at),
    ...sources.checkpoints.map(({ received_at }) => received_at),
  ];
  const received = arrivals.reduce((latest, at) => Math.max(latest, at), 0);
  return {
    person,
    registration,
    session_id: sessionId,
    lesson_id: subject.lessonId,
    mode: subject.mode,
    length: subject.length,
    // Of a session that was voided nothing is left but that it came in.
    started_at: Math.round(accepted.startedAt || received),
    last_at: Math.round(accepted.lastAt || received),
    received_at: received,
    settled: accepted.begun && accepted.closed ? 1 : 0,
    json: JSON.stringify(accepted),
    ...admission,
  };
}

/** What is believed of the sources under terms that were decided before. */
export function acceptSources(
  sessionId: string,
  sources: SessionSources,
  kind: LessonKind,
  book: PolicyBook,
  terms: SessionTerms,
): AcceptedSession {
  return acceptSession(sessionEvidence(sessionId, sources, book), kind, book, terms);
}

/** Sessions of earlier versions lack what those did not know. */
export function acceptedOf({ json }: Pick<SessionRecord, 'json'>): AcceptedSession {
  return { ...unknown, ...(JSON.parse(json) as Omit<AcceptedSession, keyof typeof unknown>) };
}

const unknown = {
  refusedByOverlap: 0,
  refusedByBudget: 0,
  asked: {},
  spans: [],
  timed: false,
  boots: [],
  wrongNonces: 0,
  beforeContact: 0,
} satisfies Partial<AcceptedSession>;

export function keyOf({ person, registration, sessionId }: SessionKey): string {
  return JSON.stringify([person, registration, sessionId]);
}

/** All sessions of people in some registrations, by {@link keyOf}. */
export async function readSessions(
  db: Kysely<Database>,
  some: readonly Pick<StudyUnit, 'person' | 'registration'>[],
): Promise<Map<string, SessionRecord>> {
  const pairs = some.map(({ person, registration }) => [person, registration] as const);
  const rows = await db
    .selectFrom('sessions')
    .selectAll()
    .where(isOneOfPairs(db, ['person', 'registration'], pairs))
    .execute();
  return new Map(rows.map((row) => [keyOf({ ...row, sessionId: row.session_id }), row]));
}

/** The lesson as the catalogue has it; one it does not know, as the box described it. */
export function lessonFacts(
  lessonId: string,
  sessions: readonly Pick<SessionRecord, 'length'>[],
  lessons: Content['lessons'],
): LessonFacts {
  const lesson = lessons.get(lessonId);
  if (lesson)
    return {
      lessonId,
      kind: lesson.kind,
      length: lesson.length,
      ...(lesson.threshold === undefined ? {} : { threshold: lesson.threshold }),
    };
  const lengths = sessions.flatMap(({ length }) => length ?? []);
  // Of several, the longest: it asks for the most play.
  const length = lengths.length > 0 ? Math.max(...lengths) : null;
  return { lessonId, kind: 'farming', length, unlisted: true };
}
