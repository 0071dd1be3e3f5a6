import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { v4 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkInCode, formatTicket } from '../../src/domain/groups/check-in-code.ts';
import { bindBox } from './bind-box.ts';
import { launchBrowser } from './harness/browser.ts';
import { openPhone } from './harness/phone.ts';
import { openTv, type Tv } from './harness/tv.ts';
import { bundleService, runService, type Running } from './service-process.ts';
import { basic, Client, temporaryFolder, viewing, writeContent } from './service-kit.ts';

const secret = 'ab'.repeat(32);
const pins = { secretary: '739158', member: '862047', wrong: '517390' };
const telephone = '13812345678';
const names = ['赵德福', '王桂兰', '马建国', '孙长河', '李秀英', '高凤霞'];
const data = temporaryFolder();
const manifests = temporaryFolder();
let service: Running;
let county: Client;
let browser: Browser;
/** What was said where anybody may come by it. */
const heard: Record<'addresses' | 'redirects' | 'room screen' | 'told to a room', string[]> = {
  addresses: [],
  redirects: [],
  'room screen': [],
  // What a box does not know it cannot show.
  'told to a room': [],
};

beforeAll(async () => {
  writeContent(manifests.path);
  const build = resolve(process.env.BUILD ?? 'build');
  service = await runService(
    await bundleService('privacy'),
    [
      ...['--data', data.path, '--manifests', manifests.path],
      ...['--app', resolve(build, 'tv'), '--phone', resolve(build, 'phone')],
    ],
    { CREDIT_INTEGRATION: 'county:a:secret', LOG_LEVEL: 'trace' },
  );
  county = new Client(service.url, basic);
  const put = (path: string, body: object) => county.call('PUT', `/api/v1/${path}`, body);
  await put('villages/v1', { name: '枣园村' });
  await put('branches/b1', { name: '枣园村党支部', village: 'v1' });
  await put('homes/h1', { name: '王桂兰家', village: 'v1' });
  await put('rooms/r1', { name: '枣园村活动室', village: 'v1', branch: 'b1' });
  for (const [index, name] of names.entries())
    await put(`people/p-${index}`, {
      ...{ name, branch: 'b1', home: 'h1' },
      role: index === 0 ? 'branch-secretary' : 'party-member',
    });
  await put('people/p-0/pin', { pin: pins.secretary });
  await put('people/p-1/pin', { pin: pins.member });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await service?.stop('SIGTERM');
  data.remove();
  manifests.remove();
});

async function onPhone(
  address: string,
  act: (phone: Awaited<ReturnType<typeof openPhone>>) => Promise<void>,
): Promise<void> {
  const phone = await openPhone(browser, address);
  phone.page.on('response', (response) => heard.redirects.push(response.headers()['location'] ?? ''));
  await act(phone);
  // What the address bar shows at the end, and all that was asked for.
  heard.addresses.push(address, phone.page.url(), ...phone.requests);
  await phone.close();
}

/** Names and PINs whole, not as a part of some random number. */
function known(texts: readonly string[]): string[] {
  const all = texts.join('\n');
  const words = [...names, telephone, ...names.map((name) => encodeURIComponent(name))];
  const digits = Object.values(pins).filter((pin) => new RegExp(`(?<![0-9a-f])${pin}(?![0-9a-f])`).test(all));
  return [...words.filter((word) => all.includes(word)), ...digits];
}

