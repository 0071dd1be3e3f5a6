import { describe, expect, it } from 'vitest';
import { decideCredit } from '../../../../src/domain/credit/decide-credit.ts';
import type { SessionEvidence } from '../../../../src/domain/credit/evidence.ts';
import {
  lessonStudy,
  studyYear,
  type LedgerEntry,
  type LessonStudy,
  type StudyYear,
} from '../../../../src/domain/credit/study-year.ts';
import { union } from '../../../../src/domain/watching/ranges.ts';
import { registrationId } from '../../../../src/domain/watching/registration.ts';
import type { LessonHistory } from '../../../../src/tv/study/history.ts';
import { isCredited, mergeYear } from '../../../../src/tv/study/merge-year.ts';
import { book, noon, viewing } from '../../domain/credit/samples.ts';

const person = 'v-1';
const facts = (lessonId: string) => ({ lessonId, kind: 'farming' as const, length: 600 });

/** What the box remembers of these viewings. */
function history(lessonId: string, ...sessions: SessionEvidence[]): LessonHistory {
  const ends = sessions.map(({ links }) => links[links.length - 1]!);
  return {
    id: `2026/${lessonId}`,
    lesson: facts(lessonId),
    period: '2026',
    played: union(...ends.map(({ segments }) => segments)),
    completed: true,
    threshold: 0.9,
    position: 0,
    lastAt: noon,
    sessions: sessions.map(({ sessionId, links }) => ({
      sessionId,
      links: [links[0]!, links[links.length - 1]!],
    })),
  };
}

/** What the service says when it has these viewings. */
function service(...known: [lessonId: string, sessions: SessionEvidence[]][]): StudyYear {
  const entries: LedgerEntry[] = [];
  const lessons: LessonStudy[] = [];
  for (const [lessonId, sessions] of known) {
    const registration = registrationId(person, lessonId, '2026');
    const decision = decideCredit({ lesson: facts(lessonId), sessions }, book);
    const lesson = lessonStudy(facts(lessonId), { registration, mode: 'individual' }, decision);
    lessons.push(lesson);
    if (decision.status === 'credited')
      entries.push({
        id: `ledger-${lessonId}`,
        registration,
        person,
        lessonId,
        kind: 'farming',
        mode: 'individual',
        playedSeconds: decision.playedSeconds,
        creditedSeconds: decision.creditedSeconds,
        hours: decision.hours,
        at: lesson.lastAt,
        rules: decision.reasons,
        evidence: 'A',
        statementId: null,
        policyFrom: decision.policyFrom,
        corrects: null,
      });
  }
  return studyYear({ person, year: 2026, role: 'villager' }, entries, lessons, book);
}

describe('the merged year', () => {
  const whole = viewing('s1', 0, 600);

  it('is the service word for word when nothing is waiting', () => {
    const year = service(['rice', [whole]]);
    expect(mergeYear(year, [history('rice', whole)], book)).toEqual({ study: year, provisional: [] });
    expect(mergeYear(year, [], book)).toEqual({ study: year, provisional: [] });
  });

  it('adds what the service has not heard of, by the same rules', () => {
    const { study, provisional } = mergeYear(service(), [history('rice', whole)], book);
    expect(provisional).toEqual(['rice']);
    expect(study.total.seconds).toBe(service(['rice', [whole]]).total.seconds);
    expect(study.lessons).toMatchObject([{ lessonId: 'rice', status: 'credited', playedSeconds: 600 }]);
    expect(study.months[10]).toMatchObject({ seconds: 600 });
  });

  it('does not count again what the service has credited, however much more was played since', () => {
    const year = service(['rice', [viewing('s1', 0, 560)]]);
    const more = history(
      'rice',
      viewing('s1', 0, 560),
      viewing('s2', 0, 600, { startedAt: noon + 7_200_000 }),
    );
    expect(mergeYear(year, [more], book).study.total.seconds).toBe(560);
  });

  it('counts half at the service and the whole here once', () => {
    const first = viewing('s1', 0, 300);
    const second = viewing('s2', 300, 600, { startedAt: noon + 3_600_000 });
    const { study, provisional } = mergeYear(
      service(['rice', [first]]),
      [history('rice', first, second)],
      book,
    );
    expect(provisional).toEqual(['rice']);
    expect(study.lessons).toHaveLength(1);
    expect(study.total.seconds).toBe(600);
  });

  it('a box that lost the first half still sees the lesson completed, and never more than was played', () => {
    const second = viewing('s2', 200, 600, { startedAt: noon + 3_600_000 });
    const year = service(['rice', [viewing('s1', 0, 300)]]);
    const { study } = mergeYear(year, [history('rice', second)], book);
    expect(study.lessons).toMatchObject([{ status: 'credited', coverage: 1, playedSeconds: 600 }]);
    expect(study.total.seconds).toBeLessThanOrEqual(600);
  });

  it("the service's refusal of what is known here stands", () => {
    const year = service(['rice', [whole]]);
    const refused: StudyYear = {
      ...year,
      entries: [],
      total: { seconds: 0, hours: 0 },
      lessons: year.lessons.map((lesson) => ({ ...lesson, status: 'not-counted' as const })),
    };
    expect(mergeYear(refused, [history('rice', whole)], book)).toMatchObject({
      study: { entries: [], lessons: [{ status: 'not-counted' }] },
      provisional: [],
    });
  });

  it('keeps the daily cap over confirmed and waiting lessons together', () => {
    const capped = {
      ...book,
      policies: book.policies.map((policy) => ({ ...policy, caps: { ...policy.caps, daySeconds: 700 } })),
    };
    const year = service(['rice', [whole]]);
    const waiting = history('wheat', viewing('s3', 0, 600, { startedAt: noon + 3_600_000 }));
    expect(mergeYear(year, [waiting], capped).study.total.seconds).toBe(700);
  });

  it('knows when the proof has done its work', () => {
    expect(isCredited(service(['rice', [whole]]), history('rice', whole))).toBe(true);
    expect(isCredited(service(['rice', [viewing('s1', 0, 300)]]), history('rice', whole))).toBe(false);
    expect(isCredited(service(), history('rice', whole))).toBe(false);
  });
});
