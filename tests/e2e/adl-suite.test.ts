import { execFileSync } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { runSuite } from '../conformance/adl-suite.ts';
import { temporaryFolder, writeJson } from './service-kit.ts';

/** Behaves as the suite's console runner does: asks the service, prints a summary, writes a log. */
const runner = `
const fs = require('fs'), path = require('path');
const flag = (name) => process.argv[process.argv.indexOf(name) + 1];
const ask = (route, version) => fetch(flag('-e') + route, { headers: {
  'x-experience-api-version': version,
  authorization: 'Basic ' + Buffer.from(flag('-u') + ':' + flag('-p')).toString('base64'),
} });
(async () => {
  const tests = [];
  for (const [title, status] of [['lists', 200], ['sings', 418]]) {
    const passed = (await ask('/statements', flag('-x'))).status === status;
    tests.push({ title, status: passed ? 'passed' : 'failed', error: passed ? undefined : 'not ' + status, tests: [] });
  }
  console.log(JSON.stringify({ total: null, passed: null, failed: null }));
  console.log(JSON.stringify({ total: 2, passed: 1, failed: 1, version: flag('-x') }));
  const out = path.join(__dirname, 'run.log');
  fs.writeFileSync(out, JSON.stringify({ log: { title: '', status: 'failed', tests: [{ title: 'Statements', status: 'failed', tests }] } }));
  console.log('Full run log written to', out);
  process.exit(1);
})();`;

const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});

test('the runner of the ADL suite gives figures and failing titles of both versions', async () => {
  expect(await runSuite(folder.path)).toBeUndefined();
  writeJson(folder.path, 'bin/console_runner.js', runner);
  for (const file of ['specConfig.js', 'test/v1_0_3/a.js', 'test/v2_0/a.js'])
    writeJson(folder.path, file, '');
  const failing = ['Statements > sings: not 418'];
  expect(await runSuite(folder.path)).toEqual([
    { version: '1.0.3', passed: 1, total: 2, failing },
    { version: '2.0.0', passed: 1, total: 2, failing },
  ]);
});

test('where there is no suite it says so in one line', () => {
  const { status, stdout } = run(['tests/conformance/adl-suite.ts', '/nowhere']);
  expect([status, stdout]).toEqual([
    2,
    'There is no lrs-conformance-test-suite in /nowhere (no bin/console_runner.js).\n',
  ]);
});

function run(args: readonly string[]): { status: number; stdout: string } {
  try {
    return { status: 0, stdout: execFileSync('npx', ['tsx', ...args], { encoding: 'utf8', stdio: 'pipe' }) };
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string };
    return { status, stdout };
  }
}
