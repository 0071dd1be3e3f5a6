import type { BrowserContext, Page } from 'playwright-core';

declare global {
  interface Window {
    /** Every text the page has put on a canvas. */
    ink: string[];
  }
}

/** Notes what the app writes on its canvas, where all its words are: they are nowhere else to be read. */
export async function noteInk(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    window.ink = [];
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its `this` below
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
      window.ink.push(text);
      fillText.call(this, text, x, y);
    };
  });
}

/** All that was written since the page was loaded; a text of several lines comes without its breaks. */
export function inkOf(page: Page): Promise<string> {
  return page.evaluate(() => window.ink.join(''));
}
