import type { Browser } from 'playwright-core';
import { openPage, untilAtRest } from './lane.ts';

export interface Rest {
  /** Main-thread milliseconds per second. */
  work: number;
  frames: number;
}

/** A page that nobody touches, when all that is fetched while idle has come. */
export async function measureRest(browser: Browser, address: string, seconds: number): Promise<Rest> {
  const { page, cdp, close } = await openPage(browser, { cpu: 1 }, ['focus-probe.js']);
  try {
    await page.goto(address);
    await untilAtRest(page, 8000);
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.evaluate(() => {
      const counted = window as unknown as { frameCount: number };
      counted.frameCount = 0;
      const ask = window.requestAnimationFrame.bind(window);
      window.requestAnimationFrame = (callback) =>
        ask((time) => {
          counted.frameCount++;
          callback(time);
        });
    });
    const work = async (): Promise<number> => {
      const { metrics } = await cdp.send('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000;
    };
    // The first reading itself is work: it is left out.
    await work();
    const before = await work();
    await page.waitForTimeout(seconds * 1000);
    const after = await work();
    const frames = await page.evaluate(() => (window as unknown as { frameCount: number }).frameCount);
    return { work: (after - before) / seconds, frames };
  } finally {
    await close();
  }
}
