import { chromium, type CDPSession, type Page } from 'playwright-core';
import { planStills } from './frame-plan.ts';
import { frameRate } from './timeline.ts';

/** Films slide pages in a headless Chromium. */
export class Camera {
  readonly #page: Page;
  readonly #session: CDPSession;
  readonly close: () => Promise<void>;

  private constructor(page: Page, session: CDPSession, close: () => Promise<void>) {
    this.#page = page;
    this.#session = session;
    this.close = close;
  }

  /** @param executable path of the Chromium to start */
  static async open(executable: string): Promise<Camera> {
    const browser = await chromium.launch({
      executablePath: executable,
      args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--force-color-profile=srgb'],
    });
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    const session = await page.context().newCDPSession(page);
    return new Camera(page, session, () => browser.close());
  }

  /** The page as a JPEG of the given size and quality (0..100). */
  async photograph(html: string, size: { width: number; height: number }, quality: number): Promise<Buffer> {
    await this.#page.setViewportSize(size);
    await this.#page.setContent(html);
    return this.#shoot(quality);
  }

  /**
   * One JPEG per video frame of a slide, 1280x720. While nothing moves the same picture is handed out again
   * without being taken again.
   *
   * @param frames how many are wanted
   */
  async *film(html: string, frames: number): AsyncGenerator<Buffer> {
    await this.#page.setViewportSize({ width: 1280, height: 720 });
    await this.#page.setContent(html);
    const motions = await this.#page.evaluate(() =>
      document.getAnimations().map((animation): [number, number] => {
        animation.pause();
        const { delay, endTime } = animation.effect!.getComputedTiming();
        return [(delay ?? 0) / 1000, Number(endTime) / 1000];
      }),
    );
    for (const still of planStills(frames, frameRate, motions)) {
      await this.#page.evaluate((milliseconds) => {
        for (const animation of document.getAnimations()) animation.currentTime = milliseconds;
      }, still.time * 1000);
      const picture = await this.#shoot(93);
      for (let n = 0; n < still.frames; n++) yield picture;
    }
  }

  async #shoot(quality: number): Promise<Buffer> {
    const { data } = await this.#session.send('Page.captureScreenshot', {
      format: 'jpeg',
      quality,
      optimizeForSpeed: true,
    });
    return Buffer.from(data, 'base64');
  }
}
