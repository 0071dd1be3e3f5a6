import type { Browser, BrowserContext } from 'playwright-core';
import type { Lesson } from '../../../src/domain/catalogue/types.ts';
import { parsePlayedSegments } from '../../../src/domain/watching/played-segments.ts';
import { homePage } from '../harness/county.ts';
import type { MediaServer } from '../harness/media-server.ts';
import { ownBrowser, type OwnBrowser } from '../harness/own-browser.ts';
import type { ServiceProcess } from '../harness/service.ts';
import type { Span } from '../harness/spans.ts';
import { createViewer, type Viewer } from '../harness/viewer.ts';
import { until } from '../harness/wait.ts';
import { createWitness, type Witness } from '../harness/witness.ts';
import { Client } from '../service-kit.ts';
import { accountOf, type Account } from './account.ts';

/** One line of the table at the end. */
export interface Figure {
  name: string;
  /** Seconds of the lesson that were really shown, each once. */
  truth: number;
  /** Seconds that the service believes. */
  accepted: number;
  /** Seconds in the ledger. */
  credited: number;
  entries: number;
  /** A power cut may cost up to 30 s; nothing else may cost more than one. */
  afterCut: boolean;
}

/** Where one scripted viewing takes place. */
export interface Stage {
  lesson: Lesson;
  service: ServiceProcess;
  client: Client;
  context: BrowserContext;
  witness: Witness;
  /** Only for viewings that ask for one of their own. */
  media: MediaServer;
  /** The service's account once it knows of so many ended sessions. */
  account(sessions: number): Promise<Account>;
  /** What the service believes to have been played. */
  believed(account: Account): Span[];
  note(name: string, account: Account, options?: { afterCut?: boolean }): Figure;
  /** Pulls the plug of the box and switches it on again: the same profile, a new start. */
  powerCut(while_?: () => Promise<void>): Promise<Viewer>;
  figures: Figure[];
}

export interface StageParts {
  lesson: Lesson;
  service: ServiceProcess;
  media: MediaServer | undefined;
  /** Shared by viewings that are never cut off. */
  browser: Browser;
  /** Whether the viewing needs a box that can be unplugged. */
  unpluggable: boolean;
  prepare: (context: BrowserContext) => Promise<unknown>;
}

const size = { width: 640, height: 360 };

/** @returns the viewer in front of a TV that is on, and the stage; `leave` takes it down. */
export async function setStage({
  lesson,
  service,
  media,
  browser,
  unpluggable,
  prepare,
}: StageParts): Promise<{ viewer: Viewer; stage: Stage; leave: () => Promise<void> }> {
  const witness = createWitness();
  const client = new Client(service.url, service.authorization);
  const box: OwnBrowser | undefined = unpluggable ? ownBrowser() : undefined;
  const figures: Figure[] = [];
  let context: BrowserContext;

  async function switchOn(): Promise<Viewer> {
    context = box ? await box.start() : await browser.newContext({ viewport: size });
    await witness.watch(context);
    await prepare(context);
    const page = await context.newPage();
    await page.setViewportSize(size);
    return createViewer(page, { url: service.url, lesson: lesson.id, witness });
  }

  const viewer = await switchOn();
  const stage: Stage = {
    lesson,
    service,
    client,
    witness,
    figures,
    get context() {
      return context;
    },
    get media() {
      if (!media) throw new Error('This viewing has no media server of its own');
      return media;
    },
    account(sessions) {
      let last: Account | undefined;
      return until(
        () => `${sessions} ended sessions at the service; it has ${JSON.stringify(last ?? null)}`,
        async () => {
          last = await accountOf(client, lesson.id, homePage).catch(() => undefined);
          return last?.begun === sessions && last.ended === sessions && last;
        },
      );
    },
    believed: ({ segments }) => parsePlayedSegments(segments) ?? [],
    note(name, { accepted, credited, entries }, { afterCut = false } = {}) {
      const truth = witness.seconds(lesson.id);
      const figure = { name, truth, accepted, credited, entries, afterCut };
      figures.push(figure);
      return figure;
    },
    async powerCut(meanwhile) {
      if (!box) throw new Error('This box cannot be unplugged');
      await box.unplug();
      await meanwhile?.();
      return switchOn();
    },
  };
  return {
    viewer,
    stage,
    async leave() {
      if (box) await box.remove();
      else await context.close();
    },
  };
}
