import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { extname, resolve } from 'node:path';
import type { ContentFolder } from './content-folder.ts';
import type { Packed } from './content.ts';

/** Types that the general table does not know, or takes for something else (`.key` for a slide show). */
const mediaTypes: Readonly<Record<string, string>> = {
  '.cmfv': 'video/mp4',
  '.cmfa': 'audio/mp4',
  '.aac': 'audio/aac',
  '.key': 'application/octet-stream',
};

/** What may change under the same name is asked about each time; segments seldom do. */
const ASK = 'no-cache';
const SEGMENTS = 'public, max-age=86400';
const changing = new Set(['.m3u8', '.json', '.vtt']);

/** The county's content: the assembled catalogue, the policy, and the files as they are, with ranges. */
export async function catalogueRoutes(server: FastifyInstance, content: ContentFolder): Promise<void> {
  server.get(
    '/catalogue/catalogue.json',
    { schema: { summary: 'All content files of the county in one answer' } },
    async (request, reply) => sendPacked(request, reply, (await content.current()).catalogueJson),
  );
  server.get(
    '/catalogue/policy.json',
    { schema: { summary: 'The credit policy in force, with those before it' } },
    async (request, reply) => sendPacked(request, reply, (await content.current()).policyJson),
  );
  await server.register(async (files) => {
    files.addHook('onSend', (request, reply, _payload, done) => {
      const type = mediaTypes[extensionOf(request.url)];
      if (type && reply.statusCode < 400) void reply.header('content-type', type);
      done();
    });
    await files.register(fastifyStatic, {
      root: resolve(content.folder),
      prefix: '/catalogue/',
      decorateReply: false,
      index: false,
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders: (response, path) => {
        response.setHeader('cache-control', changing.has(extensionOf(path)) ? ASK : SEGMENTS);
      },
    });
  });
}

function extensionOf(address: string): string {
  return extname(address.split('?')[0] ?? '').toLowerCase();
}

function sendPacked(
  request: FastifyRequest,
  reply: FastifyReply,
  { etag, plain, gzip, br }: Packed,
): FastifyReply {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
  const tag = `"${etag}${encoding ? `-${encoding}` : ''}"`;
  void reply.headers({ etag: tag, vary: 'accept-encoding', 'cache-control': ASK });
  const held = String(request.headers['if-none-match'] ?? '').split(/\s*,\s*/);
  if (held.some((one) => one.replace(/^W\//, '') === tag)) return reply.code(304).send();
  if (encoding) void reply.header('content-encoding', encoding);
  const body = encoding === 'br' ? br : encoding === 'gzip' ? gzip : plain;
  return reply.type('application/json; charset=utf-8').send(body);
}
