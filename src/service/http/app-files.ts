import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** A file name that changes with its content, as the bundler makes them: `main.3f2a91bc.js`. */
const HASHED = /[.-][0-9a-f]{8,32}\.[a-z0-9]+(\.(br|gz))?$/;

const INLINE_SCRIPT = /<script>([\s\S]*?)<\/script>/g;

/**
 * Lightning builds templates with `new Function` and decodes pictures in a worker made from a blob, hence
 * 'unsafe-eval' and blob:. A catalogue may name streams, captions and posters anywhere on the web, hence
 * http: and https: for those; code comes from here alone, but for the scripts in the page itself, which are
 * named by their hash. Engines before Chromium 40 know no hashes and need 'unsafe-inline', which all others
 * leave aside where there is a hash.
 */
const contentSecurityPolicy = (inlineHashes: readonly string[]): string =>
  [
    "default-src 'self'",
    [
      "script-src 'self' 'unsafe-eval'",
      ...(inlineHashes.length > 0 ? ["'unsafe-inline'"] : []),
      ...inlineHashes,
    ].join(' '),
    "worker-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "connect-src 'self' http: https: blob: data:",
    "media-src 'self' http: https: blob: data:",
    "img-src 'self' http: https: blob: data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; ');

/**
 * The built TV app at `/`, with the compressed siblings that the build left beside its files.
 *
 * @param folder need not exist yet: what is built later is served then.
 */
export async function appFiles(server: FastifyInstance, folder: string): Promise<void> {
  await server.register(fastifyStatic, {
    root: resolve(folder),
    prefix: '/',
    decorateReply: false,
    preCompressed: true,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders: (response, path) => {
      const hashes = /\.html(\.(br|gz))?$/.test(path) ? inlineHashes(path.replace(/\.(br|gz)$/, '')) : [];
      response.setHeader('content-security-policy', contentSecurityPolicy(hashes));
      response.setHeader(
        'cache-control',
        HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
}

/** @returns the hash of each script in a page, as a policy names it; read anew, for the build may be. */
function inlineHashes(page: string): string[] {
  return [...readFileSync(page, 'utf8').matchAll(INLINE_SCRIPT)].map(
    ([, script]) => `'sha256-${createHash('sha256').update(script!).digest('base64')}'`,
  );
}
