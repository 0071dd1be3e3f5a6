import { build } from 'esbuild';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** The floor as one page, and what its script weighs, gzip bytes. */
export async function floorPage(): Promise<{ html: string; gzip: number }> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, 'floor.ts')],
    bundle: true,
    minify: true,
    write: false,
    target: 'chrome64',
    format: 'iife',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const script = outputFiles[0]!.text;
  return {
    html: `<!doctype html><body style="margin:0"><script>${script.replaceAll('</script', '<\\/script')}</script>`,
    gzip: gzipSync(script, { level: 9 }).length,
  };
}
