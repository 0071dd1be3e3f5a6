import type { Browser } from 'playwright-core';
import { median } from '../median.ts';
import { adaptiveCounty, bigCounty, plainCounty } from './county.ts';
import { measureEndurance } from './endurance.ts';
import { compared, limited, type Figure } from './figures.ts';
import { measureHold, measureKeys, type Hold } from './keys.ts';
import { villageLine, type Lane } from './lane.ts';
import { measureBytes, measureLoad, type Load } from './load.ts';
import { measureRebuffering, networkTraces } from './rebuffer.ts';
import { measureRest } from './rest.ts';
import { openSite, type Site } from './site.ts';
import { measureBareStart, measureLessonStart } from './video.ts';

export interface Bench {
  browser: Browser;
  /** Appended to the app's address. */
  query: string;
  quick: boolean;
  /** Goal for the scripts until the first focus answers a key, KB gzip: the two bundles have goals of their own. */
  scriptsGoal: number;
  /** Tells how far it has come. */
  tell(words: string): void;
}

/** Measures one thing; empty when what it needs is not on this machine. */
export type Section = (bench: Bench) => Promise<Figure[]>;

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`;
const kilobytes = (bytes: number): number => bytes / 1024;
const rounds = ({ quick }: Bench, full: number): number => (quick ? Math.min(3, full) : full);

async function withSample<T>({ query }: Bench, work: (site: Site) => Promise<T>): Promise<T> {
  const site = await openSite(plainCounty(), query);
  return work(site).finally(() => site.close());
}

async function withBigCounty<T>({ browser, query }: Bench, work: (site: Site) => Promise<T>): Promise<T> {
  const county = await bigCounty(browser, 1000);
  const site = await openSite(county, query);
  return work(site).finally(async () => {
    await site.close();
    county.remove();
  });
}

/** Takes turns, so that a busy moment of the machine hits both; which goes first changes. */
async function inTurns<A, B>(
  times: number,
  ours: () => Promise<A>,
  theirs: () => Promise<B>,
): Promise<{ ours: A[]; theirs: B[] }> {
  const seen: { ours: A[]; theirs: B[] } = { ours: [], theirs: [] };
  for (let round = 0; round < times; round++) {
    const turns = [async () => seen.ours.push(await ours()), async () => seen.theirs.push(await theirs())];
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
  }
  return seen;
}

export const bytes: Section = (bench) =>
  withSample(bench, async ({ app, floor }) => {
    const { ours, theirs } = await inTurns(
      1,
      () => measureBytes(bench.browser, app),
      () => measureBytes(bench.browser, floor),
    );
    const [own, bare] = [ours[0]!, theirs[0]!];
    return [
      limited('scripts until a key is answered, gzip', kilobytes(own.scripts), 'KB', bench.scriptsGoal),
      compared('… against the floor', kilobytes(own.scripts), kilobytes(bare.scripts), 'KB', undefined, 1),
      compared('bytes on the line until then', kilobytes(own.transferred), kilobytes(bare.transferred), 'KB'),
      compared('requests until then', own.requests, bare.requests, ''),
    ];
  });

export const load: Section = (bench) =>
  withSample(bench, async ({ app, floor }) => {
    const measure = async (lane: Lane, times: number, warm: boolean) => {
      const seen = await inTurns(
        times,
        () => measureLoad(bench.browser, app, lane, warm),
        () => measureLoad(bench.browser, floor, lane, warm),
      );
      const middle = (loads: readonly (Load | undefined)[], key: keyof Load): number =>
        median(loads.map((one) => one?.[key] ?? NaN));
      return {
        app: (state: 'cold' | 'warm', key: keyof Load) =>
          middle(
            seen.ours.map((one) => one[state]),
            key,
          ),
        floor: (state: 'cold' | 'warm', key: keyof Load) =>
          middle(
            seen.theirs.map((one) => one[state]),
            key,
          ),
      };
    };
    const figures: Figure[] = [];
    for (const [cpu, times, limit] of [
      [1, rounds(bench, 21), 1.4],
      [6, rounds(bench, 5), 1.4],
      [20, rounds(bench, 1), undefined],
    ] as const) {
      bench.tell(`start at ${cpu}x`);
      const seen = await measure({ cpu }, times, false);
      figures.push(
        compared(
          `first focus that answers a key, ${cpu}x`,
          seen.app('cold', 'answer'),
          seen.floor('cold', 'answer'),
          'ms',
          limit,
        ),
      );
    }
    bench.tell('start at 6x over 1 Mbit/s');
    const far = await measure({ cpu: 6, line: villageLine }, rounds(bench, 7), true);
    const where = '6x, 1 Mbit/s, 150 ms';
    figures.push(
      limited(`first paint, ${where}, cold`, far.app('cold', 'paint') / 1000, 's', 2.5, 2),
      limited(`Home answers keys, ${where}, cold`, far.app('cold', 'answer') / 1000, 's', 6, 2),
      limited(`Home answers keys, ${where}, warm`, far.app('warm', 'answer') / 1000, 's', 2.5, 2),
      ...(['cold', 'warm'] as const).map((state) =>
        compared(
          `… ${state}, against the floor`,
          far.app(state, 'answer') / 1000,
          far.floor(state, 'answer') / 1000,
          's',
          undefined,
          2,
        ),
      ),
    );
    return figures;
  });

export const keys: Section = (bench) =>
  withBigCounty(bench, async ({ app, floor }) => {
    bench.tell('single keys over 1,000 lessons');
    const { ours, theirs } = await inTurns(
      rounds(bench, 4),
      () => measureKeys(bench.browser, app),
      () => measureKeys(bench.browser, floor),
    );
    const middle = (seen: readonly number[][]): number => median(seen.map((one) => median(one)));
    const whole = (seen: readonly number[][]): number =>
      median(seen.map((one) => one.reduce((sum, value) => sum + value, 0) / one.length));
    return [
      compared('key to frame, main thread, middle key', middle(ours), middle(theirs), 'ms', 1.2, 2),
      compared('key to frame, main thread, mean of all keys', whole(ours), whole(theirs), 'ms', undefined, 2),
    ];
  });

export const hold: Section = (bench) =>
  withBigCounty(bench, async ({ app, floor }) => {
    bench.tell('Right held over 1,000 lessons');
    const seconds = bench.quick ? 4 : 6;
    const { ours, theirs } = await inTurns(
      rounds(bench, 4),
      () => measureHold(bench.browser, app, seconds),
      () => measureHold(bench.browser, floor, seconds),
    );
    const middle = (seen: readonly Hold[], key: keyof Hold): number => median(seen.map((one) => one[key]));
    const both = (what: string, key: keyof Hold, unit: string, limit?: number): Figure =>
      compared(what, middle(ours, key), middle(theirs, key), unit, limit, 1);
    const late = Math.max(...ours.map((one) => one.late));
    return [
      both('Right held: main thread a second', 'work', 'ms', 1.2),
      both('… draw calls, left out above', 'drawing', 'ms'),
      both('… steps a second', 'steps', ''),
      both('… frames a second', 'frames', ''),
      both('… frames dropped a second', 'dropped', ''),
      limited('steps after the key is released', late, '', 1, 0),
    ];
  });

export const endurance: Section = (bench) =>
  withBigCounty(bench, async ({ app }) => {
    bench.tell('many presses');
    const seen = await measureEndurance(bench.browser, app, bench.quick ? 300 : 1000);
    const { elements, presses } = seen;
    const [early, late] = seen.textures;
    return [
      limited(`heap per 100 presses, over ${presses}`, kilobytes(seen.heapSlope), 'KB', 10),
      { what: 'heap at the end', app: megabytes(seen.heap) },
      limited('textures, most', Math.max(early, late) / 2 ** 20, 'MB', 16),
      limited(
        'textures, most in the second half of the presses against the first',
        late / early,
        'x',
        1.05,
        2,
      ),
      {
        what: 'elements of the stage, before and after',
        app: `${elements.before}, ${elements.after}`,
        target: 'no more',
        holds: elements.after <= elements.before,
      },
    ];
  });

export const rest: Section = (bench) =>
  withSample(bench, async ({ app, floor }) => {
    bench.tell('at rest');
    const seconds = bench.quick ? 5 : 10;
    const own = await measureRest(bench.browser, app, seconds);
    const bare = await measureRest(bench.browser, floor, seconds);
    return [
      limited('at rest: main thread a second', own.work, 'ms', 0.5, 2),
      limited(`at rest: frames in ${seconds} s`, own.frames, '', 0, 0),
      compared('… main thread, against the floor', own.work, bare.work, 'ms', undefined, 2),
    ];
  });

export const video: Section = (bench) =>
  withSample(bench, async ({ app, bare, content }) => {
    const { playlists, lessons } = plainCounty().catalogue;
    const playlist = content(lessons.get(playlists[0]!.lessons[0]!)!.media.hls!);
    const figures: Figure[] = [];
    for (const cpu of [1, 6]) {
      bench.tell(`a lesson's first frame at ${cpu}x`);
      const hasty: number[] = [];
      const { ours, theirs } = await inTurns(
        rounds(bench, 4),
        async () => {
          hasty.push(await measureLessonStart(bench.browser, app, { cpu }, 150));
          return measureLessonStart(bench.browser, app, { cpu }, 2000);
        },
        () => measureBareStart(bench.browser, bare, playlist, { cpu }),
      );
      const floor = median(theirs);
      figures.push(
        compared(`OK to the first frame, ${cpu}x`, median(ours), floor, 'ms', 1.15),
        compared(`OK to the first frame, ${cpu}x, at once on arriving`, median(hasty), floor, 'ms', 1.15),
      );
    }
    return figures;
  });

