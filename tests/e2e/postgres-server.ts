import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PostgresServer {
  /** A new, empty database; its address. */
  createDatabase(name: string): string;
  stop(): Promise<void>;
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
 * Starts a PostgreSQL of its own on a free port of this machine, in a temporary folder. PostgreSQL refuses to
 * run as root: root runs it as the user that Debian's package makes.
 *
 * @param settings as in `postgresql.conf`, e.g. `fsync=off` where nothing pulls the plug.
 */
export async function startPostgres(
  programs: string,
  settings: readonly string[] = [],
): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'field-classroom-postgres-'));
  const isRoot = process.getuid?.() === 0;
  const as = (program: string, args: string[]): [string, string[]] =>
    isRoot
      ? ['runuser', ['-u', 'postgres', '--', join(programs, program), ...args]]
      : [join(programs, program), args];
  if (isRoot) {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
    chownSync(folder, id('-u'), id('-g'));
  }
  const data = join(folder, 'data');
  execFileSync(...as('initdb', ['-D', data, '-U', 'tester', '-A', 'trust', '-E', 'UTF8', '--no-sync']), {
    stdio: 'ignore',
    cwd: folder,
  });
  const port = await freePort();
  const options = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder];
  for (const setting of settings) options.push('-c', setting);
  const server: ChildProcess = spawn(...as('postgres', options), { stdio: 'ignore', cwd: folder });
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
  return {
    createDatabase: (name) => {
      psql(`create database ${name}`);
      return `postgres://tester@127.0.0.1:${port}/${name}`;
    },
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      execFileSync(...as('pg_ctl', ['stop', '-D', data, '-m', 'immediate']), {
        stdio: 'ignore',
        cwd: folder,
      });
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
