import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { startServiceProcess } from '../../e2e/harness/service.ts';
import { barePage } from '../bare/bare-page.ts';
import { floorPage } from '../floor/floor-page.ts';
import type { BenchCounty } from './county.ts';

/** The app, the floor and the bare player, all from one real service with one county's content. */
export interface Site {
  app: string;
  floor: string;
  bare: string;
  /** Absolute address of a piece of content. */
  content: (path: string) => string;
  close: () => Promise<void>;
}

const built = resolve(import.meta.dirname, '../../..', process.env.BUILD ?? 'build', 'tv');

/**
 * Floor and bare player lie beside a copy of the built app, compressed as the build compresses: they come over
 * the same line with the same headers.
 *
 * @param query appended to the app's address, e.g. `?bundle=…`
 */
export async function openSite(county: BenchCounty, query = ''): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'field-classroom-site-'));
  cpSync(built, folder, { recursive: true });
  writePage(join(folder, 'floor'), await floorPage(county.catalogue));
  writePage(join(folder, 'bare'), await barePage());
  const service = await startServiceProcess({ manifests: county.folder, app: folder });
  return {
    app: `${service.url}/${query}`,
    floor: `${service.url}/floor/`,
    bare: `${service.url}/bare/`,
    content: (path) => `${service.url}/catalogue/${path}`,
    async close() {
      await service.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writePage(folder: string, files: Record<string, string>): void {
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, `${name}.gz`), gzipSync(text));
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(text));
  }
}
