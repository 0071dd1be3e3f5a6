import { v4 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type OpenDatabase } from '../../src/service/db/open-database.ts';
import { startService, type Service } from '../../src/service/service.ts';
import { bindBox } from './bind-box.ts';
import {
  Client,
  integration,
  newBox,
  temporaryFolder,
  writeContent,
  type ProblemBody,
} from './service-kit.ts';

type Link = ProblemBody & { url: string; expiresIn: number };

/** What a TV asks for to show it as a QR, whatever the database. */
export function phoneLinksContract(database: () => string | undefined): void {
  const data = temporaryFolder();
  const manifests = temporaryFolder();
  let service: Service;
  let county: Client;
  let inside: OpenDatabase;

  beforeAll(async () => {
    writeContent(manifests.path);
    service = await startService({
      port: 0,
      host: '127.0.0.1',
      data: data.path,
      manifests: manifests.path,
      databaseUrl: database(),
      publicUrl: 'https://study.example',
      integration,
      logLevel: 'error',
    });
    county = new Client(service.url);
    inside = await openDatabase({ url: database(), folder: data.path }, () => undefined);
    const put = (path: string, body: object) => county.call('PUT', `/api/v1/${path}`, body);
    await put('villages/zaoyuan', { name: '枣园村' });
    await put('homes/h1', { name: '王桂兰家', village: 'zaoyuan' });
    await put('rooms/room-1', { name: '枣园村活动室', village: 'zaoyuan' });
    await put('people/100102', { name: '王桂兰', role: 'party-member', home: 'h1' });
  });
  afterAll(async () => {
    await inside?.db.destroy();
    await service?.close();
    data.remove();
    manifests.remove();
  });

  const recordLink = (box: Client, person: string) =>
    box.post<Link>(`/api/v1/box/people/${person}/record-link`, undefined);
  const minutesLink = (box: Client, session: string) =>
    box.post<Link>(`/api/v1/groups/sessions/${session}/minutes-link`, undefined);

  test("the box of a home gets a link to a person's record: a token behind the #, which nobody keeps", async () => {
    const box = await bindBox(county, { home: 'h1' });
    const { status, headers, body } = await recordLink(box, '100102');
    expect(status).toBe(201);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      url: expect.stringMatching(/^https:\/\/study\.example\/phone\/my-record#link_[\w-]{43}$/) as string,
      expiresIn: 900,
    });
    const token = body.url.split('#')[1]!;
    const kept = await inside.db.selectFrom('phone_links').selectAll().execute();
    expect(kept.map(({ subject }) => subject)).toEqual(['100102']);
    expect(JSON.stringify(kept)).not.toContain(token);
    expect((await recordLink(box, '100102')).body.url).not.toBe(body.url);
    expect((await recordLink(box, box.person)).status).toBe(201);
  });

  test('no box of another home or of a public room gets one', async () => {
    for (const box of [await newBox(service.url), await bindBox(county, { room: 'room-1' })]) {
      const { status, body } = await recordLink(box, '100102');
      expect([status, body.code]).toEqual([403, 'foreign-person']);
    }
  });

  test('the box of a room gets a link to the minutes of the session it leads, others do not', async () => {
    const box = await bindBox(county, { room: 'room-1' });
    const id = v4();
    expect((await minutesLink(box, id)).body.code).toBe('no-such-session');
    await box.call('PUT', `/api/v1/groups/sessions/${id}`, {
      room: 'room-1',
      secret: 'ab'.repeat(32),
      seconds: 0,
    });
    const { status, body } = await minutesLink(box, id);
    expect([status, body]).toEqual([
      201,
      {
        url: expect.stringMatching(/^https:\/\/study\.example\/phone\/minutes#link_[\w-]{43}$/) as string,
        expiresIn: 1800,
      },
    ]);
    for (const other of [await newBox(service.url), await bindBox(county, { home: 'h1' })])
      expect((await minutesLink(other, id)).body.code).toBe('not-the-room');
  });
}
