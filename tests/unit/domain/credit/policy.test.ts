import { Validator, type Schema } from '@cfworker/json-schema';
import { describe, expect, test } from 'vitest';
import shipped from '../../../../media-manifests/policy.json' with { type: 'json' };
import { policyBookSchema } from '../../../../src/domain/credit/policy-schema.ts';
import { hoursFor, policyOn, roundHours } from '../../../../src/domain/credit/policy.ts';
import { localDate } from '../../../../src/domain/credit/local-date.ts';
import { book, policy } from './samples.ts';

const valid = (value: unknown) =>
  new Validator(policyBookSchema as unknown as Schema, '2020-12').validate(value).valid;

describe('policy', () => {
  test('the shipped policy and the samples hold to the schema; a misspelt rule does not', () => {
    expect(valid(shipped)).toBe(true);
    expect(valid(book)).toBe(true);
    expect(valid({ ...book, policies: [{ ...policy, treshold: 0.9 }] })).toBe(false);
    expect(valid({ ...book, policies: [] })).toBe(false);
  });

  test('the policy of a day is the newest that has begun, whatever their order in the file', () => {
    const dated = {
      ...book,
      policies: ['2027-01-01', '2026-01-01', '2026-07-01'].map((from) => ({ ...policy, from })),
    };
    expect(policyOn(dated, '2026-06-30').from).toBe('2026-01-01');
    expect(policyOn(dated, '2026-07-01').from).toBe('2026-07-01');
    expect(policyOn(dated, '2030-01-01').from).toBe('2027-01-01');
    expect(policyOn(dated, '2020-01-01').from).toBe('2026-01-01');
  });

  test('minutes become 学时 by division or by steps', () => {
    expect(hoursFor(45 * 60, policy)).toBe(1);
    expect(hoursFor(20, policy)).toBe(0.0074);
    const steps = {
      ...policy,
      steps: [
        { minutes: 30, hours: 1 },
        { minutes: 15, hours: 0.5 },
      ],
    };
    expect([14 * 60, 15 * 60, 1799, 1800, 9999].map((seconds) => hoursFor(seconds, steps))).toEqual([
      0, 0.5, 0.5, 1, 1,
    ]);
  });

  test('sums are rounded as the policy says', () => {
    expect(roundHours(0.0074, policy)).toBe(0.01);
    expect(roundHours(31.996, { ...policy, rounding: { to: 0.01, way: 'down' } })).toBe(31.99);
    // 0.1 + 0.2 and its like do not lose a unit.
    expect(roundHours(0.7 + 0.1 + 0.2, { ...policy, rounding: { to: 0.1, way: 'down' } })).toBe(1);
  });

  test('days are the county’s', () => {
    expect(localDate(Date.parse('2026-12-31T15:59:59Z'), 'Asia/Shanghai')).toBe('2026-12-31');
    expect(localDate(Date.parse('2026-12-31T16:00:00Z'), 'Asia/Shanghai')).toBe('2027-01-01');
    expect(() => localDate(0, 'Asia/Nowhere')).toThrow(RangeError);
  });
});
