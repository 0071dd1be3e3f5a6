import path from 'node:path';
import type { Catalogue } from '../../../src/domain/catalogue/types.ts';
import { packPage } from '../tv/pack-page.ts';
import { floorRows } from './floor-rows.ts';

/** The floor for a catalogue, as files by name. */
export async function floorPage(catalogue: Catalogue): Promise<Record<string, string>> {
  return {
    ...(await packPage(
      path.join(import.meta.dirname, 'floor.ts'),
      '<body style="margin:0;background:#0c1512">',
    )),
    'rows.json': JSON.stringify(floorRows(catalogue)),
  };
}
