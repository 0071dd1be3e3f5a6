/**
 * Runs ADL's public lrs-conformance-test-suite against a fresh service, for xAPI 1.0.3 and 2.0.
 *
 *     npx tsx tests/conformance/adl-suite.ts DIR [sqlite|postgres]
 *
 * DIR is a checkout of https://github.com/adlnet/lrs-conformance-test-suite in which `npm install` was run.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { v4 } from 'uuid';
import { startService } from '../../src/service/service.ts';
import { postgresPrograms, startPostgres, type PostgresServer } from '../e2e/postgres-server.ts';
import { temporaryFolder, writeContent } from '../e2e/service-kit.ts';

const versions = [
  { version: '1.0.3', folder: 'v1_0_3' },
  { version: '2.0.0', folder: 'v2_0' },
];

interface Log {
  title: string;
  status: string;
  error?: string;
  tests?: Log[];
}

export interface Result {
  version: string;
  passed: number;
  total: number;
  /** Titles from the outermost suite to the test. */
  failing: string[];
}

/**
 * @param postgres a server to make the databases in; otherwise they are embedded ones
 * @returns nothing where the folder holds no suite, or none for a version.
 */
export async function runSuite(folder: string, postgres?: PostgresServer): Promise<Result[] | undefined> {
  const dir = resolve(folder);
  const runner = join(dir, 'bin', 'console_runner.js');
  if (!existsSync(runner)) return undefined;
  const results: Result[] = [];
  for (const { version, folder: tests } of versions)
    if (existsSync(join(dir, 'test', tests)))
      results.push(await runVersion(dir, runner, version, tests, postgres?.createDatabase(tests)));
  return results;
}

async function runVersion(
  dir: string,
  runner: string,
  version: string,
  tests: string,
  databaseUrl: string | undefined,
): Promise<Result> {
  const [data, manifests] = [temporaryFolder(), temporaryFolder()];
  writeContent(manifests.path);
  const integration = { user: 'conformance', password: v4() };
  const service = await startService({
    port: 0,
    host: '127.0.0.1',
    data: data.path,
    databaseUrl,
    manifests: manifests.path,
    integration,
    logLevel: 'error',
  });
  try {
    // Older checkouts name the folder of tests, newer ones the version.
    const which = existsSync(join(dir, 'specConfig.js')) ? ['-x', version] : ['-d', tests];
    const credential = ['-a', '-u', integration.user, '-p', integration.password];
    const output = await outputOf(dir, [runner, ...which, '-e', `${service.url}/xapi`, ...credential, '-z']);
    const summaries = output.match(/^\{"total":.*\}$/gm);
    const last = summaries?.at(-1);
    if (!last) throw new Error(`the suite for ${version} did not run:\n${output.slice(-2000)}`);
    const { total, passed } = JSON.parse(last) as { total: number; passed: number };
    const log = /^Full run log written to (.+)$/m.exec(output)?.[1];
    return { version, passed, total, failing: log ? failingIn(log) : [] };
  } finally {
    await service.close();
    data.remove();
    manifests.remove();
  }
}

async function outputOf(cwd: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  await once(child, 'close');
  return output;
}

function failingIn(file: string): string[] {
  const { log } = JSON.parse(readFileSync(file, 'utf8')) as { log?: Log };
  const walk = ({ title, status, error, tests = [] }: Log, above: readonly string[]): string[] => {
    if (status !== 'failed') return [];
    const path = title ? [...above, title] : above;
    const inner = tests.flatMap((test) => walk(test, path));
    return inner.length > 0 ? inner : [`${path.join(' > ')}${error ? `: ${error}` : ''}`];
  };
  return log ? walk(log, []) : [];
}

if (process.argv[1]?.endsWith('adl-suite.ts')) {
  const [folder = '.', database = 'sqlite'] = process.argv.slice(2);
  const programs = database === 'postgres' ? postgresPrograms() : undefined;
  if (database === 'postgres' && !programs) throw new Error('PostgreSQL is not installed (apt: postgresql)');
  const postgres = programs ? await startPostgres(programs) : undefined;
  const results = await runSuite(folder, postgres).finally(() => postgres?.stop());
  if (!results) {
    console.log(`There is no lrs-conformance-test-suite in ${folder} (no bin/console_runner.js).`);
    process.exitCode = 2;
  }
  for (const { version, passed, total, failing } of results ?? []) {
    console.log(`xAPI ${version}: ${passed} of ${total} passed`);
    for (const title of failing) console.log(`  failed: ${title}`);
    if (passed < total) process.exitCode = 1;
  }
}
