/**
 * What a resting Home costs: main-thread time per second and frames drawn, against an empty Lightning SDK
 * app with Lightning's own loop, in the same run.
 *
 *   npm run build && npx tsx tests/bench/tv-idle.ts [seconds]
 */
import { cpus } from 'node:os';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../e2e/harness/browser.ts';
import { startServiceProcess } from '../e2e/harness/service.ts';
import { floorPage } from './floor/floor-page.ts';

const seconds = Number(process.argv[2] ?? 20);

interface Rest {
  /** Milliseconds of main-thread work per second. */
  work: number;
  frames: number;
}

/** Watches a page that nobody touches. */
async function rest(page: Page): Promise<Rest> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.evaluate(() => {
    const counted = window as unknown as { frameCount?: number };
    counted.frameCount = 0;
    const ask = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) =>
      ask((time) => {
        counted.frameCount = (counted.frameCount ?? 0) + 1;
        callback(time);
      });
  });
  const work = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000;
  };
  // The first reading itself is work: it is left out.
  await work();
  const before = await work();
  await page.waitForTimeout(seconds * 1000);
  const after = await work();
  const frames = await page.evaluate(() => (window as unknown as { frameCount?: number }).frameCount ?? 0);
  return { work: (after - before) / seconds, frames };
}

const service = await startServiceProcess();
const browser = await launchBrowser();
try {
  const floor = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  const { html } = await floorPage();
  await floor.route('**/floor.html', (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await floor.goto(`${service.url}/floor.html`);
  await floor.waitForTimeout(2000);
  const bare = await rest(floor);
  await floor.close();

  const home = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await home.goto(service.url);
  await home.waitForFunction(() => document.getElementById('announcer')?.textContent);
  // What is fetched while idle has come, and its code is compiled.
  await home.waitForTimeout(6000);
  const ours = await rest(home);

  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${seconds} s each`);
  const line = (name: string, { work, frames }: Rest): string =>
    `${name.padEnd(28)} ${work.toFixed(2).padStart(8)} ms/s of main thread  ${String(frames).padStart(5)} frames`;
  console.log(line('Home at rest', ours));
  console.log(line('empty Lightning SDK app', bare));
  console.log(`ratio ${(ours.work / bare.work).toFixed(4)} (goal: at most 0.5 ms/s and no frame)`);
} finally {
  await browser.close();
  await service.remove();
}
