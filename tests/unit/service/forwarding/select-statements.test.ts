import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstBatch, isWanted, versionOf } from '../../../../src/service/forwarding/select-statements.ts';

const row = (
  seq: number,
  { verb = 'http://v', version = '1.0.3', size = 10, category = [] as string[] } = {},
) => ({
  seq,
  id: `id-${seq}`,
  verb,
  json: JSON.stringify({
    version,
    context: { contextActivities: { category: category.map((id) => ({ id })) } },
    filling: 'x'.repeat(size),
  }),
});

test('batches follow each other without a gap, each of one version, not too long, files alone', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          version: fc.constantFrom('1.0.3', '1.0.0', '2.0.0'),
          size: fc.constantFrom(10, 1000, 600_000, 2_000_000),
          files: fc.boolean(),
        }),
        { minLength: 1, maxLength: 20 },
      ),
      (some) => {
        const rows = some.map((one, index) => row(index, one));
        const withFiles = new Set(rows.filter((_, index) => some[index]!.files).map(({ id }) => id));
        let left = rows;
        const sent = [];
        while (left.length > 0) {
          const batch = firstBatch(left, withFiles);
          expect(batch.length).toBeGreaterThan(0);
          expect(new Set(batch.map(versionOf)).size).toBe(1);
          if (batch.length > 1) {
            expect(batch.some(({ id }) => withFiles.has(id))).toBe(false);
            expect(batch.reduce((sum, { json }) => sum + json.length, 0)).toBeLessThanOrEqual(1024 * 1024);
          }
          sent.push(...batch);
          left = left.slice(batch.length);
        }
        expect(sent).toEqual(rows);
      },
    ),
    { numRuns: 50 },
  );
});

test('at most 100 go in one request', () => {
  const rows = Array.from({ length: 250 }, (_, index) => row(index));
  expect(firstBatch(rows, new Set())).toHaveLength(100);
});

test('chosen by verb and by profile; what was taken back is passed on always', () => {
  const verbs = ['http://completed'];
  const profiles = ['http://profile'];
  expect(isWanted(row(1), { verbs: [], profiles: [] })).toBe(true);
  expect(isWanted(row(1), { verbs, profiles: [] })).toBe(false);
  expect(isWanted(row(1, { verb: 'http://completed' }), { verbs, profiles: [] })).toBe(true);
  expect(isWanted(row(1, { verb: 'http://completed' }), { verbs, profiles })).toBe(false);
  expect(isWanted(row(1, { category: ['http://a', 'http://profile'] }), { verbs: [], profiles })).toBe(true);
  expect(isWanted(row(1, { verb: 'http://adlnet.gov/expapi/verbs/voided' }), { verbs, profiles })).toBe(true);
});
