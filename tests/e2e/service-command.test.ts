import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { basic, Client, newBox, temporaryFolder, viewing, writeContent } from './service-kit.ts';
import { bundleService, runService, runToEnd } from './service-process.ts';

const folder = temporaryFolder();
const manifests = join(folder.path, 'manifests');
const data = join(folder.path, 'data');
const paths = ['--data', data, '--manifests', manifests, '--app', folder.path, '--phone', folder.path];
let main: string;

beforeAll(async () => {
  main = await bundleService('command');
  writeContent(manifests);
});
afterAll(folder.remove);

describe('what cannot be understood or done is said in one line', () => {
  test.each([
    ['an unknown option', ['--prot', '1'], {}, "Unknown option '--prot'; see --help."],
    ['an unknown command', ['publish'], {}, 'Unknown command "publish"; see --help.'],
    ['a bad port', ['--port', '99999'], {}, '--port must be 0 to 65535, not "99999".'],
    [
      'a credential without a colon',
      [],
      { CREDIT_INTEGRATION: 'secret' },
      'CREDIT_INTEGRATION must be user:password.',
    ],
    [
      'another database',
      [],
      { DATABASE_URL: 'mysql://x' },
      'Cannot use the database that DATABASE_URL names: it does not start with postgres://.',
    ],
    [
      'another store that is no address',
      [],
      { FORWARD_LRS: 'lrs.example/xapi' },
      'FORWARD_LRS must be https://user:password@host/path, the address of an xAPI.',
    ],
    [
      'a short token',
      [],
      { METRICS_TOKEN: 'short' },
      'METRICS_TOKEN must be at least 16 visible ASCII characters.',
    ],
    ['a long farewell', [], { DRAIN_SECONDS: '1e9' }, 'DRAIN_SECONDS must be 0 to 300 seconds, not "1e9".'],
    ['an option of another command', ['serve', '--force'], {}, 'Only restore knows --force.'],
    ['a backup without a file', ['backup'], {}, 'Usage: backup FILE; see backup --help.'],
    ['an export of nothing', ['export', 'people'], {}, 'export people needs --branch ID.'],
    ['a log level', [], { LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of/],
    [
      'a database that is down',
      [],
      { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x' },
      /^Cannot use the database that DATABASE_URL names: .*ECONNREFUSED/,
    ],
  ] as const)('%s', async (_, args, env, line) => {
    const { code, stdout, stderr } = await runToEnd(main, [...args, ...(args.length > 0 ? [] : paths)], env);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trim()).toMatch(line);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('a port in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await runToEnd(main, ['--port', String(port), ...paths]);
    expect([code, stderr.trim()]).toEqual([
      1,
      `Port ${port} on 127.0.0.1 is in use; choose another with --port.`,
    ]);
    other.close();
  });

  test('a data folder that cannot be used', async () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    chmodSync(file, 0o400);
    const { code, stderr } = await runToEnd(main, ['--port', '0', '--data', file]);
    expect(code).toBe(1);
    expect(stderr.trim()).toMatch(/^Cannot use the data folder .*file: .*\.$/);
  });
});

test('--help tells every option', async () => {
  const { code, stdout } = await runToEnd(main, ['--help']);
  expect(code).toBe(0);
  for (const word of [
    '--port',
    '--host',
    '--data',
    '--manifests',
    '--app',
    'DATABASE_URL',
    'CREDIT_INTEGRATION',
    'FORWARD_LRS',
    'METRICS_TOKEN',
    'DRAIN_SECONDS',
  ])
    expect(stdout).toContain(word);
  for (const command of new Set(stdout.match(/(?<=^ {2})[a-z][a-z-]*(?= )/gm))) {
    const own = await runToEnd(main, [command, '--help']);
    expect([own.code, own.stdout]).toEqual([0, expect.stringMatching(/^Usage: node build/)]);
  }
});

test('makes its data folder, answers, stops cleanly, finds everything again', async () => {
  const env = { CREDIT_INTEGRATION: 'county:a:secret' };
  const first = await runService(main, paths, env);
  expect(existsSync(join(data, 'study-credit.sqlite'))).toBe(true);
  const box = await newBox(first.url);
  const session = viewing({ person: box.person, lessonId: 'short', length: 20, to: 20 });
  // Told to stop while requests are under way, it answers them first.
  const under = [
    session.statements,
    // An hour earlier: nobody watches two lessons at the same time.
    viewing({
      person: box.person,
      lessonId: 'long',
      length: 600,
      to: 50,
      mono: 10,
      bootId: 'boot-0',
      startedAt: Date.now() - 3_600_000,
    }).statements,
  ];
  const answers = under.map((statements) => box.statements(statements));
  await expect
    .poll(async () => (await new Client(first.url, basic).ledger()).length, {
      timeout: 20_000,
    })
    .toBe(1);
  expect(await first.stop('SIGTERM')).toEqual({ code: 0, signal: null });
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200]);
  expect(first.output().trim().split('\n')).toHaveLength(1);

  const second = await runService(main, paths, env);
  const again = new Client(second.url, box.authorization);
  expect(await again.list()).toHaveLength(7);
  expect(await second.stop('SIGINT')).toEqual({ code: 0, signal: null });

  const check = await runToEnd(main, ['recompute', ...paths]);
  expect([check.code, JSON.parse(check.stdout)]).toEqual([0, { persons: 1, entries: 1, differences: [] }]);
});

test('logs name no people, even when something fails', async () => {
  const service = await runService(main, paths, {
    CREDIT_INTEGRATION: 'county:a:secret',
    LOG_LEVEL: 'trace',
  });
  const box = await newBox(service.url);
  const county = new Client(service.url, basic);
  const agent = encodeURIComponent(
    JSON.stringify({ account: { homePage: 'http://x/people', name: box.person } }),
  );
  await county.list(`?agent=${agent}`);
  await county.study(box.person);
  await box.post('/xapi/statements', { actor: box.person });
  await service.stop('SIGTERM');
  expect(service.output()).not.toContain(box.person);
  expect(service.output()).not.toContain('secret');
});
