import { buildCatalogue } from '../../domain/catalogue/build-catalogue.ts';
import type { Catalogue, CatalogueFile, CatalogueProblem } from '../../domain/catalogue/types.ts';

/** Where the last good copy is kept between starts. */
export interface CatalogueStore {
  read(): string | undefined;
  write(text: string): void;
}

export interface LoadedCatalogue {
  catalogue: Catalogue;
  /** Content mistakes that were left out. */
  problems: CatalogueProblem[];
  /** True for the last good copy because the network did not answer. */
  old: boolean;
}

export interface CatalogueDeps {
  /** Fetches the catalogue file as text; rejects when it cannot be had. */
  fetchText: () => Promise<string>;
  store: CatalogueStore;
  /** Resolves when the viewer has waited long enough for the network while a copy is at hand. */
  patience: () => Promise<void>;
}

/**
 * The county's catalogue: from the network, or the last good copy when the network does not answer or
 * answers with something that is not a catalogue.
 *
 * @returns the catalogue, and `newer`: what the network brings after the copy was taken, if it does.
 * @throws Error when there is neither; its message says why.
 */
export async function loadCatalogue(
  deps: CatalogueDeps,
): Promise<LoadedCatalogue & { newer: Promise<LoadedCatalogue | undefined> }> {
  const kept = readKept(deps.store);
  const fetched = deps.fetchText().then((text) => {
    const loaded = read(text);
    if (!loaded) throw new Error('the catalogue has no usable county.json');
    if (text !== kept) keepCopy(deps.store, text);
    return loaded;
  });
  const none = Promise.resolve(undefined);
  if (kept === undefined) return { ...(await fetched), newer: none };
  const inTime = await Promise.race([fetched, deps.patience()]).catch(() => undefined);
  if (inTime) return { ...inTime, newer: none };
  // Only now: most starts have no need of it, and a weak box reads a catalogue long.
  const copy = readCopy(kept);
  return copy
    ? { ...copy, old: true, newer: fetched.catch(() => undefined) }
    : { ...(await fetched), newer: none };
}

function keepCopy(store: CatalogueStore, text: string): void {
  try {
    store.write(text);
  } catch {
    // Full or forbidden: the lessons can be watched all the same.
  }
}

function readKept(store: CatalogueStore): string | undefined {
  try {
    return store.read();
  } catch {
    return undefined;
  }
}

function readCopy(kept: string): LoadedCatalogue | undefined {
  try {
    return read(kept);
  } catch {
    // A copy cut short by a power cut is no copy.
    return undefined;
  }
}

/** @throws SyntaxError when the text is not JSON, Error when it is not a catalogue file. */
function read(text: string): LoadedCatalogue | undefined {
  const { files } = JSON.parse(text) as { files?: unknown };
  if (!Array.isArray(files)) throw new Error('not a catalogue: no list of files');
  const { catalogue, problems } = buildCatalogue(files.filter(isFile));
  return catalogue && { catalogue, problems, old: false };
}

function isFile(entry: unknown): entry is CatalogueFile {
  return typeof entry === 'object' && entry !== null && 'file' in entry && typeof entry.file === 'string';
}
