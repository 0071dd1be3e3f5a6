import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startService, type Service } from '../../src/service/service.ts';
import { temporaryFolder, writeContent, writeJson } from './service-kit.ts';

const manifests = temporaryFolder();
const app = temporaryFolder();
const data = temporaryFolder();
let service: Service;

/** fetch() decompresses and adds headers of its own: what goes over the wire is looked at here. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>(
    (resolve, reject) => {
      // As given: `new URL` would take the dots out of a path.
      const { hostname, port } = new URL(service.url);
      request({ hostname, port, path, headers, method }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts),
          });
        });
      })
        .on('error', reject)
        .end();
    },
  );
}

interface CatalogueAnswer {
  files: { file: string; json?: unknown; error?: string }[];
}

const catalogue = async () =>
  JSON.parse((await get('/catalogue/catalogue.json')).body.toString()) as CatalogueAnswer;

beforeAll(async () => {
  writeContent(manifests.path);
  writeJson(manifests.path, 'playlists/p.json', { id: 'p', title: 'x', lessons: ['short'] });
  writeJson(manifests.path, 'farm-talk/2026-11.json', {
    id: 'f',
    month: '2026-11',
    issue: 1,
    title: 'x',
    lessons: ['short'],
  });
  writeJson(manifests.path, 'lessons/broken.json', '{"id": ');
  writeJson(manifests.path, 'media/short/seg0.ts', 'x'.repeat(1000));
  for (const name of ['master.m3u8', 'seg.m4s', 'zh.vtt', 'a.aac', 'b.mp4', 'enc.key', 'p.webp', '.hidden'])
    writeJson(manifests.path, `media/short/${name}`, '#EXTM3U '.repeat(400));
  writeFileSync(join(app.path, 'index.html'), '<!doctype html>');
  writeFileSync(join(app.path, 'main.0123abcd.js'), 'plain');
  writeFileSync(join(app.path, 'main.0123abcd.js.br'), 'brotli');
  writeFileSync(join(app.path, 'main.0123abcd.js.gz'), 'gzip');
  service = await startService({
    port: 0,
    host: '127.0.0.1',
    data: data.path,
    manifests: manifests.path,
    app: app.path,
    logLevel: 'silent',
  });
});

afterAll(async () => {
  await service?.close();
  for (const folder of [manifests, app, data]) folder.remove();
});

describe('the catalogue', () => {
  test('comes in one answer, broken files with what is wrong with them', async () => {
    const { files } = await catalogue();
    expect(files.map(({ file }) => file)).toEqual([
      'county.json',
      'farm-talk/2026-11.json',
      'lessons/broken.json',
      'lessons/duty.json',
      'lessons/long.json',
      'lessons/short.json',
      'playlists/p.json',
    ]);
    const broken = files.find(({ file }) => file === 'lessons/broken.json');
    expect(broken).toEqual({ file: 'lessons/broken.json', error: expect.stringContaining('JSON') as string });
    expect(files.find(({ file }) => file === 'county.json')?.json).toMatchObject({ id: 'county' });
  });

  test('is compressed and asked about by its tag', async () => {
    const plain = await get('/catalogue/catalogue.json');
    const br = await get('/catalogue/catalogue.json', { 'accept-encoding': 'gzip, br' });
    const gzip = await get('/catalogue/catalogue.json', { 'accept-encoding': 'gzip' });
    expect([br.headers['content-encoding'], gzip.headers['content-encoding']]).toEqual(['br', 'gzip']);
    expect(brotliDecompressSync(br.body)).toEqual(plain.body);
    expect(gunzipSync(gzip.body)).toEqual(plain.body);
    expect(plain.headers).toMatchObject({ vary: 'accept-encoding', 'cache-control': 'no-cache' });
    const tag = String(br.headers.etag);
    const held = await get('/catalogue/catalogue.json', { 'accept-encoding': 'br', 'if-none-match': tag });
    expect([held.status, held.body.length]).toEqual([304, 0]);
  });

  test('follows the folder: a lesson added, changed, taken away, the folder gone and back', async () => {
    const ids = async () => (await catalogue()).files.map(({ file }) => file);
    writeJson(manifests.path, 'lessons/new.json', { id: 'new' });
    await expect.poll(ids, { timeout: 5000 }).toContain('lessons/new.json');
    rmSync(join(manifests.path, 'lessons/new.json'));
    await expect.poll(ids, { timeout: 5000 }).not.toContain('lessons/new.json');

    const away = `${manifests.path}-away`;
    renameSync(manifests.path, away);
    const ready = async () => (await get('/readyz')).status;
    await expect.poll(ready, { timeout: 5000 }).toBe(503);
    expect((await get('/readyz')).body.toString()).toContain('the content folder cannot be read');
    expect((await get('/healthz')).status).toBe(200);
    renameSync(away, manifests.path);
    await expect.poll(ready, { timeout: 5000 }).toBe(200);
    expect(await ids()).toContain('lessons/short.json');
  });

  test("has the repository's policy until the county has its own; a broken one leaves the last good in force", async () => {
    const minutes = async () => {
      const { policies } = JSON.parse((await get('/catalogue/policy.json')).body.toString()) as {
        policies: Record<string, unknown>[];
      };
      return policies[0]?.minutesPerHour;
    };
    expect(await minutes()).toBe(45);
    const shipped = JSON.parse((await get('/catalogue/policy.json')).body.toString()) as {
      policies: Record<string, unknown>[];
    };
    const [policy] = shipped.policies;
    writeJson(manifests.path, 'policy.json', { ...shipped, policies: [{ ...policy, minutesPerHour: 60 }] });
    await expect.poll(minutes, { timeout: 5000 }).toBe(60);
    writeJson(manifests.path, 'policy.json', { ...shipped, policies: [{ ...policy, minutesPerHour: '60' }] });
    await expect.poll(async () => (await get('/readyz')).status, { timeout: 5000 }).toBe(503);
    expect((await get('/readyz')).body.toString()).toContain('/policies/0/minutesPerHour');
    expect(await minutes()).toBe(60);
    rmSync(join(manifests.path, 'policy.json'));
    await expect.poll(minutes, { timeout: 5000 }).toBe(45);
  });
});

describe('media', () => {
  test('have the types that players want and are not compressed', async () => {
    const types = await Promise.all(
      ['seg0.ts', 'master.m3u8', 'seg.m4s', 'zh.vtt', 'a.aac', 'b.mp4', 'enc.key', 'p.webp'].map(
        async (name) => {
          const { headers } = await get(`/catalogue/media/short/${name}`, { 'accept-encoding': 'gzip, br' });
          expect(headers['content-encoding']).toBeUndefined();
          return headers['content-type'];
        },
      ),
    );
    expect(types).toEqual([
      'video/mp2t',
      'application/vnd.apple.mpegurl',
      'video/iso.segment',
      'text/vtt; charset=utf-8',
      'audio/aac',
      'video/mp4',
      'application/octet-stream',
      'image/webp',
    ]);
  });

  test('come in ranges; playlists are asked about, segments kept', async () => {
    const part = await get('/catalogue/media/short/seg0.ts', { range: 'bytes=10-19' });
    expect(part.status).toBe(206);
    expect(part.headers).toMatchObject({
      'content-range': 'bytes 10-19/1000',
      'content-length': '10',
      'accept-ranges': 'bytes',
      'cache-control': 'public, max-age=86400',
    });
    expect((await get('/catalogue/media/short/seg0.ts', { range: 'bytes=2000-' })).status).toBe(416);
    const head = await get('/catalogue/media/short/seg0.ts', {}, 'HEAD');
    expect([head.status, head.headers['content-length']]).toEqual([200, '1000']);
    const playlist = await get('/catalogue/media/short/master.m3u8');
    expect(playlist.headers['cache-control']).toBe('no-cache');
    const held = await get('/catalogue/media/short/master.m3u8', {
      'if-none-match': String(playlist.headers.etag),
    });
    expect(held.status).toBe(304);
  });

  test.each([
    '/catalogue/../county.json',
    '/catalogue/%2e%2e/%2e%2e/etc/passwd',
    '/catalogue/..%2f..%2fetc%2fpasswd',
    '/catalogue/media/short/.hidden',
    '/catalogue/media/short/',
    '/catalogue/none.ts',
    '/catalogue/%00',
    '/catalogue/%ff',
    '/../package.json',
  ])('%s is not there', async (path) => {
    const { status, headers } = await get(path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });
});

describe('the TV app', () => {
  test('hashed files are kept for good, the page is asked about', async () => {
    const page = await get('/');
    expect([page.status, page.headers['cache-control']]).toEqual([200, 'no-cache']);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    const policy = String(page.headers['content-security-policy']);
    for (const needed of ["'unsafe-eval'", 'worker-src', 'blob:', "default-src 'self'"])
      expect(policy).toContain(needed);
    const code = await get('/main.0123abcd.js');
    expect([code.headers['cache-control'], code.body.toString()]).toEqual([
      'public, max-age=31536000, immutable',
      'plain',
    ]);
  });

  test('a script in the page itself is named by its hash, and no other may run', async () => {
    const policyOf = async (): Promise<string> => String((await get('/')).headers['content-security-policy']);
    expect(await policyOf()).toContain("script-src 'self' 'unsafe-eval';");
    const page = join(app.path, 'index.html');
    const before = readFileSync(page);
    writeFileSync(page, '<!doctype html><script>alert(1)</script>');
    // echo -n 'alert(1)' | openssl dgst -sha256 -binary | base64
    expect(await policyOf()).toContain("'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='");
    writeFileSync(page, before);
  });

  test('what the build has compressed is sent so', async () => {
    const sent = async (encodings: string) => {
      const { headers, body } = await get('/main.0123abcd.js', { 'accept-encoding': encodings });
      return [headers['content-encoding'], headers['content-type'], body.toString()];
    };
    expect(await sent('gzip, br')).toEqual(['br', 'application/javascript; charset=utf-8', 'brotli']);
    expect(await sent('gzip')).toEqual(['gzip', 'application/javascript; charset=utf-8', 'gzip']);
  });

  test('what is built later is served then', async () => {
    expect((await get('/later/chunk.89abcdef.js')).status).toBe(404);
    mkdirSync(join(app.path, 'later'));
    writeFileSync(join(app.path, 'later/chunk.89abcdef.js'), 'later');
    expect((await get('/later/chunk.89abcdef.js')).status).toBe(200);
  });
});

test('the API describes itself, every route in a sentence', async () => {
  const { body } = await get('/api/v1/openapi.json');
  const { openapi, paths } = JSON.parse(body.toString()) as {
    openapi: string;
    paths: Record<string, Record<string, { summary?: string }>>;
  };
  expect(openapi).toBe('3.1.0');
  for (const operations of Object.values(paths))
    for (const operation of Object.values(operations)) expect(operation.summary).toBeTruthy();
});
