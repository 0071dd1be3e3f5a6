import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verbIris, type VerbName } from '../../src/domain/statements/iris.ts';
import type { Statement } from '../../src/domain/statements/statement.ts';
import zh from '../../src/tv/locales/zh-CN.json' with { type: 'json' };
import lesson from '../../media-manifests/lessons/remote-basics.json' with { type: 'json' };
import county from '../../media-manifests/county.json' with { type: 'json' };
import { accountOf } from './counting/account.ts';
import { launchBrowser } from './harness/browser.ts';
import { KEY } from './harness/keys.ts';
import { startServiceProcess, type ServiceProcess } from './harness/service.ts';
import { createViewer, type Viewer } from './harness/viewer.ts';
import { until } from './harness/wait.ts';
import { createWitness, type Witness } from './harness/witness.ts';
import { Client } from './service-kit.ts';

/** Seconds after the lesson's length within which its credit is in the ledger. */
const SOON = 15;
/** Milliseconds by which the TV's idea of the service's time may be off. */
const CLOCKS_AGREE = 1500;

describe('the main job, with the sample county', () => {
  let browser: Browser;
  let service: ServiceProcess;
  let client: Client;
  let page: Page;
  let viewer: Viewer;
  let witness: Witness;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(() => browser?.close());

  /** A county and a TV nobody has used yet. */
  async function newTv(): Promise<void> {
    await service?.remove();
    service = await startServiceProcess();
    client = new Client(service.url, service.authorization);
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    witness = createWitness();
    await witness.watch(context);
    page = await context.newPage();
    viewer = await createViewer(page, { url: service.url, lesson: lesson.id, witness });
  }

  afterAll(() => service?.remove());

  const account = () => accountOf(client, lesson.id, county.homePage);
  const verbsOf = (statements: readonly Statement[]): (VerbName | undefined)[] =>
    statements.map(({ verb }) =>
      (Object.keys(verbIris) as VerbName[]).find((name) => verbIris[name] === verb.id),
    );

  describe('the short lesson opened, no key pressed', () => {
    let opened: number;

    beforeAll(async () => {
      await newTv();
      opened = Date.now();
      await page.goto(`${service.url}/#/play/${lesson.id}`);
    });

    it('is completed and in the ledger within its length and 15 s', async () => {
      const left = lesson.length + SOON - (Date.now() - opened) / 1000;
      await until('the ledger entry', async () => ((await account())?.entries ?? 0) > 0, left);
      expect(await account()).toMatchObject({ begun: 1, completed: 1, entries: 1 });
    });

    it('has told its story in order, with times that fit', async () => {
      await until('the end of the session', async () => (await account())?.ended === 1);
      const statements = await client.list('?limit=500&ascending=true');
      expect(verbsOf(statements)).toEqual(['initialized', 'completed', 'paused', 'terminated']);
      const [initialized, completed, paused, terminated] = statements.map(({ timestamp }) =>
        Date.parse(timestamp ?? ''),
      ) as [number, number, number, number];
      expect(initialized).toBeGreaterThan(opened - CLOCKS_AGREE);
      expect(completed - initialized).toBeGreaterThan(lesson.length * 0.9 * 1000 - CLOCKS_AGREE);
      expect(paused).toBeGreaterThanOrEqual(completed);
      expect(terminated).toBeGreaterThanOrEqual(paused);
      expect(terminated).toBeLessThan(Date.now() + CLOCKS_AGREE);
      expect(new Set(statements.map(({ context }) => context?.registration)).size).toBe(1);
    });

    it('is credited with what was shown', async () => {
      const { credited } = (await account())!;
      expect(Math.abs(credited - witness.seconds(lesson.id))).toBeLessThan(1);
    });

    it('is on the page "My study"', async () => {
      await viewer.goTo('#my-study');
      await viewer.hears(
        new RegExp(
          `${lesson.title['zh-CN']}.*${zh.study.plus.replace('{{hours}}', '[0-9.]+').replace('+', '\\+')}`,
        ),
      );
    });
  });

  it('gives nothing for seeking to the end at once', async () => {
    await newTv();
    await viewer.open();
    await viewer.seek(KEY.Right, 3);
    await viewer.watchToEnd();
    await until('the end of the session', async () => (await account())?.ended === 1);
    expect(await account()).toMatchObject({ begun: 1, completed: 0, entries: 0, credited: 0 });
  });
});
