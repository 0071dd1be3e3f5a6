import type { FastifyInstance } from 'fastify';
import type { ContentFolder } from '../catalogue/content-folder.ts';
import { databaseTrouble, type OpenDatabase } from '../db/open-database.ts';

const check = {
  type: 'object',
  required: ['name', 'ok'],
  properties: { name: { type: 'string' }, ok: { type: 'boolean' }, reason: { type: 'string' } },
} as const;

const readiness = {
  type: 'object',
  required: ['status', 'checks'],
  properties: {
    status: { type: 'string', enum: ['ready', 'not-ready'] },
    checks: { type: 'array', items: check },
  },
} as const;

interface Parts {
  database: OpenDatabase;
  content: ContentFolder;
  now: () => number;
  /** Whether the service has been told to stop. */
  stopping: () => boolean;
}

/** Whether the process lives, whether it can do its work, and what time it is. */
export function healthRoutes(server: FastifyInstance, { database, content, now, stopping }: Parts): void {
  server.get('/healthz', { schema: { summary: 'The process is alive' } }, () => ({ status: 'ok' }));

  server.get(
    '/readyz',
    {
      schema: {
        summary: 'The database answers and the content can be read; 503 says what is missing',
        response: { 200: readiness, 503: readiness },
      },
    },
    async (_request, reply) => {
      const trouble = {
        database: await databaseTrouble(database),
        content: (await content.current()).troubles.join('; ') || undefined,
        ...(stopping() ? { running: 'the service is stopping' } : {}),
      };
      const checks = Object.entries(trouble).map(([name, reason]) =>
        reason === undefined ? { name, ok: true } : { name, ok: false, reason },
      );
      const ready = checks.every(({ ok }) => ok);
      return reply
        .header('cache-control', 'no-store')
        .code(ready ? 200 : 503)
        .send({ status: ready ? 'ready' : 'not-ready', checks });
    },
  );

  server.get('/api/v1/time', { schema: { summary: 'The time of the service, UTC' } }, (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ now: new Date(now()).toISOString() }),
  );
}
