import iconv from 'iconv-lite';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportRosterFile, importRosterFile } from '../../src/service/operations/roster-commands.ts';
import { startService, type Service, type ServiceOptions } from '../../src/service/service.ts';
import { Client, integration, temporaryFolder, writeContent, type ProblemBody } from './service-kit.ts';

interface Report {
  dryRun: boolean;
  encoding?: string;
  changes: Record<string, { added: number; changed: number; unchanged: number }>;
  problems: { line: number; column: string; code: string; message: string }[];
}

/** What the service promises of roster files, whatever its database. */
export function rosterContract(database: () => string | undefined): void {
  const data = temporaryFolder();
  const manifests = temporaryFolder();
  const sample = readFileSync('samples/roster.csv');
  let options: ServiceOptions;
  let service: Service;

  beforeAll(async () => {
    writeContent(manifests.path);
    options = {
      port: 0,
      host: '127.0.0.1',
      data: data.path,
      manifests: manifests.path,
      databaseUrl: database(),
      integration,
      integrations: [{ user: 'reader', password: 'only-reads', scopes: ['ledger/read'] }],
      logLevel: 'error',
    };
    service = await startService(options);
  });
  afterAll(async () => {
    await service?.close();
    data.remove();
    manifests.remove();
  });

  async function send(file: Buffer, query = '', headers: Record<string, string> = {}) {
    const response = await fetch(`${service.url}/api/v1/roster/import${query}`, {
      method: 'POST',
      headers: { authorization: new Client('').authorization, 'content-type': 'text/csv', ...headers },
      body: new Uint8Array(file),
    });
    return { status: response.status, body: (await response.json()) as Report & ProblemBody };
  }

  const counts = ({ changes }: Report) =>
    Object.fromEntries(
      Object.entries(changes).map(([kind, { added, changed, unchanged }]) => [
        kind,
        [added, changed, unchanged],
      ]),
    );

  test('a dry run tells what would be and changes nothing; the import then does it; again changes nothing', async () => {
    const all = {
      villages: [3, 0, 0],
      branches: [3, 0, 0],
      homes: [15, 0, 0],
      rooms: [3, 0, 0],
      people: [31, 0, 0],
    };
    const dry = await send(sample, '?dryRun=true');
    expect([dry.status, dry.body.encoding, dry.body.dryRun, counts(dry.body)]).toEqual([
      200,
      'utf-8',
      true,
      all,
    ]);
    const empty = await new Client(service.url).get<string>('/api/v1/roster/export');
    expect(empty.body.trim().split('\n')).toHaveLength(1);

    expect(counts((await send(sample)).body)).toEqual(all);
    const again = await send(iconv.encode(iconv.decode(sample, 'utf-8'), 'gb18030'));
    expect([again.body.encoding, counts(again.body)]).toEqual([
      'gb18030',
      {
        villages: [0, 0, 3],
        branches: [0, 0, 3],
        homes: [0, 0, 15],
        rooms: [0, 0, 3],
        people: [0, 0, 31],
      },
    ]);
  });

  test('what is exported is imported as it was, in both encodings; a part of it changes only its part', async () => {
    for (const encoding of ['utf-8', 'gb18030']) {
      const response = await fetch(`${service.url}/api/v1/roster/export?encoding=${encoding}`, {
        headers: { authorization: new Client('').authorization },
      });
      expect(response.headers.get('content-type')).toContain(encoding);
      const { body } = await send(Buffer.from(await response.arrayBuffer()));
      expect([body.encoding, body.problems, counts(body)['people']]).toEqual([encoding, [], [0, 0, 31]]);
    }
    const part = await send(Buffer.from('kind,id,name,home,role\nperson,100117,马小麦,h101,villager\n'));
    expect(counts(part.body)['people']).toEqual([0, 1, 0]);
    const { body } = await new Client(service.url).get<string>('/api/v1/roster/export');
    expect(body).toContain('person,100117,马小麦,,,h101,villager');
    expect(body).toContain('person,100118,孙秋菊,,,h103,villager');
  });

  test('a bad row refuses the whole file and is named by line and column, in words', async () => {
    const bad = Buffer.from('类别,编号,姓名,支部,身份\n人,900001,新来的,,群众\n人,900002,张三,没有,党员\n');
    const zh = await send(bad);
    expect(zh.status).toBe(422);
    expect(zh.body.problems).toEqual([
      {
        ...{ line: 3, column: '支部', code: 'no-such-branch' },
        message: '没有编号是“没有”的支部；请先加一行这个支部',
      },
    ]);
    const en = await send(bad, '', { 'accept-language': 'en-GB,en;q=0.9' });
    expect(en.body.problems[0]?.message).toBe('There is no branch with the id “没有”; add a line for it');
    const { body } = await new Client(service.url).get<string>('/api/v1/roster/export');
    expect(body).not.toContain('900001');
  });

  test('only programs with the scope may; anything but CSV is refused; a file too large is', async () => {
    const reader = `Basic ${Buffer.from('reader:only-reads').toString('base64')}`;
    expect((await send(sample, '', { authorization: reader })).body.code).toBe('insufficient-scope');
    expect((await send(sample, '', { authorization: '' })).status).toBe(401);
    const { status } = await fetch(`${service.url}/api/v1/roster/export`);
    expect(status).toBe(401);
    expect((await send(Buffer.from('{}'), '', { 'content-type': 'application/json' })).body.code).toBe(
      'unsupported-media-type',
    );
    expect((await send(Buffer.alloc(0))).body.problems[0]?.code).toBe('no-lines');
    expect((await send(Buffer.alloc(9 * 1024 * 1024, 97))).status).toBe(413);
  });

  test('the commands do the same beside the running service', async () => {
    const file = join(data.path, 'people.csv');
    writeFileSync(file, iconv.encode('类别,编号,名称\r\n村,new,新村\r\n', 'gb18030'));
    const done = await importRosterFile(options, file, { dryRun: false, language: 'zh-CN' });
    expect([done.encoding, done.changes.villages.added]).toEqual(['gb18030', 1]);
    expect(iconv.decode(await exportRosterFile(options, 'gb18030'), 'gb18030')).toContain('village,new,新村');
    await expect(
      importRosterFile(options, join(data.path, 'none.csv'), { dryRun: true, language: 'en' }),
    ).rejects.toThrow('cannot be read: ENOENT');
  });
}
