import { build } from 'esbuild';
import { createHash } from 'node:crypto';

/** Packs one TypeScript file as a page like the app's: one small HTML and one minified script named by its content. */
export async function packPage(entry: string, body: string): Promise<Record<string, string>> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    target: 'chrome64',
    format: 'iife',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const script = outputFiles[0]!.text;
  const name = `page.${createHash('sha256').update(script).digest('hex').slice(0, 8)}.js`;
  return {
    'index.html': `<!doctype html><meta charset="utf-8">${body}<script src="${name}"></script>`,
    [name]: script,
  };
}
