import type { Browser, CDPSession } from 'playwright-core';
import { KEY } from '../../e2e/harness/keys.ts';
import { openPage, untilAtRest } from './lane.ts';

export interface Endurance {
  presses: number;
  /** Bytes of heap per 100 presses, by least squares, garbage collected before each reading. */
  heapSlope: number;
  heap: number;
  /** Most bytes of all WebGL textures, in the first and in the second half of the presses. */
  textures: [number, number];
  /** Elements of the stage before and after. */
  elements: { before: number; after: number };
}

const every = 100;
/** Presses before the first reading: so long the browser goes on compiling what it finds to be used often. */
const warmUp = 800;
/** Milliseconds between presses: what the app lets through of one key. */
const gap = 105;

/** Presses Right along the long playlist, then back and forth, and looks what stays behind. */
export async function measureEndurance(
  browser: Browser,
  address: string,
  presses: number,
): Promise<Endurance> {
  const { page, cdp, remote, close } = await openPage(browser, { cpu: 1 }, [
    'focus-probe.js',
    'texture-probe.js',
  ]);
  try {
    await page.goto(address);
    await untilAtRest(page, 6000);
    const press = async (key: number): Promise<void> => {
      await remote.press(key);
      await page.waitForTimeout(gap);
    };
    for (const key of [KEY.Down, KEY.Down]) await press(key);
    for (let count = 1; count <= warmUp; count++) await press(keyOf(count));
    const before = await countElements(cdp);
    const heaps: number[] = [await heapAfterCollection(cdp)];
    const textures: number[] = [];
    const mostTextures = (): Promise<number> =>
      page.evaluate(() => {
        const { most } = window.textures;
        window.textures.most = window.textures.bytes;
        return most;
      });
    for (let count = 1; count <= presses; count++) {
      await press(keyOf(count));
      if (count === presses / 2 || count === presses) textures.push(await mostTextures());
      if (count % every > 0) continue;
      // What the probe itself keeps is not the page's.
      await page.evaluate(() => (window.bench.told.length = 0));
      heaps.push(await heapAfterCollection(cdp));
    }
    const after = await countElements(cdp);
    return {
      presses,
      heapSlope: slope(heaps),
      heap: heaps[heaps.length - 1]!,
      textures: [textures[0]!, textures[1]!],
      elements: { before, after },
    };
  } finally {
    await close();
  }
}

/** Mostly onwards, now and then back. */
function keyOf(count: number): number {
  return count % 40 > 30 ? KEY.Left : KEY.Right;
}

async function heapAfterCollection(cdp: CDPSession): Promise<number> {
  // Twice: what finalizers let go is taken by the second.
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.collectGarbage');
  return (await cdp.send('Runtime.getHeapUsage')).usedSize;
}

/** Slope of evenly spaced values by least squares. */
function slope(values: readonly number[]): number {
  const middleX = (values.length - 1) / 2;
  const middleY = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [over, under] = [0, 0];
  for (const [x, value] of values.entries()) {
    over += (x - middleX) * (value - middleY);
    under += (x - middleX) ** 2;
  }
  return over / under;
}

interface HeapSnapshot {
  snapshot: { meta: { edge_fields: string[]; edge_types: [string[], ...unknown[]] } };
  edges: number[];
  strings: string[];
}

/** Elements of Lightning that are alive: each has a property `__core`, whatever the build calls its class. */
async function countElements(cdp: CDPSession): Promise<number> {
  let text = '';
  const collect = ({ chunk }: { chunk: string }): void => void (text += chunk);
  cdp.on('HeapProfiler.addHeapSnapshotChunk', collect);
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  cdp.off('HeapProfiler.addHeapSnapshotChunk', collect);
  const { snapshot, edges, strings } = JSON.parse(text) as HeapSnapshot;
  const { edge_fields: fields, edge_types: types } = snapshot.meta;
  const name = strings.indexOf('__core');
  const property = types[0].indexOf('property');
  const [typeAt, nameAt] = [fields.indexOf('type'), fields.indexOf('name_or_index')];
  let count = 0;
  for (let at = 0; at < edges.length; at += fields.length)
    if (edges[at + typeAt] === property && edges[at + nameAt] === name) count++;
  return count;
}
