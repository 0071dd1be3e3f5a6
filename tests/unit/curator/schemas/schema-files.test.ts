import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { schemaFiles } from '../../../../src/curator/schemas/schema-files.ts';

const folder = path.resolve(import.meta.dirname, '../../../../media-manifests/schemas');

test.each(Object.entries(schemaFiles()))(
  '%s is what the code says (else: npm run schemas)',
  async (name, text) => {
    expect(await readFile(path.join(folder, name), 'utf8')).toBe(text);
  },
);
