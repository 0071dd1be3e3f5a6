import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { streamsFolder } from '../../e2e/harness/streams.ts';
import { openPage, slowDown, untilAtRest } from './lane.ts';

export interface NetworkTrace {
  name: string;
  /** Bytes per second, one figure per second. */
  rates: number[];
}

/** Bytes per second: 1.2 Mbit/s. */
const mean = 150_000;

/** The recorded lines, so many seconds of each, scaled to a mean of 1.2 Mbit/s; empty when they are not there. */
export function networkTraces(seconds: number): NetworkTrace[] {
  if (streamsFolder === null) return [];
  const folder = join(streamsFolder, '_traces');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => {
      const rates = readFileSync(join(folder, name), 'utf8')
        .trim()
        .split('\n')
        .slice(0, seconds)
        .map((line) => {
          // Columns: unix time, ms, latitude, longitude, bytes received, milliseconds they took.
          const [, , , , bytes, took] = line.split(/\s+/).map(Number);
          return (bytes! / took!) * 1000;
        });
      const own = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
      return { name: name.replace(/\..*/, ''), rates: rates.map((rate) => (rate * mean) / own) };
    });
}

export interface Rebuffering {
  name: string;
  /** Milliseconds from OK to the first frame. */
  start: number;
  /** Seconds of picture, and seconds in which it stood for want of it. */
  played: number;
  stalled: number;
  stalls: number;
  /** Heights of the picture that were seen, with seconds. */
  heights: Record<string, number>;
}

/** Plays a lesson over a recorded line, from its beginning to the line's end. */
export async function measureRebuffering(
  browser: Browser,
  address: string,
  { name, rates }: NetworkTrace,
): Promise<Rebuffering> {
  const { page, cdp, close } = await openPage(browser, { cpu: 1 }, ['focus-probe.js']);
  try {
    await page.goto(address);
    await untilAtRest(page, 6000);
    await page.evaluate(() => {
      const video = document.querySelector('video')!;
      const seen = { first: 0, stalls: 0, played: 0, stalled: 0, heights: {} as Record<string, number> };
      Object.assign(window, { seen });
      video.requestVideoFrameCallback((now) => (seen.first = now));
      let [at, time] = [0, 0];
      setInterval(() => {
        const now = performance.now();
        if (seen.first > 0 && !video.ended && at > 0) {
          const step = (now - at) / 1000;
          const moved = video.currentTime > time + 0.001;
          if (moved) seen.played += step;
          else if (!video.paused) seen.stalled += step;
          seen.heights[video.videoHeight] = (seen.heights[video.videoHeight] ?? 0) + step;
        }
        [at, time] = [now, video.currentTime];
      }, 100);
      video.addEventListener('waiting', () => seen.first > 0 && seen.stalls++);
    });
    const begun = await page.evaluate(() => performance.now());
    await page.evaluate(() => (location.hash = '#play/long'));
    for (const [second, bytesPerSecond] of rates.entries()) {
      await slowDown(cdp, { cpu: 1, line: { bytesPerSecond: Math.max(100, bytesPerSecond), latency: 100 } });
      const now = await page.evaluate(() => performance.now());
      await page.waitForTimeout(Math.max(0, begun + (second + 1) * 1000 - now));
    }
    const seen = await page.evaluate(
      () => (window as unknown as { seen: { first: number } & Omit<Rebuffering, 'name' | 'start'> }).seen,
    );
    if (seen.first === 0) throw new Error(`${name}: no picture in ${rates.length} s`);
    const { first, ...rest } = seen;
    return { name, start: first - begun, ...rest };
  } finally {
    await close();
  }
}
