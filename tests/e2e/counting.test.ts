import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Lesson } from '../../src/domain/catalogue/types.ts';
import { everyday } from './counting/everyday.ts';
import { powerCuts } from './counting/power-cuts.ts';
import { setStage, type Figure } from './counting/stage.ts';
import { trouble } from './counting/trouble.ts';
import type { Viewing } from './counting/viewing.ts';
import { launchBrowser } from './harness/browser.ts';
import { createCounty, sampleFolder, type County } from './harness/county.ts';
import { startMediaServer, type MediaServer } from './harness/media-server.ts';
import { startServiceProcess, type ServiceProcess } from './harness/service.ts';
import { streamsFolder } from './harness/streams.ts';

/** The figures of the issue, in seconds. */
const WITHIN = 1;
const LOST_IN_A_CUT = 30;
/** How late the witness may hear of the last frames before a cut: "never more" is measured no finer. */
const WITNESS_DELAY = 0.5;

/** Viewings at the same time: as many as two cores play. */
const LANES = 3;
vi.setConfig({ maxConcurrency: LANES, testTimeout: 300_000 });

/** All of them, variations too: `VIEWINGS=all npx vitest run --project e2e tests/e2e/counting.test.ts`. */
const all = process.env.VIEWINGS === 'all';
const viewings = [...powerCuts, ...trouble, ...everyday].filter(({ variation }) => all || !variation);
const idOf = (viewing: Viewing): string => `viewing-${viewings.indexOf(viewing) + 1}`;

describe.concurrent('what is credited is what was shown', () => {
  let county: County;
  let browser: Browser;
  let shared: ServiceProcess;
  const lessons = new Map<Viewing, Lesson>();
  const mediaServers = new Map<Viewing, MediaServer>();
  const figures = new Map<Viewing, Figure[]>();

  beforeAll(async () => {
    county = createCounty();
    for (const viewing of viewings) await publish(viewing);
    [browser, shared] = await Promise.all([
      launchBrowser(),
      startServiceProcess({ manifests: county.folder }),
    ]);
  });

  afterAll(async () => {
    process.stdout.write(tableOf(viewings.flatMap((viewing) => [...(figures.get(viewing) ?? [])].reverse())));
    await browser?.close();
    await shared?.remove();
    for (const media of mediaServers.values()) await media.close();
    county?.remove();
  });

  for (const viewing of viewings) {
    const absent = viewing.media?.from === 'odd-streams' && streamsFolder === null;
    it.skipIf(absent)(viewing.name, () => watch(viewing));
  }

  /** Writes its lesson before any service reads the folder. */
  async function publish(viewing: Viewing): Promise<void> {
    const { like = 'remote-basics', lesson, media: pictures } = viewing;
    const folder = pictures?.from === 'odd-streams' ? streamsFolder : sampleFolder;
    const media = pictures && folder !== null ? await startMediaServer(folder) : undefined;
    if (media) mediaServers.set(viewing, media);
    const elsewhere = pictures && media ? { media: { hls: `${media.url}/${pictures.path}` } } : {};
    lessons.set(viewing, county.add(idOf(viewing), like, { ...lesson, ...elsewhere }));
  }

  async function watch(viewing: Viewing): Promise<void> {
    const { sessions = 1, credited = true } = viewing;
    const lesson = lessons.get(viewing)!;
    const own = viewing.ownService ? await startServiceProcess({ manifests: county.folder }) : undefined;
    const { viewer, stage, leave } = await setStage({
      lesson,
      service: own ?? shared,
      media: mediaServers.get(viewing),
      browser,
      unpluggable: viewing.unpluggable ?? false,
      prepare: viewing.prepare ?? (() => Promise.resolve()),
    });
    figures.set(viewing, stage.figures);
    try {
      await viewing.play(viewer, stage);
      const account = await stage.account(sessions);
      const figure = stage.note(viewing.name, account, { afterCut: viewing.mayLose ?? false });
      for (const figure of stage.figures) expect(figure).toSatisfy(holds);
      expect(account).toMatchObject({ completed: credited ? 1 : 0, entries: credited ? 1 : 0 });
      if (credited) expect({ ...figure, accepted: account.credited }).toSatisfy(holds);
      else expect(account.credited).toBe(0);
    } finally {
      await leave();
      await own?.remove();
    }
  }
});

function holds({ truth, accepted, afterCut }: Figure): boolean {
  const difference = accepted - truth;
  return afterCut
    ? difference <= WITNESS_DELAY && difference >= -LOST_IN_A_CUT
    : Math.abs(difference) <= WITHIN;
}

function tableOf(figures: readonly Figure[]): string {
  const seconds = (value: number): string => value.toFixed(2).padStart(9);
  const width = Math.max(0, ...figures.map(({ name }) => name.length)) + 2;
  const lines = figures.map(
    ({ name, truth, accepted, entries }) =>
      name.padEnd(width) +
      seconds(truth) +
      seconds(accepted) +
      seconds(accepted - truth) +
      String(entries).padStart(9),
  );
  const head =
    'viewing'.padEnd(width) +
    ['truth', 'accepted', 'differs', 'entries'].map((word) => word.padStart(9)).join('');
  return `\n${[head, ...lines].join('\n')}\n\n`;
}
