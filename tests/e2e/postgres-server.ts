import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PostgresServer {
  /** A new, empty database; its address. */
  createDatabase(name: string): string;
  /** The address of a database that is there. */
  address(name: string): string;
  stop(): Promise<void>;
  /** Kills all its processes with SIGKILL; resolves when they are gone. */
  kill(): Promise<void>;
}

/** Folder of Debian's newest `initdb` and `postgres`, or `undefined` when PostgreSQL is not installed. */
export function postgresPrograms(): string | undefined {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return undefined;
  return readdirSync(root)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(root, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')));
}

/**
 * Starts a PostgreSQL of its own on a free port of this machine. PostgreSQL refuses to run as root: root runs
 * it as the user that Debian's package makes.
 *
 * @param settings as in `postgresql.conf`, e.g. `fsync=off` where nothing pulls the plug.
 * @param given where the cluster is kept, made if it is not there; otherwise a temporary folder, gone at the end.
 */
export async function startPostgres(
  programs: string,
  settings: readonly string[] = [],
  given?: string,
): Promise<PostgresServer> {
  const folder = given ?? mkdtempSync(join(tmpdir(), 'field-classroom-postgres-'));
  const user = process.getuid?.() === 0 ? { uid: userId('-u'), gid: userId('-g') } : {};
  const quietly = { ...user, stdio: 'ignore', cwd: folder } as const;
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  if (!existsSync(data))
    execFileSync(
      join(programs, 'initdb'),
      ['-D', data, '-U', 'tester', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
      quietly,
    );
  const port = await freePort();
  const server = spawn(
    join(programs, 'postgres'),
    [
      ...['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder],
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
    quietly,
  );
  const ended = once(server, 'exit');
  const psql = (sql: string): void => {
    const where = ['-h', '127.0.0.1', '-p', String(port), '-U', 'tester', '-d', 'postgres'];
    execFileSync(join(programs, 'psql'), [...where, '-q', '-c', sql], { stdio: 'pipe' });
  };
  for (let tries = 0; ; tries += 1)
    try {
      psql('select 1');
      break;
    } catch (error) {
      if (tries > 100 || server.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  const address = (name: string): string => `postgres://tester@127.0.0.1:${port}/${name}`;
  return {
    address,
    createDatabase: (name) => {
      psql(`create database ${name}`);
      return address(name);
    },
    stop: async () => {
      execFileSync(join(programs, 'pg_ctl'), ['stop', '-D', data, '-m', 'immediate'], quietly);
      await ended;
      if (given === undefined) rmSync(folder, { recursive: true, force: true });
    },
    kill: async () => {
      signal(server.pid!, 'SIGSTOP');
      const all = [server.pid!, ...childrenOf(server.pid!)];
      for (const pid of all) signal(pid, 'SIGKILL');
      await ended;
      while (all.some((pid) => signal(pid, 0))) await new Promise((resolve) => setTimeout(resolve, 10));
    },
  };
}

function userId(flag: string): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

/** Whether the process was there to be told. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
