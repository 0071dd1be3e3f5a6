import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A service in a process of its own whose memory can be looked at. */
export interface ObservedService {
  port: number;
  output(): string;
  /** Bytes in use after everything that is not used any more has been collected. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

const wrapper = (main: string): string => `
process.on('message', () => {
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  process.send(heapUsed + external);
});
await import(${JSON.stringify(pathToFileURL(main).href)});
`;

/** @param main the bundled service. */
export async function startObserved(
  main: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ObservedService> {
  const file = join(dirname(main), 'observed.mjs');
  writeFileSync(file, wrapper(main));
  const child: ChildProcess = fork(file, ['--port', '0', ...args], {
    execArgv: ['--expose-gc'],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  const port = await new Promise<number>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const ready = /ready at http:\S+:(\d+)/.exec(output)?.[1];
      if (ready !== undefined) resolve(Number(ready));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => {
      reject(new Error(`the service ended: ${output}`));
    });
  });
  return {
    port,
    output: () => output,
    memory: async () => {
      const answer = once(child, 'message') as Promise<[number]>;
      child.send('memory');
      return (await answer)[0];
    },
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
