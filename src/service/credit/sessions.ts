import type { Selectable } from 'kysely';
import { acceptSession, type AcceptedSession } from '../../domain/credit/accept-session.ts';
import type { LessonKind } from '../../domain/catalogue/types.ts';
import type { LessonFacts } from '../../domain/credit/evidence.ts';
import type { PolicyBook } from '../../domain/credit/policy.ts';
import type { SessionTable } from '../db/schema.ts';
import type { Content } from '../catalogue/content.ts';
import { sessionEvidence, sessionSubject, type SessionSources } from './evidence.ts';

export type SessionRecord = Selectable<SessionTable>;

/** One person's study of one lesson in one period: what credit is decided for. */
export interface StudyUnit {
  person: string;
  registration: string;
  lessonId: string;
}

export interface SessionKey {
  person: string;
  registration: string;
  sessionId: string;
}

/** What is believed of a session, worked out from its sources; `undefined` if they are about no lesson. */
export function sessionRecord(
  { person, registration, sessionId }: SessionKey,
  sources: SessionSources,
  { lessons, policy }: Pick<Content, 'lessons' | 'policy'>,
): SessionRecord | undefined {
  const subject = sessionSubject(sources);
  if (!subject) return undefined;
  const kind = lessons.get(subject.lessonId)?.kind ?? 'farming';
  const accepted = acceptSources(sessionId, sources, kind, policy);
  return {
    person,
    registration,
    session_id: sessionId,
    lesson_id: subject.lessonId,
    mode: subject.mode,
    length: subject.length,
    last_at: Math.round(accepted.lastAt),
    received_at: Math.max(
      ...sources.statements.map(({ stored_at }) => stored_at),
      ...sources.checkpoints.map(({ received_at }) => received_at),
    ),
    settled: accepted.begun && accepted.closed ? 1 : 0,
    json: JSON.stringify(accepted),
  };
}

export function acceptSources(
  sessionId: string,
  sources: SessionSources,
  kind: LessonKind,
  book: PolicyBook,
): AcceptedSession {
  return acceptSession(sessionEvidence(sessionId, sources, book), kind, book);
}

export function acceptedOf({ json }: Pick<SessionRecord, 'json'>): AcceptedSession {
  return JSON.parse(json) as AcceptedSession;
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
  return { lessonId, kind: 'farming', length: lengths.length > 0 ? Math.max(...lengths) : null };
}
