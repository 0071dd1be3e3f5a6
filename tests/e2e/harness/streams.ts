import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const beside = fileURLToPath(new URL('../../../../shared/streams', import.meta.url));

/** Folder of the odd streams, which lie beside the repository and not in it; null when they do not. */
export const streamsFolder: string | null = existsSync(`${beside}/README.md`) ? beside : null;

if (streamsFolder === null) {
  process.stderr.write('Skipped: tests with odd streams, because ../shared/streams is not there.\n');
}