export const rebuffering: Section = async (bench) => {
  const seconds = bench.quick ? 60 : 120;
  const county = adaptiveCounty(seconds + 30);
  if (!county) return [];
  const site = await openSite(county, bench.query);
  try {
    bench.tell('recorded 3G lines');
    const figures: Figure[] = [];
    let [played, stalled] = [0, 0];
    const traces = networkTraces(seconds);
    // All at once: decoding small pictures is cheap, and the lines are recorded in real time.
    for (const seen of await Promise.all(
      traces.map((trace) => measureRebuffering(bench.browser, site.app, trace)),
    )) {
      played += seen.played;
      stalled += seen.stalled;
      const heights = Object.entries(seen.heights).map(
        ([height, spent]) => `${height}p ${spent.toFixed(0)} s`,
      );
      figures.push({
        what: `… ${seen.name}`,
        app: `${((100 * seen.stalled) / (seen.played + seen.stalled)).toFixed(2)} %, first frame ${(seen.start / 1000).toFixed(1)} s, ${heights.join(', ')}`,
      });
    }
    const share = (100 * stalled) / (played + stalled);
    return [limited('rebuffering on recorded 3G lines, mean 1.2 Mbit/s', share, '%', 1, 2), ...figures];
  } finally {
    await site.close();
    county.remove();
  }
};
