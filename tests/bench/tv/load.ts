import type { Browser } from 'playwright-core';
import { gzipSync } from 'node:zlib';
import { openPage, untilAtRest, type BenchPage, type Lane } from './lane.ts';

/** Milliseconds from the beginning of the navigation. */
export interface Load {
  paint: number;
  /** The frame in which the first focus has answered a key. */
  answer: number;
}

/** Loads a page with an empty profile, and again with what that left. */
export async function measureLoad(
  browser: Browser,
  address: string,
  lane: Lane,
  again: boolean,
): Promise<{ cold: Load; warm: Load | undefined }> {
  const opened = await openPage(browser, lane, ['focus-probe.js']);
  try {
    await opened.context.addInitScript(() => sessionStorage.setItem('benchKey', '1'));
    const cold = await load(opened, address);
    if (!again) return { cold, warm: undefined };
    // What is fetched while the first screen rests comes in too, as it would on a box.
    await untilAtRest(opened.page, 6000);
    await opened.page.goto('about:blank');
    return { cold, warm: await load(opened, address) };
  } finally {
    await opened.close();
  }
}

async function load({ page }: BenchPage, address: string): Promise<Load> {
  await page.goto(address, { waitUntil: 'commit', timeout: 120_000 });
  await page.waitForFunction(() => window.bench.answered > 0, undefined, { timeout: 120_000, polling: 50 });
  return page.evaluate(() => ({
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
    answer: window.bench.answered,
  }));
}

/** What was fetched until the first focus answered a key. */
export interface Bytes {
  /** Scripts, gzip. */
  scripts: number;
  /** Everything, as it came over the line. */
  transferred: number;
  requests: number;
}

export async function measureBytes(browser: Browser, address: string): Promise<Bytes> {
  const { page, close } = await openPage(browser, { cpu: 1 }, ['focus-probe.js']);
  try {
    const scripts = new Map<string, Promise<number>>();
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script')
        scripts.set(
          response.url(),
          response.body().then((body) => gzipSync(body, { level: 9 }).length),
        );
    });
    await page.addInitScript(() => sessionStorage.setItem('benchKey', '1'));
    await page.goto(address);
    await page.waitForFunction(() => window.bench.answered > 0);
    const fetched = await page.evaluate(() => {
      const before = performance
        .getEntriesByType('resource')
        .filter(({ startTime }) => startTime < window.bench.answered) as PerformanceResourceTiming[];
      const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      return [page!, ...before].map(({ name, transferSize }) => ({ name, transferSize }));
    });
    let total = 0;
    for (const { name } of fetched) total += (await scripts.get(name)) ?? 0;
    return {
      scripts: total,
      transferred: fetched.reduce((sum, { transferSize }) => sum + transferSize, 0),
      requests: fetched.length,
    };
  } finally {
    await close();
  }
}