test('no name, telephone number or PIN in logs, statements, addresses, or on the screen of a room', async () => {
  const home = await bindBox(county, { home: 'h1' });
  const room = await bindBox(county, { room: 'r1' });
  await home.statements(viewing({ person: 'p-1', lessonId: 'short', length: 20, to: 20 }).statements);

  const tv: Tv = await openTv(browser, service.url, { hash: '#binding' });
  await tv.hears('用手机连接');
  await tv.press('Enter');
  await tv.heard(/8 个字母：/);
  const said = (await tv.said()).join('\n');
  const code = /8 个字母：([A-Z -]+)/.exec(said)![1]!.replace(/ /g, '');
  await onPhone(`${service.url}/bind?code=${code}`, async (phone) => {
    await phone.press('我是支部书记');
    await phone.fill('您的编号', 'p-0');
    await phone.fill('您的密码', pins.wrong);
    await phone.press('下一步');
    await phone.warns('编号或密码不对');
    await phone.fill('您的密码', pins.secretary);
    await phone.press('下一步');
    await phone.press('枣园村活动室');
    await phone.press('对，就是这里');
    await phone.says('连好了');
  });
  await tv.heard('已连接：枣园村 · 枣园村活动室');
  heard['room screen'].push(...(await tv.said()));
  for (const hash of [
    '',
    '#my-study',
    '#settings',
    '#who',
    '#together',
    '#together-past',
    '#together-paper',
  ]) {
    await tv.restart(hash);
    await tv.press('Down', 'Enter', 'Down', 'Right');
    heard['room screen'].push(...(await tv.said()));
  }
  heard['told to a room'].push(await tv.page.evaluate(() => JSON.stringify({ ...localStorage })));
  heard.addresses.push(...tv.requests);
  await tv.close();

  const id = v4();
  await room.call('PUT', `/api/v1/groups/sessions/${id}`, { room: 'r1', secret, seconds: 0 });
  const ticket = formatTicket({ sessionId: id, step: 0, code: checkInCode(secret, 0) });
  await onPhone(`${service.url}/phone/check-in#${ticket}`, async (phone) => {
    await phone.press('王○○');
    await phone.fill('您的密码', pins.member);
    await phone.press('对，签到');
    await phone.says('签到好了');
  });
  const minutes = await room.post<{ url: string }>(`/api/v1/groups/sessions/${id}/minutes-link`, undefined);
  await onPhone(minutes.body.url, async (phone) => {
    await phone.fill('一句话记录', `有事打 ${telephone}，找孙长河`);
    await phone.press('记下这句话');
    await phone.says('记下了');
  });
  const stored = await room.post(`/api/v1/groups/sessions/${id}/record`, {
    ...{ room: 'r1', host: 'p-0', clock: 'synced', seconds: 40 },
    anchors: [{ seconds: 0, at: new Date(Date.now() - 40_000).toISOString() }],
    lessons: [
      {
        ...{ lessonId: 'short', showing: v4(), length: 20, threshold: 0.9 },
        plays: [{ start: 0, end: 20, at: 10, rate: 1 }],
      },
    ],
    attendees: ['p-1', 'p-3'].map((person) => ({ person, spans: [{ from: 0, to: 40 }] })),
    ...{ dismissed: [], expected: 6, guests: 0, asked: [], notes: [] },
  });
  expect(stored.status).toBe(200);
  const correction = { id: v4(), reason: '点错了名字', add: ['p-4'], remove: ['p-3'] };
  expect((await room.post(`/api/v1/groups/sessions/${id}/corrections`, correction)).status).toBe(200);
  for (const path of ['box', `groups/sessions/${id}/minutes`, 'groups/records?room=r1']) {
    const { status, body } = await room.get(`/api/v1/${path}`);
    expect([path, status]).toEqual([path, 200]);
    heard['told to a room'].push(JSON.stringify(body));
  }
  const record = await home.post<{ url: string }>('/api/v1/box/people/p-1/record-link', undefined);
  await onPhone(record.body.url, async (phone) => {
    await phone.says('王桂兰');
    await phone.press('存成 CSV 表格');
  });
  await onPhone(`${service.url}/phone/branch`, async (phone) => {
    await phone.fill('您的编号', 'p-0');
    await phone.fill('您的密码', pins.secretary);
    await phone.press('登录');
    await phone.says('可以去看看的人');
  });
  // Requests that are refused, with what they hold in places where nobody expects it.
  const stranger = new Client(service.url, '');
  await stranger.post('/api/v1/phone/sign-in', { person: '王桂兰', pin: pins.member });
  await county.call('PUT', '/api/v1/people/p-9', { name: '孙长河', role: telephone, branch: 'none' });

  const statements = await county.get<string>('/api/v1/exports/statements');
  const ledger = await county.get<string>('/api/v1/exports/ledger');
  const metrics = await fetch(`${service.url}/metrics`);
  const places = {
    ...heard,
    statements: [String(statements.body)],
    ledger: [String(ledger.body)],
    metrics: [await metrics.text()],
    logs: [service.output()],
  };
  // The search itself finds what there is to find.
  const planted = [`…${names[1]!}…`, `pin=${pins.member}`, encodeURIComponent(names[2]!)];
  expect(known(planted)).toEqual([names[1], encodeURIComponent(names[2]!), pins.member]);
  expect(places.statements[0]).toContain('p-1');
  expect(places['room screen'].join()).toContain('枣园村活动室');
  expect(places['told to a room'].join()).toContain('李○○');
  expect(heard.addresses.length).toBeGreaterThan(40);
  for (const [place, texts] of Object.entries(places)) expect([place, known(texts)]).toEqual([place, []]);
});
