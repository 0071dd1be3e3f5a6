import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildCatalogue } from '../../../src/domain/catalogue/build-catalogue.ts';
import type { Catalogue, CatalogueFile } from '../../../src/domain/catalogue/types.ts';
import zh from '../../../src/tv/locales/zh-CN.json' with { type: 'json' };

export const sampleFolder = resolve(import.meta.dirname, '../../../media-manifests');

/** The words of the app as a villager reads them. */
export const words = zh;

/** The sample county as the TV understands it: what the tests expect to find on the screen. */
export function sampleCounty(): Catalogue {
  const files: CatalogueFile[] = [];
  const add = (file: string): void => {
    files.push({ file, json: JSON.parse(readFileSync(join(sampleFolder, file), 'utf8')) as unknown });
  };
  add('county.json');
  for (const folder of ['playlists', 'lessons', 'farm-talk'])
    for (const name of readdirSync(join(sampleFolder, folder)).sort()) add(`${folder}/${name}`);
  const { catalogue, problems } = buildCatalogue(files);
  if (!catalogue || problems.length > 0)
    throw new Error(`The sample county is broken: ${JSON.stringify(problems)}`);
  return catalogue;
}
