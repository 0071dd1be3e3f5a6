import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { resolve } from 'node:path';

/** A file name that changes with its content, as the bundler makes them: `main.3f2a91bc.js`. */
const HASHED = /[.-][0-9a-f]{8,32}\.[a-z0-9]+(\.(br|gz))?$/;

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
      response.setHeader(
        'cache-control',
        HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
}
