import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogueFile } from '../../domain/catalogue/types.ts';
import type { PolicyBook } from '../../domain/credit/policy.ts';
import { makeContent, type Content } from './content.ts';

const rootFiles = ['county.json', 'policy.json'];
const folders = ['playlists', 'lessons', 'farm-talk'];
/** How long a look at the folder is good for, milliseconds. */
const FRESH = 1000;

/**
 * The manifests folder. Looks at names, sizes and times of its files at most once a second and reads them
 * again when one has changed: works on every file system, where file watching does not.
 */
export class ContentFolder {
  readonly folder: string;
  readonly #defaultPolicy: PolicyBook;
  #lastGoodPolicy: PolicyBook;
  #signature = '';
  #content: Promise<Content> | undefined;
  #lookedAt = -Infinity;
  #looking: Promise<Content> | undefined;

  /** @param defaultPolicy holds while the folder has no policy of its own. */
  constructor(folder: string, defaultPolicy: PolicyBook) {
    this.folder = folder;
    this.#defaultPolicy = defaultPolicy;
    this.#lastGoodPolicy = defaultPolicy;
  }

  /** The content as of now or a second ago. */
  async current(): Promise<Content> {
    if (this.#content && performance.now() - this.#lookedAt < FRESH) return this.#content;
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #look(): Promise<Content> {
    const { names, trouble } = await this.#list();
    const stats = await Promise.all(
      names.map((name) => stat(join(this.folder, name)).catch(() => undefined)),
    );
    const signature = names
      .map((name, index) => `${name}:${stats[index]?.mtimeMs ?? 0}:${stats[index]?.size ?? 0}`)
      .concat(trouble ?? [])
      .join('\n');
    this.#lookedAt = performance.now();
    if (this.#content && signature === this.#signature) return this.#content;
    const files = await Promise.all(
      names.filter((_, index) => stats[index]?.isFile()).map((name) => this.#read(name)),
    );
    const hasPolicy = files.some(({ file }) => file === 'policy.json');
    const standIn = hasPolicy ? this.#lastGoodPolicy : this.#defaultPolicy;
    const content = await makeContent(files, standIn, trouble ? [trouble] : []);
    this.#lastGoodPolicy = content.policy;
    this.#signature = signature;
    this.#content = Promise.resolve(content);
    return content;
  }

  async #list(): Promise<{ names: string[]; trouble: string | undefined }> {
    try {
      await readdir(this.folder);
    } catch (error) {
      return { names: [], trouble: `the content folder cannot be read: ${(error as Error).message}` };
    }
    const inFolders = await Promise.all(
      folders.map(async (folder) => {
        const names = await readdir(join(this.folder, folder)).catch(() => []);
        return names
          .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
          .map((name) => `${folder}/${name}`);
      }),
    );
    return { names: [...rootFiles, ...inFolders.flat().sort()], trouble: undefined };
  }

  async #read(file: string): Promise<CatalogueFile> {
    try {
      const text = await readFile(join(this.folder, file), 'utf8');
      // Editors on Windows put a byte order mark in front, which JSON does not know.
      return { file, json: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown };
    } catch (error) {
      return { file, error: (error as Error).message };
    }
  }
}
