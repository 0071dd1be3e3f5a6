import { expect, test } from 'vitest';
import { mayNeedVisit } from '../../../../src/domain/roster/visit.ts';

const now = Date.parse('2026-11-20T11:00:00.000Z');

test.each([
  ['never', undefined, true],
  ['today', '2026-11-20', false],
  ['a month ago', '2026-10-20', false],
  ['two months ago', '2026-09-20', true],
  ['last year', '2025-11-20', true],
])('who was seen %s', (_, day, visit) => {
  expect(mayNeedVisit(day === undefined ? undefined : Date.parse(day), now)).toBe(visit);
});
