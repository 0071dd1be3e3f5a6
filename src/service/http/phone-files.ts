import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { resolve } from 'node:path';

/** Everything a phone page needs comes from here, as a file. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A file name that changes with its content: `bind.3f2a91bc.js`. */
const HASHED = /\.[0-9a-f]{8}\.js(\.(br|gz))?$/;

/** As {@link showCode} writes it, hyphen or not. */
const CODE = /^[A-Za-z]{4}-?[A-Za-z]{4}$/;

/**
 * The pages that a phone opens, at `/phone/<page>`, and `/bind`, which is short enough to be typed.
 *
 * @param folder need not exist yet: what is built later is served then.
 */
export async function phoneFiles(server: FastifyInstance, folder: string): Promise<void> {
  server.get('/bind', { schema: { hide: true } }, (request, reply) => {
    const { code } = request.query as { code?: unknown };
    // Behind a # the code is in no log of a server, and a page can read it without its address being kept.
    const known = typeof code === 'string' && CODE.test(code) ? `#${code}` : '';
    return reply.header('cache-control', 'no-store').redirect(`phone/bind${known}`, 302);
  });
  await server.register(fastifyStatic, {
    root: resolve(folder),
    prefix: '/phone/',
    decorateReply: false,
    preCompressed: true,
    dotfiles: 'ignore',
    cacheControl: false,
    extensions: ['html'],
    setHeaders: (response, path) => {
      response.setHeader('content-security-policy', contentSecurityPolicy);
      response.setHeader(
        'cache-control',
        HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
}
