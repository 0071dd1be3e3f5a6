import type { Browser, Page } from 'playwright-core';
import { KEY } from '../../e2e/harness/keys.ts';
import { openPage, untilAtRest, type Lane } from './lane.ts';

/** Milliseconds from OK to the first frame of the lesson in the app. @param rest how long its card had the focus */
export async function measureLessonStart(
  browser: Browser,
  address: string,
  lane: Lane,
  rest: number,
): Promise<number> {
  const { page, remote, close } = await openPage(browser, lane, ['focus-probe.js']);
  try {
    await page.goto(address);
    await untilAtRest(page, 6000 + lane.cpu * 500);
    await watchFrames(page);
    // Down from the farm talk is the first playlist, whose first card is the lesson that the bare player gets.
    await remote.press(KEY.Down);
    await page.waitForTimeout(rest);
    return await firstFrameAfterOk(page, () => remote.press(KEY.Enter));
  } finally {
    await close();
  }
}

/** The same with the bare player. */
export async function measureBareStart(
  browser: Browser,
  address: string,
  playlist: string,
  lane: Lane,
): Promise<number> {
  const { page, remote, close } = await openPage(browser, lane, ['focus-probe.js']);
  try {
    await page.goto(`${address}#${playlist}`);
    await page.waitForTimeout(1500 + lane.cpu * 500);
    await watchFrames(page);
    return await firstFrameAfterOk(page, () => remote.press(KEY.Enter));
  } finally {
    await close();
  }
}

async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = window as unknown as { okAt: number; frameAt: number };
    Object.assign(seen, { okAt: 0, frameAt: 0 });
    document.querySelector('video')!.requestVideoFrameCallback((now) => (seen.frameAt = now));
    window.addEventListener(
      'keydown',
      ({ keyCode, timeStamp }) => {
        if (keyCode === 13 && seen.okAt === 0) seen.okAt = timeStamp;
      },
      true,
    );
  });
}

async function firstFrameAfterOk(page: Page, pressOk: () => Promise<void>): Promise<number> {
  await pressOk();
  await page.waitForFunction(() => (window as unknown as { frameAt: number }).frameAt > 0, undefined, {
    timeout: 60_000,
    polling: 100,
  });
  return page.evaluate(() => {
    const { okAt, frameAt } = window as unknown as { okAt: number; frameAt: number };
    return frameAt - okAt;
  });
}
