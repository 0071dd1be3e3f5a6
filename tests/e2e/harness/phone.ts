import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A small old phone. */
const size = { width: 360, height: 640 };

/** A phone with one page open. */
export interface Phone {
  page: Page;
  context: BrowserContext;
  /** Exceptions, errors in the console, violations of the page's policy, as they come. */
  troubles: string[];
  /** Addresses asked for, as they come. */
  requests: string[];
  heading(): Promise<string>;
  press(name: string | RegExp): Promise<void>;
  fill(label: string | RegExp, text: string): Promise<void>;
  /** Waits until the page says it. */
  says(words: string | RegExp): Promise<void>;
  /** Waits for words of what went wrong. */
  warns(words: string | RegExp): Promise<void>;
  close(): Promise<void>;
}

/** Opens an address on a phone. The caller closes it. */
export async function openPhone(
  browser: Browser,
  address: string,
  { locale = 'zh-CN' }: { locale?: string | undefined } = {},
): Promise<Phone> {
  const context = await browser.newContext({ viewport: size, locale, hasTouch: true, isMobile: true });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`policy: ${violatedDirective} ${blockedURI}`),
    );
  });
  const page = await context.newPage();
  const troubles: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    // A refusal of the service is told in words on the page.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) troubles.push(message.text());
  });
  context.on('request', (request) => requests.push(request.url()));
  await page.goto(address);
  return {
    page,
    context,
    troubles,
    requests,
    heading: () => page.locator('h1').innerText(),
    press: (name) => page.getByRole('button', { name }).first().tap(),
    fill: (label, text) => page.getByLabel(label).fill(text),
    says: (words) => page.locator('main').filter({ hasText: words }).waitFor(),
    warns: (words) => page.getByRole('alert').filter({ hasText: words }).waitFor(),
    close: () => context.close(),
  };
}

/**
 * Nothing that keeps people out, nothing wider than the phone, letters and keys large enough.
 *
 * @param shot name of a screenshot, taken if the environment names a folder for them: `SHOTS`.
 */
export async function isForEverybody({ page }: Pick<Phone, 'page'>, shot?: string): Promise<void> {
  if (process.env.SHOTS && shot !== undefined) {
    mkdirSync(process.env.SHOTS, { recursive: true });
    await page.screenshot({ path: join(process.env.SHOTS, `${shot}.png`), fullPage: true });
  }
  // Handed to the page's world by the browser itself: the page's own policy lets no foreign script in.
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { axe: checker } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await checker.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
  expect(violations).toEqual([]);
  const shape = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth > window.innerWidth,
    smallest: Math.min(
      ...Array.from(document.querySelectorAll('p, label, button, input, li, td, th, dd'), (one) =>
        parseFloat(getComputedStyle(one).fontSize),
      ),
    ),
    lowest: Math.min(
      ...Array.from(
        document.querySelectorAll('button, input:not([type=checkbox]), select, summary, label.tick'),
        (one) => one.getBoundingClientRect().height,
      ),
    ),
  }));
  expect(shape.wide).toBe(false);
  expect(shape.smallest).toBeGreaterThanOrEqual(18);
  expect(shape.lowest).toBeGreaterThanOrEqual(48);
}
