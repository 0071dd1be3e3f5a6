import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
let data: string;
let running: ChildProcess[];

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'field-classroom-start-'));
  running = [];
});

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

interface Run {
  /** All output but the progress of installing and building. */
  said: () => string;
  /** Resolves when the output has this; rejects when the command ends without it. */
  until: (words: RegExp) => Promise<RegExpExecArray>;
  ended: Promise<number | null>;
  child: ChildProcess;
}

/** What `npm start -- …` runs, without npm in between so that signals reach it as from a terminal. */
function start(...args: string[]): Run {
  const child = spawn(process.execPath, [join(root, 'src/setup/start.mjs'), ...args], { cwd: root });
  running.push(child);
  let output = '';
  const listeners = new Set<() => void>();
  const hear = (chunk: Buffer): void => {
    output += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<number | null>((done) => child.on('close', done));
  const until = (words: RegExp) =>
    new Promise<RegExpExecArray>((found, failed) => {
      const look = (): void => {
        const match = words.exec(output);
        if (match) found(match);
      };
      listeners.add(look);
      look();
      void ended.then(() => failed(new Error(`ended without ${String(words)}:\n${output}`)));
    });
  const said = (): string => output.replace(/^[…✓].*\n/gm, '');
  return { said, until, ended, child };
}

test('starts twice in a row on the same data, tells address and keys, and ends cleanly', async () => {
  for (let time = 0; time < 2; time++) {
    const run = start('--port', '0', '--data', data);
    const [, address] = await run.until(/Open (http:\S+) in a browser/);
    await run.until(/Keys: arrows move, Enter is OK, Backspace goes back/);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    expect(await (await fetch(`${address}/`)).text()).toContain('田间课堂');
    run.child.kill('SIGINT');
    expect(await run.ended).toBe(0);
  }
});

test('--help lists every flag and starts nothing', async () => {
  const run = start('--help');
  expect(await run.ended).toBe(0);
  for (const word of ['--port', '--host', '--data', '--manifests', 'DATABASE_URL', 'CREDIT_INTEGRATION'])
    expect(run.said()).toContain(word);
});

test('an unknown flag is told in one plain line', async () => {
  const run = start('--prot', '1');
  expect(await run.ended).toBe(1);
  expect(run.said()).toContain("Unknown option '--prot'");
  expect(run.said().trim().split('\n')).toHaveLength(1);
});

test('a port in use is told in one plain line', async () => {
  const other = createServer();
  const port = await new Promise<number>((done) =>
    other.listen(0, '127.0.0.1', () => done((other.address() as { port: number }).port)),
  );
  try {
    const run = start('--port', String(port), '--data', data);
    expect(await run.ended).not.toBe(0);
    expect(run.said()).toContain(String(port));
    expect(run.said().trim().split('\n')).toHaveLength(1);
  } finally {
    other.close();
  }
});
