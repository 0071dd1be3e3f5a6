import { expect, test } from 'vitest';
import { defaultPolicy } from '../../../../src/service/catalogue/default-policy.ts';
import { showingsOnPaper } from '../../../../src/service/groups/showings.ts';

const paper = {
  room: 'r-1',
  host: 'm-1',
  startedAt: '2026-11-20T11:00:00.000Z',
  guests: 0,
  sheet: 's-1',
  attendees: ['m-1'],
  lessons: [
    { lessonId: 'own', showing: 'a', minutes: 10 },
    { lessonId: 'none', showing: 'b', minutes: 20 },
  ],
};

test('a lesson on paper has its own threshold, or that of the policy of its day', () => {
  const [first] = defaultPolicy.policies;
  const later = { ...first!, from: '2026-11-20', threshold: 0.75 };
  const rules = {
    lessons: new Map([
      [
        'own',
        { id: 'own', lessonId: 'own', title: '甲', kind: 'farming' as const, length: 600, threshold: 0.5 },
      ],
      ['none', { id: 'none', lessonId: 'none', title: '乙', kind: 'farming' as const, length: 900 }],
    ]),
    policy: { ...defaultPolicy, policies: [first!, later] },
  };
  const { showings, seconds } = showingsOnPaper(
    paper,
    rules as unknown as Parameters<typeof showingsOnPaper>[1],
  );
  expect(showings.map(({ threshold }) => threshold)).toEqual([0.5, 0.75]);
  expect(showings.map(({ plays }) => plays[0])).toEqual([
    { start: 0, end: 600, at: 0, rate: 1 },
    { start: 0, end: 900, at: 600, rate: 1 },
  ]);
  expect(seconds).toBe(1800);
});
