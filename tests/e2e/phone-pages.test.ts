import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { v4 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkInCode } from '../../src/domain/groups/check-in-code.ts';
import { startService, type Service } from '../../src/service/service.ts';
import { bindBox } from './bind-box.ts';
import { launchBrowser } from './harness/browser.ts';
import { isForEverybody, openPhone, type Phone } from './harness/phone.ts';
import { Client, integration, temporaryFolder, viewing, writeContent, writeJson } from './service-kit.ts';

const build = resolve(process.env.BUILD ?? 'build', 'phone');
const secret = 'ab'.repeat(32);

describe('the phone pages of a person, a host and a branch', () => {
  const data = temporaryFolder();
  const manifests = temporaryFolder();
  let clock = Date.parse('2026-11-20T11:00:00.000Z');
  let service: Service;
  let county: Client;
  let home: Client & { person: string };
  let room: Client;
  let browser: Browser;

  beforeAll(async () => {
    writeContent(manifests.path);
    writeJson(manifests.path, 'playlists/autumn.json', {
      id: 'autumn',
      title: { 'zh-CN': '秋冬果园', en: 'Orchards' },
      lessons: ['duty', 'long'],
    });
    service = await startService({
      port: 0,
      host: '127.0.0.1',
      data: data.path,
      manifests: manifests.path,
      phone: build,
      sampleRoster: 'samples/roster.csv',
      integration,
      logLevel: 'error',
      now: () => clock,
    });
    county = new Client(service.url);
    await county.call('PUT', '/api/v1/people/100101/pin', { pin: '4711' });
    await county.call('PUT', '/api/v1/people/100102/pin', { pin: '8642' });
    home = await bindBox(county, { home: 'h102' });
    room = await bindBox(county, { room: 'zaoyuan-room' });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await service?.close();
    data.remove();
    manifests.remove();
  });

  const open = (address: string, locale?: string): Promise<Phone> => openPhone(browser, address, { locale });
  const page = (name: string): string => `${service.url}/phone/${name}`;

  async function signIn(phone: Phone, person = '100101', pin = '4711'): Promise<void> {
    await phone.fill('您的编号', person);
    await phone.fill('您的密码', pin);
    await phone.press('登录');
  }

  async function linkTo(box: Client, path: string): Promise<string> {
    const { status, body } = await box.post<{ url: string }>(`/api/v1/${path}`, undefined);
    expect(status).toBe(201);
    return body.url;
  }

  /** A session of ten minutes with one who came by phone, as the room's box hands it in. */
  async function record(id: string, ago: number): Promise<void> {
    const { status } = await room.post(`/api/v1/groups/sessions/${id}/record`, {
      ...{ room: 'zaoyuan-room', host: '100101', clock: 'synced', seconds: 700 },
      anchors: [{ seconds: 0, at: new Date(clock - ago * 1000).toISOString() }],
      lessons: [
        {
          ...{ lessonId: 'long', showing: v4(), length: 600, threshold: 0.9 },
          plays: [{ start: 0, end: 600, at: 20, rate: 1 }],
        },
      ],
      attendees: ['100102', '100103'].map((person) => ({ person, spans: [{ from: 0, to: 700 }] })),
      ...{ dismissed: [], expected: 16, guests: 2, asked: [], notes: [] },
    });
    expect(status).toBe(200);
  }

  test('minutes by the link on the TV: a note while it goes on, the whole of it after, on paper too', async () => {
    const id = v4();
    await room.call('PUT', `/api/v1/groups/sessions/${id}`, { room: 'zaoyuan-room', secret, seconds: 0 });
    await room.post(`/api/v1/groups/sessions/${id}/check-ins`, {
      person: '100104',
      code: checkInCode(secret, 0),
    });
    const phone = await open(await linkTo(room, `groups/sessions/${id}/minutes-link`));
    await phone.says('枣园村活动室的学习还在进行');
    expect(new URL(phone.page.url()).hash).toBe('');
    await isForEverybody(phone, 'minutes-open');
    await phone.fill('一句话记录', '大家商量好下周一起剪枝');
    await phone.press('记下这句话');
    await phone.says('记下了');
    clock += 800_000;
    await record(id, 800);
    await phone.press('再看看');
    await phone.says('应到 16 人，实到 3 人，另有来听课的 2 人');
    const text = await phone.page.locator('main').innerText();
    for (const words of ['王桂兰 · 主持人点名', '李秀英 · 扫码签到', '大家商量好下周一起剪枝', '赵德福'])
      expect(text).toContain(words);
    expect(await phone.page.getByRole('button', { name: '更正参加的人' }).count()).toBe(0);
    await isForEverybody(phone, 'minutes');
    await phone.page.emulateMedia({ media: 'print' });
    const printed = await phone.page.pdf({ format: 'A4' });
    expect(printed.subarray(0, 5).toString()).toBe('%PDF-');
    if (process.env.SHOTS) writeFileSync(join(process.env.SHOTS, 'minutes.pdf'), printed);
    expect(await phone.page.getByRole('button').count()).toBe(0);
    expect(await phone.page.locator('.sign').isVisible()).toBe(true);
    expect(phone.troubles).toEqual([]);
    await phone.close();

    const other = await linkTo(room, `groups/sessions/${id}/minutes-link`);
    clock += 1_800_000;
    const late = await open(other);
    await late.warns('这个码已经过期了');
    await isForEverybody(late, 'minutes-over');
    await late.close();
  });

  test('minutes corrected by the secretary with a reason, which stays visible; others may not see them', async () => {
    const phone = await open(page('minutes'));
    await isForEverybody(phone, 'sign-in');
    await signIn(phone);
    await phone.says('看哪一次的？');
    await isForEverybody(phone, 'minutes-list');
    await phone.press(/3 人/);
    await phone.press('更正参加的人');
    await phone.press('更正');
    await phone.warns('先选上要补的人');
    await phone.page.getByLabel('周大山').check();
    await phone.page.getByLabel('孙长河').check();
    await phone.press('更正');
    await phone.warns('请写一句原因');
    await isForEverybody(phone, 'minutes-correct');
    await phone.fill('原因', '点名时看错了');
    await phone.press('更正');
    await phone.says('原因：点名时看错了');
    const text = await phone.page.locator('main').innerText();
    expect(text).toContain('补上：周大山');
    expect(text).toContain('去掉：孙长河');
    await isForEverybody(phone, 'minutes-corrected');
    expect(phone.troubles).toEqual([]);
    await phone.close();

    const member = await open(page('minutes'));
    await signIn(member, '100102', '8642');
    await member.says('还没有学习记录');
    await member.close();
  });

  test('a sheet of paper: mistakes by field, entered once, refused twice with a reason', async () => {
    const phone = await open(page('paper'));
    await signIn(phone);
    await phone.says('签到表的名称');
    await isForEverybody(phone, 'paper');
    await phone.press('录入这张表');
    await phone.warns('还有没填对的地方');
    const mistakes = await phone.page.locator('.mistake').allInnerTexts();
    expect(mistakes).toEqual([
      '请填日期。',
      '请填开始时间。',
      '请给这张表起个名称，以后好查。',
      '至少要选一课。',
      '请选主持人。',
      '一个人也没有选；没有人的学习不能录入。',
    ]);
    await isForEverybody(phone, 'paper-mistakes');
    const fill = async (day: string, sheet: string): Promise<void> => {
      await phone.fill('日期', day);
      await phone.fill('开始时间', '19:30');
      await phone.fill('签到表的名称', sheet);
      await phone.page.getByLabel('田间课堂（10 分钟）').first().check();
      await phone.page.getByLabel('主持人').selectOption({ label: '赵德福' });
      await phone.page.getByLabel('陈玉梅').check();
      await phone.page.getByLabel('刘春来').check();
      await phone.fill('名单以外', '4');
      await phone.press('录入这张表');
    };
    await fill('2026-12-24', '11 月第 3 张');
    await phone.warns('这个时间还没有到');
    await isForEverybody(phone, 'paper-future');
    await phone.fill('日期', '2026-11-10');
    await phone.press('录入这张表');
    await phone.says('2 个人，另有来听课的 4 人');
    await isForEverybody(phone, 'paper-done');
    const [entry] = await county.ledger('?person=100107');
    expect(entry).toMatchObject({ mode: 'paper', evidence: 'C', at: '2026-11-10T11:40:00.000Z' });

    await phone.press('再录一张');
    await phone.says('签到表的名称');
    await fill('2026-11-10', '11 月第 3 张');
    await phone.warns('这张表已经录入过了');
    expect(await phone.page.locator('.mistake').allInnerTexts()).toEqual([
      '这个活动室这段时间的学习已经有记录了。',
      '这个名称的签到表已经录入过了。',
    ]);
    await isForEverybody(phone, 'paper-twice');
    expect(await county.ledger('?person=100107')).toHaveLength(1);
    expect(phone.troubles).toEqual([]);
    await phone.close();

    const member = await open(page('paper'));
    await signIn(member, '100102', '8642');
    await member.warns('只有支部书记能做');
    await member.close();
  });

  test("a person's own record by the TV's QR: sources, what waits and why, corrections, as PDF and CSV", async () => {
    await home.statements(
      viewing({ person: '100102', lessonId: 'duty', length: 600, to: 200, startedAt: clock - 300_000 })
        .statements,
    );
    await county.post('/api/v1/ledger/corrections', {
      ...{
        person: '100102',
        lessonId: 'short',
        seconds: 20,
        reason: '停电那天的',
        by: 'staff-1',
        mode: 'paper',
      },
    });
    const address = await linkTo(home, 'box/people/100102/record-link');
    const phone = await open(`${address}&waiting=3`);
    await phone.says('2026 年学习记录');
    expect(new URL(phone.page.url()).hash).toBe('');
    const text = await phone.page.locator('main').innerText();
    for (const words of [
      '王桂兰 党员',
      '全年要求 32 学时',
      '电视上还有 3 条等待上传',
      '集体 · 10 分钟',
      '来源：由人登记',
      '更正：停电那天的',
      '看了全课的 33%，要求看满 90%。',
      '从没看过的地方接着看',
      '支部书记能看到：您最近一次学习是 2026-11-20',
    ])
      expect(text).toContain(words);
    await isForEverybody(phone, 'my-record');
    const saved = async (name: string): Promise<Buffer> => {
      const [download] = await Promise.all([phone.page.waitForEvent('download'), phone.press(name)]);
      return readFileSync(await download.path());
    };
    const csv = (await saved('存成 CSV 表格')).toString();
    expect(csv.split('\r\n')[0]).toBe('\uFEFF日期,课程,方式,分钟,学时,来源,更正');
    expect(csv).toContain('2026-11-20,田间课堂,集体,10,');
    const pdf = await saved('存成 PDF 文件');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1')).toMatch(/\/FontFile[23] /);
    for (const known of ['100102', '8642', encodeURIComponent('王桂兰'), address.split('#')[1]!])
      expect(phone.requests.join('\n')).not.toContain(known);
    // Everything is still there after the page is loaded anew, without the link in the address.
    await phone.page.reload();
    await phone.says('2026 年学习记录');
    await phone.press('English');
    await phone.says('Record of study, 2026');
    await isForEverybody(phone, 'my-record-en');
    expect(phone.troubles).toEqual([]);
    await phone.close();

    clock += 900_000;
    const late = await open(address);
    await late.warns('这个码已经过期了');
    await signIn(late, '100102', '8642');
    await late.says('王桂兰 党员');
    await late.close();
  });

  test('the branch: who may like a visit, no figures, the same line as on the own record; a card; signed out', async () => {
    const phone = await open(page('branch'), 'en-GB');
    await phone.fill('Your number', '100101');
    await phone.fill('Your PIN', '0000');
    await phone.press('Sign in');
    await phone.warns('Number or PIN is wrong');
    await phone.press('中文');
    await signIn(phone);
    await phone.says('可以去看看的人');
    const [visit, seen] = await Promise.all(
      [0, 1].map((at) => phone.page.locator('.list').nth(at).locator('.what').allInnerTexts()),
    );
    // In the order of the roster, whoever studied most.
    expect(seen).toEqual(['王桂兰', '李秀英', '刘春来', '陈玉梅', '周大山']);
    // Who was taken out of the minutes was not seen.
    expect(visit).toContain('孙长河');
    expect(visit).toContain('高凤霞');
    expect(await phone.page.locator('main').innerText()).not.toMatch(/\d 学时/);
    await isForEverybody(phone, 'branch');
    await phone.press('给电视开一张卡');
    await phone.says('王桂兰家');
    await isForEverybody(phone, 'branch-cards');
    await phone.press('王桂兰家');
    await phone.says('卡片开好了');
    await isForEverybody(phone, 'branch-card');
    expect(await phone.page.locator('.number').innerText()).toMatch(/^[\d-]{12,}$/);
    await phone.press('上一步');
    await phone.page.getByRole('link', { name: '录入纸质签到表' }).tap();
    await phone.says('签到表的名称');
    await phone.press('退出登录');
    await phone.says('登录');
    expect(await phone.page.evaluate(() => sessionStorage.getItem('token'))).toBeNull();
    expect(phone.troubles).toEqual([]);
    await phone.close();
  });

  test('no network: said in plain words, with a way to try again', async () => {
    const phone = await open(page('branch'));
    await phone.context.setOffline(true);
    await signIn(phone);
    await phone.warns('连不上网');
    await phone.context.setOffline(false);
    await phone.fill('您的密码', '4711');
    await phone.press('登录');
    await phone.says('可以去看看的人');
    await phone.close();
  });

  test('less than 30 KB gzip a page, scripts, words and style', () => {
    const css = gzipSync(readFileSync(join(build, 'phone.css'))).length;
    for (const name of readdirSync(build).filter((file) => file.endsWith('.js'))) {
      const size = gzipSync(readFileSync(join(build, name))).length + css;
      console.log(`${name}: ${(size / 1000).toFixed(1)} KB gzip with the style`);
      expect(size, name).toBeLessThan(30_000);
    }
  });
});
