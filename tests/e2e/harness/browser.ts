import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** The browser to drive: `CHROMIUM` in the environment, else Debian's. */
export const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export const args = [
  '--no-sandbox',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // WebGL by software: there is no graphics card where tests run.
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
];

/**
 * Starts a real headless Chromium; the caller closes it.
 * @param options autoplay `ask` keeps the browser's rule that a page plays only after a key; `visible` shows it on
 *   the display
 * @throws Error in plain words when there is no browser
 */
export async function launchBrowser(
  options: { autoplay?: 'allow' | 'ask'; visible?: boolean } = {},
): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error(
      `No Chromium at ${executablePath}: install it (apt-get install chromium) or set CHROMIUM.`,
    );
  }
  const policy = options.autoplay === 'ask' ? 'document-user-activation-required' : null;
  const own = policy
    ? args.map((arg) => (arg.startsWith('--autoplay') ? `--autoplay-policy=${policy}` : arg))
    : args;
  return chromium.launch({ executablePath, headless: options.visible !== true, args: own });
}
