import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type {} from './eye-page.ts';

/** A rectangle in design units (1280×720). */
export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** Looks at screenshots: a page of its own decodes them, so no picture library is needed. */
export interface Eye {
  /** The gold frames on the screen: where the focus is, as a viewer sees it. */
  focusRings(page: Page): Promise<Box[]>;
  /** The same in a picture that was taken elsewhere. */
  ringsIn(picture: Buffer): Promise<Box[]>;
  /** Share of the pixels in a box that differ between two screenshots, 0 to 1. */
  difference(before: Buffer, after: Buffer, box: Box): Promise<number>;
  /** Pixels of a box that are about this colour (0xRRGGBB), as a share, 0 to 1. */
  share(picture: Buffer, box: Box, colour: number): Promise<number>;
  close(): Promise<void>;
}

export async function openEye(browser: Browser): Promise<Eye> {
  const context = await browser.newContext();
  const desk = await context.newPage();
  const entry = fileURLToPath(new URL('./eye-page.ts', import.meta.url));
  const built = await build({ entryPoints: [entry], bundle: true, write: false, logLevel: 'silent' });
  await desk.addScriptTag({ content: built.outputFiles[0]!.text });
  const text = (picture: Buffer): string => picture.toString('base64');
  const ringsIn = (picture: Buffer): Promise<Box[]> =>
    desk.evaluate((seen) => window.eye.rings(seen), text(picture));
  return {
    // A film may show golden frames of its own.
    focusRings: async (page) => ringsIn(await page.screenshot({ style: 'video { opacity: 0 }' })),
    ringsIn,
    difference: (before, after, box) =>
      desk.evaluate(([a, b, where]) => window.eye.difference(a, b, where), [
        text(before),
        text(after),
        box,
      ] as const),
    share: (picture, box, colour) =>
      desk.evaluate(([a, where, paint]) => window.eye.share(a, where, paint), [
        text(picture),
        box,
        colour,
      ] as const),
    close: () => context.close(),
  };
}
