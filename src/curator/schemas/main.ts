/** `npm run schemas`: writes media-manifests/schemas from the schemas in src/domain. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { schemaFiles } from './schema-files.ts';

const folder = path.resolve(import.meta.dirname, '../../../media-manifests/schemas');
await mkdir(folder, { recursive: true });
for (const [name, text] of Object.entries(schemaFiles())) {
  await writeFile(path.join(folder, name), text);
  console.log(`wrote ${path.join('media-manifests/schemas', name)}`);
}
