import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Milliseconds until pictures have come and movements are over. */
const SETTLE = 700;

/** Pictures of screens in the order in which they were taken, one line of progress each. */
export interface Album {
  /** @param name of the file, after its number @param words what is to be seen, for the line of progress */
  take(page: Page, name: string, words: string): Promise<void>;
  count(): number;
}

/** @param folder made if it is not there; pictures of an earlier run are taken out of it */
export function openAlbum(folder: string): Album {
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) if (/^\d\d-[a-z-]+\.png$/.test(file)) rmSync(join(folder, file));
  const begun = performance.now();
  let count = 0;
  return {
    async take(page, name, words) {
      count += 1;
      const number = String(count).padStart(2, '0');
      const seconds = Math.round((performance.now() - begun) / 1000);
      await page.waitForTimeout(SETTLE);
      await page.screenshot({ path: join(folder, `${number}-${name}.png`) });
      console.log(`${number}  ${String(seconds).padStart(3)} s  ${words}`);
    },
    count: () => count,
  };
}
