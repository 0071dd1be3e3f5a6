import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { debuggingAddress, kill } from '../harness/own-browser.ts';
import { until } from '../harness/wait.ts';
import { connect } from './cdp.ts';

const browsers = resolve(import.meta.dirname, '../../../.cache/old-browsers');

/** A TV with a browser of its year, with nothing but a remote to drive it. */
export interface OldTv {
  /** As the browser calls itself, e.g. `HeadlessChrome/64.0.3264.0`. */
  browser: string;
  /** Exceptions and errors in the console, as they come. */
  troubles: string[];
  /** Loads the app at an address, e.g. `?profile=ctc#settings`, and waits until its first page answers. */
  goTo(address: string): Promise<void>;
  /** @param code exactly what the page's `event.keyCode` is to be */
  press(code: number): Promise<void>;
  /** What the live region says now. */
  saying(): Promise<string>;
  /** The value of an expression that a browser of that year can read. */
  value<Value>(expression: string): Promise<Value>;
  /** A PNG of the screen. @param film false: without the picture of the lesson */
  picture(film?: boolean): Promise<Buffer>;
  close(): Promise<void>;
}

/**
 * Switches on a TV with a new profile. The caller closes it.
 *
 * @param engine folder of the browser
 * @param url of the service, without a slash at the end
 * @throws Error in plain words when the browser is not installed
 */
export async function openOldTv(engine: '64' | '76', url: string, flags: string[] = []): Promise<OldTv> {
  const program = join(browsers, engine, 'chromium');
  if (!existsSync(program))
    throw new Error(`Chromium ${engine} is not installed: npm run compat installs it.`);
  const profile = mkdtempSync(join(tmpdir(), 'field-classroom-profile-'));
  const child = spawn(
    program,
    [
      ...['--headless', '--no-sandbox', '--disable-setuid-sandbox', '--disable-dev-shm-usage'],
      ...['--no-first-run', '--hide-scrollbars', '--window-size=1280,720'],
      ...['--autoplay-policy=no-user-gesture-required', '--mute-audio'],
      ...[`--user-data-dir=${profile}`, '--remote-debugging-port=0', ...flags, 'about:blank'],
    ],
    { detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const onExit = (): void => kill(child);
  process.on('exit', onExit);
  const { host } = new URL(await debuggingAddress(child));
  const about = (await (await fetch(`http://${host}/json/version`)).json()) as { Browser: string };
  const cdp = await connect(
    await until('the page', async () => {
      const pages = (await (await fetch(`http://${host}/json/list`)).json()) as Target[];
      return pages.find(({ type }) => type === 'page')?.webSocketDebuggerUrl;
    }),
  );

  const troubles: string[] = [];
  cdp.on('Runtime.exceptionThrown', (params) => troubles.push(JSON.stringify(params)));
  cdp.on('Runtime.consoleAPICalled', (params) => {
    if ((params as { type: string }).type === 'error') troubles.push(JSON.stringify(params));
  });
  await cdp.send('Runtime.enable');
  await cdp.send('Page.enable');
  // At the end of its trail the app leaves by closing the window; here it has to stay.
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: 'window.close = function () {};' });

  const key = (type: 'rawKeyDown' | 'keyUp', code: number): Promise<unknown> =>
    cdp.send('Input.dispatchKeyEvent', {
      ...{ type, windowsVirtualKeyCode: code, nativeVirtualKeyCode: code },
    });

  /** Nothing may be asked of the page before it is there: the question would be forgotten with the page before it. */
  async function load(address: string): Promise<void> {
    const loaded = cdp.next('Page.loadEventFired');
    await cdp.send('Page.navigate', { url: address });
    await loaded;
  }

  const tv: OldTv = {
    browser: about.Browser,
    troubles,
    async goTo(address) {
      // Another page in between: a change of the address behind the # alone would not load the app anew.
      await load('about:blank');
      await load(`${url}/${address}`);
      await until('the first page', () => tv.value<boolean>(ready));
    },
    async press(code) {
      await key('rawKeyDown', code);
      await key('keyUp', code);
    },
    saying: () => tv.value("document.getElementById('announcer').textContent"),
    async value<Value>(expression: string) {
      const { result, exceptionDetails } = await cdp.send<Evaluated>('Runtime.evaluate', {
        ...{ expression, returnByValue: true, awaitPromise: true },
      });
      if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
      return result.value as Value;
    },
    async picture(film = true) {
      await tv.value(`document.querySelector('video').style.opacity = ${film ? 1 : 0}`);
      const { data } = await cdp.send<{ data: string }>('Page.captureScreenshot', { format: 'png' });
      return Buffer.from(data, 'base64');
    },
    async close() {
      cdp.close();
      const ended = new Promise((done) => child.once('exit', done));
      kill(child);
      await ended;
      process.off('exit', onExit);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return tv;
}

interface Target {
  type: string;
  webSocketDebuggerUrl: string;
}

interface Evaluated {
  result: { value: unknown };
  exceptionDetails?: object;
}

const ready = `!!document.getElementById('boot') && document.getElementById('boot').style.display === 'none' &&
  document.getElementById('announcer').textContent !== ''`;
