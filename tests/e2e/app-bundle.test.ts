import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const built = resolve(import.meta.dirname, '../..', process.env.BUILD ?? 'build', 'tv');

it('what a box fetches before the first key fits into 150 KB gzip, and hls.js is not in it', () => {
  const page = readFileSync(join(built, 'index.html'), 'utf8');
  const scripts = [...page.matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, src]) =>
    readFileSync(join(built, src!)),
  );
  expect(scripts.length).toBeGreaterThan(0);
  const bytes = scripts.reduce((sum, script) => sum + gzipSync(script).length, 0);
  expect(bytes).toBeLessThanOrEqual(150_000);
  // The name of an event that only hls.js has.
  expect(scripts.filter((script) => script.includes('hlsFragLoaded'))).toEqual([]);
});
