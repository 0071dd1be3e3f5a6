import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');
/** What is under test; `npm run build` puts it there. */
const build = resolve(root, process.env.BUILD ?? 'build');

/** The real service in a process of its own: TV app, content and study credit on one port. */
export interface ServiceProcess {
  /** Address without a slash at the end; the same after every start. */
  readonly url: string;
  /** `user:password` that reads and writes all records, as an Authorization header. */
  readonly authorization: string;
  /** Asks it to end and waits until it has. */
  stop(): Promise<void>;
  /** SIGKILL: what a power cut does to a process. */
  kill(): Promise<void>;
  /** Starts it again, on the same port and data. */
  start(): Promise<void>;
  /** Kills it and removes its data. */
  remove(): Promise<void>;
}

const integration = 'county:a-secret';

/**
 * Starts the built service on a free port with a database of its own in a temporary folder.
 *
 * @param manifests folder of the content; the repository's sample county if left out
 * @param app folder of the built TV app, if it is not the build's own
 * @param roster file with which the empty database begins
 * @throws Error with what the service said when it does not come up
 */
export async function startServiceProcess({
  manifests = join(root, 'media-manifests'),
  app = join(build, 'tv'),
  roster,
}: { manifests?: string; app?: string; roster?: string } = {}): Promise<ServiceProcess> {
  const main = join(build, 'service/main.js');
  if (!existsSync(main)) throw new Error(`Nothing is built in ${build}: npm run build`);
  const data = mkdtempSync(join(tmpdir(), 'field-classroom-'));
  let running: ChildProcess | undefined;
  let url = '';

  async function start(): Promise<void> {
    const port = url ? new URL(url).port : '0';
    const child = spawn(
      process.execPath,
      [
        main,
        '--port',
        port,
        '--data',
        data,
        '--manifests',
        manifests,
        '--app',
        app,
        '--phone',
        join(build, 'phone'),
        ...(roster === undefined ? [] : ['--sample-roster', roster]),
      ],
      {
        cwd: root,
        env: { ...process.env, CREDIT_INTEGRATION: integration, DATABASE_URL: '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    running = child;
    url = await readyAddress(child);
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const child = running;
    running = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await ended;
  }

  const onExit = (): void => void running?.kill('SIGKILL');
  process.on('exit', onExit);
  await start();
  return {
    get url() {
      return url;
    },
    authorization: `Basic ${Buffer.from(integration).toString('base64')}`,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    start,
    async remove() {
      await end('SIGKILL');
      process.off('exit', onExit);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Waits for the line that tells the address: the service then answers. */
function readyAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const address = /ready at (http:\S+)/.exec(said)?.[1];
      if (address) resolve(address);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => reject(new Error(`The service did not come up: ${said}`)));
  });
}
