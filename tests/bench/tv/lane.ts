import { join } from 'node:path';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { createRemote, type Remote } from '../../e2e/harness/keys.ts';

/** What the line and the processor are made to be. */
export interface Lane {
  /** How many times slower the processor is. */
  cpu: number;
  /** Bytes per second and milliseconds; without it the line is as fast as it goes. */
  line?: { bytesPerSecond: number; latency: number };
}

/** 1 Mbit/s, 150 ms. */
export const villageLine = { bytesPerSecond: 125_000, latency: 150 };

declare global {
  interface Window {
    bench: { told: { at: number; words: string }[]; released: number; answered: number };
    textures: { bytes: number; most: number; drawing: number };
  }
}

type Probe = 'focus-probe.js' | 'texture-probe.js';

/** A page in a browser profile of its own, slowed down as asked. */
export interface BenchPage {
  page: Page;
  context: BrowserContext;
  cdp: CDPSession;
  remote: Remote;
  close: () => Promise<void>;
}

export async function openPage(
  browser: Browser,
  lane: Lane,
  probes: readonly Probe[] = [],
): Promise<BenchPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  for (const probe of probes) await context.addInitScript({ path: join(import.meta.dirname, probe) });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await slowDown(cdp, lane);
  return { page, context, cdp, remote: await createRemote(page), close: () => context.close() };
}

export async function slowDown(cdp: CDPSession, { cpu, line }: Lane): Promise<void> {
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  // Without need it stays off: while it is on the browser keeps what came over the line, in the page's heap.
  if (!line) return;
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: line.latency,
    downloadThroughput: line.bytesPerSecond,
    uploadThroughput: line.bytesPerSecond,
  });
}

/** Waits until something has the focus and its picture has come to rest. */
export async function untilAtRest(page: Page, milliseconds: number): Promise<void> {
  await page.waitForFunction(() => window.bench.told.length > 0, undefined, { timeout: 120_000 });
  await page.waitForTimeout(milliseconds);
}
