import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { compiledChecks } from '../../../../src/curator/schemas/compiled-checks.ts';
import { schemaFiles } from '../../../../src/curator/schemas/schema-files.ts';

const root = path.resolve(import.meta.dirname, '../../../..');
const folder = path.join(root, 'media-manifests/schemas');

test.each(Object.entries(schemaFiles()))(
  '%s is what the code says (else: npm run schemas)',
  async (name, text) => {
    expect(await readFile(path.join(folder, name), 'utf8')).toBe(text);
  },
);

test('the checks that the TV runs are what the schemas say (else: npm run schemas)', async () => {
  const kept = await readFile(path.join(root, 'src/domain/catalogue/compiled-checks.js'), 'utf8');
  expect(kept).toBe(await compiledChecks());
});
