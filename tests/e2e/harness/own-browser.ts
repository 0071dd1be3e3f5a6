import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { args, executablePath } from './browser.ts';

/** A browser in processes of its own, with a profile that outlives it: a box that can be unplugged. */
export interface OwnBrowser {
  /** Switches it on; the profile is the one it had. */
  start(): Promise<BrowserContext>;
  /** SIGKILL to all its processes at once. */
  unplug(): Promise<void>;
  /** Unplugs it and removes the profile. */
  remove(): Promise<void>;
}

export function ownBrowser(): OwnBrowser {
  const profile = mkdtempSync(join(tmpdir(), 'field-classroom-profile-'));
  let running: ChildProcess | undefined;
  const onExit = (): void => kill(running);
  process.on('exit', onExit);

  async function unplug(): Promise<void> {
    const child = running;
    running = undefined;
    if (!child) return;
    const ended = new Promise((done) => child.once('exit', done));
    kill(child);
    await ended;
  }

  return {
    async start() {
      const child = spawn(
        executablePath,
        [...args, '--headless', `--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'],
        // A group of its own, so that one signal reaches its helpers too.
        { detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
      );
      running = child;
      const browser: Browser = await chromium.connectOverCDP(await debuggingAddress(child));
      return browser.contexts()[0]!;
    },
    unplug,
    async remove() {
      await unplug();
      process.off('exit', onExit);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** SIGKILL to a browser and its helpers. */
export function kill(child: ChildProcess | undefined): void {
  if (!child?.pid) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

/** Where a browser that has just been started is driven from. */
export function debuggingAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (address) resolve(address);
    });
    child.once('exit', () => reject(new Error(`The browser did not come up: ${said}`)));
  });
}
