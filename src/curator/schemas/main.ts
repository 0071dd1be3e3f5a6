/** `npm run schemas`: writes media-manifests/schemas and the catalogue's checks from the schemas in src/domain. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { compiledChecks } from './compiled-checks.ts';
import { schemaFiles } from './schema-files.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = path.join(root, 'media-manifests/schemas');
await mkdir(folder, { recursive: true });
for (const [name, text] of Object.entries(schemaFiles())) {
  await writeFile(path.join(folder, name), text);
  console.log(`wrote ${path.join('media-manifests/schemas', name)}`);
}
const checks = 'src/domain/catalogue/compiled-checks.js';
await writeFile(path.join(root, checks), await compiledChecks());
console.log(`wrote ${checks}`);
