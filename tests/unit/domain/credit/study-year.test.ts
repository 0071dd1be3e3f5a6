import { describe, expect, test } from 'vitest';
import { decideCredit } from '../../../../src/domain/credit/decide-credit.ts';
import { lessonStudy, studyYear, type LedgerEntry } from '../../../../src/domain/credit/study-year.ts';
import { book, lesson, viewing } from './samples.ts';

const entry = (id: string, at: string, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  id,
  registration: `r-${id}`,
  person: 'v-1',
  lessonId: 'rice-017',
  kind: 'farming',
  mode: 'individual',
  playedSeconds: 900,
  creditedSeconds: 900,
  hours: 0.3333,
  at,
  rules: [],
  evidence: 'A',
  statementId: null,
  policyFrom: '2026-01-01',
  corrects: null,
  ...more,
});

describe('studyYear', () => {
  const entries = [
    entry('a', '2026-01-31T16:00:00.000Z'),
    entry('b', '2026-11-20T04:00:00.000Z', { kind: 'duty' }),
    entry('c', '2026-11-21T04:00:00.000Z', { kind: 'duty', mode: 'replay' }),
    entry('next year', '2026-12-31T16:00:00.000Z'),
  ];
  const year = studyYear({ person: 'v-1', year: 2026, role: 'party-member' }, entries, [], book);

  test('sums a year in the county’s days', () => {
    expect(year.entries.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    expect(year.total).toEqual({ seconds: 2700, hours: 1 });
    expect(year.months).toHaveLength(12);
    expect(year.months[0]).toEqual({ month: 1, seconds: 0, hours: 0 });
    // 31 January 16:00 UTC is February in Shanghai.
    expect(year.months[1]).toEqual({ month: 2, seconds: 900, hours: 0.33 });
    expect(year.months[10]).toEqual({ month: 11, seconds: 1800, hours: 0.67 });
  });

  test('only duty lessons in the modes of the policy count toward the duty', () => {
    expect(year.duty).toEqual({ seconds: 900, hours: 0.33 });
    expect(year.target).toEqual({ hours: 32 });
  });

  test('a villager has no target', () => {
    expect(studyYear({ person: 'v-1', year: 2026, role: 'villager' }, [], [], book).target).toBeNull();
  });
});

test('lessonStudy tells how a lesson stands', () => {
  const facts = lesson(600);
  const decision = decideCredit({ lesson: facts, sessions: [viewing('s', 0, 300)] }, book);
  expect(lessonStudy(facts, { registration: 'r', mode: 'individual' }, decision)).toMatchObject({
    status: 'in-progress',
    coverage: 0.5,
    segments: '0[.]300',
    lastAt: '2026-11-20T04:05:00.000Z',
  });
});
