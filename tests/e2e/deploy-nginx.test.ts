import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgresPrograms, startPostgres, type PostgresServer } from './postgres-server.ts';
import { basic, Client, integration, temporaryFolder, writeContent } from './service-kit.ts';
import { everything, load } from './service-load.ts';
import { bundleService, runService, runToEnd, type Running } from './service-process.ts';

const programs = postgresPrograms();
const nginx = '/usr/sbin/nginx';
const hasNginx = spawnSync(nginx, ['-v']).status === 0;

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** The configuration that a county installs, with this test's ports and folders in the places of its own. */
function installed(port: number, upstreams: readonly number[], folder: string, content: string): string {
  const changes: [string | RegExp, string][] = [
    ['127.0.0.1:8080', `127.0.0.1:${upstreams[0]}`],
    ['127.0.0.1:8081', `127.0.0.1:${upstreams[1]}`],
    ['listen 80;', `listen 127.0.0.1:${port};`],
    ['    listen [::]:80;\n', ''],
    ['/var/log/nginx/field-classroom.log', join(folder, 'access.log')],
    ['/var/log/nginx/field-classroom-error.log', join(folder, 'crit.log')],
    ['/srv/field-classroom/media/', `${content}/media/`],
  ];
  let text = readFileSync('deploy/nginx/field-classroom.conf', 'utf8');
  for (const [from, to] of changes) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n');
  return `daemon off;
    ${process.getuid?.() === 0 ? 'user root;' : ''}
    pid ${folder}/nginx.pid;
    error_log ${folder}/error.log warn;
    events {}
    http {
      ${temporary}
      ${text}
    }`;
}

describe.skipIf(programs === undefined || !hasNginx)('two processes behind nginx on one PostgreSQL', () => {
  const folder = temporaryFolder();
  const manifests = join(folder.path, 'manifests');
  let postgres: PostgresServer;
  let proxy: ChildProcess;
  let start: (port: number) => Promise<Running>;
  let recompute: () => ReturnType<typeof runToEnd>;
  let url: string;
  const ports: number[] = [];
  const services: Running[] = [];

  beforeAll(async () => {
    writeContent(manifests);
    mkdirSync(join(manifests, 'media/short'), { recursive: true });
    writeFileSync(join(manifests, 'media/short/master.m3u8'), '#EXTM3U\n');
    writeFileSync(join(manifests, 'media/short/part.m4s'), Buffer.alloc(300_000, 7));
    postgres = await startPostgres(programs!);
    const main = await bundleService('nginx');
    const env = {
      DATABASE_URL: postgres.createDatabase('nginx'),
      CREDIT_INTEGRATION: `${integration.user}:${integration.password}`,
      TRUST_PROXY: 'loopback',
    };
    const args = ['--manifests', manifests, '--app', folder.path];
    start = (port) => runService(main, [...args, '--port', String(port)], env);
    recompute = () => runToEnd(main, ['recompute', ...args], env);
    for (let index = 0; index < 2; index += 1) ports.push(await freePort());
    services.push(...(await Promise.all(ports.map(start))));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const file = join(folder.path, 'nginx.conf');
    writeFileSync(file, installed(port, ports, folder.path, manifests));
    const check = spawnSync(nginx, ['-t', '-c', file], { encoding: 'utf8' });
    expect(check.stderr).toContain('test is successful');
    proxy = spawn(nginx, ['-c', file], { stdio: 'ignore' });
    const answers = (): Promise<boolean> =>
      fetch(`${url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      );
    while (proxy.exitCode === null && !(await answers()))
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(proxy.exitCode).toBe(null);
  });
  afterAll(async () => {
    await Promise.all(services.map((service) => service.stop('SIGTERM')));
    if (proxy) {
      const ended = once(proxy, 'exit');
      proxy.kill('SIGQUIT');
      await ended;
    }
    await postgres?.stop();
    folder.remove();
  });

  test('a process is killed, one is stopped, both come back: no box is turned away, nothing is lost', async () => {
    const boxes = load(() => url, 6);
    const grown = async (): Promise<void> => {
      const before = boxes.acknowledged.size;
      await expect.poll(() => boxes.acknowledged.size, { timeout: 30_000 }).toBeGreaterThan(before + 40);
    };
    await grown();
    await services[0]!.stop('SIGKILL');
    await grown();
    services[0] = await start(ports[0]!);
    await grown();
    expect(await services[1]!.stop('SIGTERM')).toEqual({ code: 0, signal: null });
    await grown();
    services[1] = await start(ports[1]!);
    await grown();
    await boxes.end();
    expect([boxes.refused, boxes.unanswered.length]).toEqual([[], 0]);
    const stored = await everything(new Client(url, basic));
    expect([...boxes.acknowledged.keys()].filter((id) => !stored.has(id))).toEqual([]);
    const check = await recompute();
    const report = JSON.parse(check.stdout) as { differences: unknown[] };
    expect([check.code, report.differences]).toEqual([0, []]);

    const log = readFileSync(join(folder.path, 'access.log'), 'utf8').trim().split('\n');
    for (const port of ports) expect(log.some((line) => line.includes(`127.0.0.1:${port}`))).toBe(true);
    const person = [...boxes.acknowledged.values()][0]!.actor.account!.name;
    await new Client(url).study(person);
    expect(readFileSync(join(folder.path, 'access.log'), 'utf8')).not.toContain(person);
  });

  test('figures and readiness are not for the public; media comes from the disk, in parts', async () => {
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    expect((await fetch(`${url}/readyz`)).status).toBe(404);
    // Past nginx's own rule, the service sees that a proxy asks.
    expect((await fetch(`${url}//metrics`)).status).not.toBe(200);
    const part = await fetch(`${url}/catalogue/media/short/part.m4s`, { headers: { range: 'bytes=0-99' } });
    expect([part.status, part.headers.get('content-type'), (await part.arrayBuffer()).byteLength]).toEqual([
      206,
      'video/mp4',
      100,
    ]);
    const playlist = await fetch(`${url}/catalogue/media/short/master.m3u8`);
    expect([playlist.headers.get('content-type'), playlist.headers.get('cache-control')]).toEqual([
      'application/vnd.apple.mpegurl',
      'no-cache',
    ]);
    for (const outside of [
      '/catalogue/media/../county.json/..%2f..%2fnginx.conf',
      '/catalogue/media../county.json',
    ])
      expect((await fetch(url + outside)).status).toBe(404);
    const catalogue = await fetch(`${url}/catalogue/catalogue.json`, {
      headers: { 'accept-encoding': 'br' },
    });
    expect(catalogue.headers.get('content-encoding')).toBe('br');
    expect(catalogue.headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/);
  });
});

if (!hasNginx) test.skip('nginx is not installed (apt-get install nginx)');
