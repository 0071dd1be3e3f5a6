import { spawn } from 'node:child_process';
import { OperationRefused } from './operation-refused.ts';

/** How to reach a database, for PostgreSQL's own programs. */
export interface Connection {
  arguments: readonly string[];
  environment: Readonly<Record<string, string>>;
}

/** The password goes into the environment: every user of a machine can read command lines. */
export function connectionOf(url: string): Connection {
  const address = new URL(url);
  const password = decodeURIComponent(address.password);
  address.password = '';
  return {
    arguments: [`--dbname=${address.href}`],
    environment: password ? { PGPASSWORD: password } : {},
  };
}

/**
 * Runs one of PostgreSQL's client programs to its end.
 *
 * @throws {@link OperationRefused} with what it said when it fails, or that it is not installed.
 */
export async function runPostgresProgram(
  program: 'pg_dump' | 'pg_restore',
  args: readonly string[],
  connection: Connection = { arguments: [], environment: {} },
): Promise<void> {
  const child = spawn(program, [...connection.arguments, ...args], {
    env: { ...process.env, ...connection.environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'ENOENT'
          ? new OperationRefused(`${program} is not here: install PostgreSQL's client programs.`)
          : error,
      );
    });
    child.on('close', resolve);
  });
  if (code !== 0) throw new OperationRefused(said.trim().split('\n')[0] || `${program} failed.`);
}
