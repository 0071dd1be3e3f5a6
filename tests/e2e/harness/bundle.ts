import { build } from 'esbuild';
import { basename } from 'node:path';

/**
 * Builds a test page around one TypeScript file, with dynamic imports as files of their own like in
 * the real build.
 * @param entry absolute path
 * @param at folder of the page on the server, e.g. `/lab`
 * @returns files by path for `startMediaServer`; the page is `<at>/index.html`
 */
export async function bundlePage(entry: string, at: string): Promise<Record<string, string>> {
  const built = await build({
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'chrome79',
    outdir: at,
    write: false,
    logLevel: 'silent',
  });
  const files: Record<string, string> = {};
  for (const file of built.outputFiles) files[`${at}/${basename(file.path)}`] = file.text;
  const script = basename(entry).replace(/\.ts$/, '.js');
  files[`${at}/index.html`] =
    `<!doctype html><meta charset="utf-8"><title>test page</title><body><script type="module" src="${script}"></script>`;
  return files;
}
