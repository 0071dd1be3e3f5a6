import type { Browser } from 'playwright-core';
import { KEY } from '../../e2e/harness/keys.ts';
import { openPage, untilAtRest } from './lane.ts';
import { traceMainThread } from './main-thread.ts';

type Key = keyof typeof KEY;

/** To the long playlist: past the panels, which the floor has too. */
const toTheRail: Key[] = ['Down', 'Down'];
/** Milliseconds until nothing moves any more after a key. */
const settle = 450;

/** Moves within the row, moves that scroll it, and moves between rows. */
const walk: Key[] = [
  ...Array.from({ length: 8 }, (): Key => 'Right'),
  'Down',
  'Right',
  'Right',
  'Up',
  ...Array.from({ length: 8 }, (): Key => 'Left'),
];

/** Main-thread milliseconds from a key to the first commit after it, one figure per key of a walk. */
export async function measureKeys(browser: Browser, address: string): Promise<number[]> {
  const { page, remote, close } = await openPage(browser, { cpu: 1 }, ['focus-probe.js']);
  try {
    await page.goto(address);
    await untilAtRest(page, 4000);
    for (const key of toTheRail) {
      await remote.press(KEY[key]);
      await page.waitForTimeout(settle);
    }
    const thread = await traceMainThread(browser, page, async () => {
      for (const key of walk) {
        await remote.press(KEY[key]);
        await page.waitForTimeout(settle);
      }
    });
    return thread.keys.map((at) => {
      const commit = thread.commits.find((end) => end > at);
      return commit === undefined ? NaN : thread.work(at, commit);
    });
  } finally {
    await close();
  }
}

/** Holding Right over the long playlist. */
export interface Hold {
  /** Main-thread milliseconds per second, draw calls left out. */
  work: number;
  /** Milliseconds per second in draw calls. */
  drawing: number;
  frames: number;
  /** Frames per second that the screen could have shown and the page did not make. */
  dropped: number;
  /** Steps of the focus per second. */
  steps: number;
  /** Steps after the key was released. */
  late: number;
}

/** Milliseconds between the repeats of a held key. */
const repeatEvery = 40;

export async function measureHold(browser: Browser, address: string, seconds: number): Promise<Hold> {
  const { page, remote, close } = await openPage(browser, { cpu: 1 }, ['focus-probe.js', 'texture-probe.js']);
  try {
    await page.goto(address);
    await untilAtRest(page, 4000);
    for (const key of toTheRail) {
      await remote.press(KEY[key]);
      await page.waitForTimeout(settle);
    }
    await page.evaluate(() => {
      window.bench.told.length = 0;
      window.textures.drawing = 0;
    });
    let drawn = 0;
    const thread = await traceMainThread(browser, page, async () => {
      const begun = performance.now();
      await remote.down(KEY.Right);
      for (let next = repeatEvery; next < seconds * 1000; next += repeatEvery) {
        await page.waitForTimeout(Math.max(0, begun + next - performance.now()));
        await remote.down(KEY.Right);
      }
      await remote.up(KEY.Right);
      drawn = await page.evaluate(() => window.textures.drawing);
      await page.waitForTimeout(1000);
    });
    const { told, released } = await page.evaluate(() => window.bench);
    const [from, to] = [thread.keys[0]!, thread.keyUps[0]!];
    const span = (to - from) / 1e6;
    const commits = thread.commits.filter((at) => at >= from && at <= to).length;
    return {
      work: (thread.work(from, to) - drawn) / span,
      drawing: drawn / span,
      frames: commits / span,
      dropped: Math.max(0, 60 - commits / span),
      steps: told.filter(({ at }) => at <= released).length / span,
      late: told.filter(({ at }) => at > released).length,
    };
  } finally {
    await close();
  }
}
