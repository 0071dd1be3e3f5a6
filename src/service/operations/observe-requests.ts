import type { FastifyInstance, FastifyRequest, RawServerBase, RawRequestDefaultExpression } from 'fastify';
import { randomUUID } from 'node:crypto';
import { metrics } from './metrics.ts';

/** What a proxy may give as the id of a request; anything else could carry personal data into the log. */
const PROXY_ID = /^[0-9a-f]{32}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id under which a request is logged: that of the proxy in front (`X-Request-Id`), or a new one. */
export function requestId({ headers }: RawRequestDefaultExpression<RawServerBase>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && PROXY_ID.test(given) ? given : randomUUID();
}

/**
 * Counts every answer and logs it at `info`: id, method, route as it was declared, status, milliseconds.
 * Never the address: it may name people.
 */
export function observeRequests(server: FastifyInstance): void {
  server.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const route = routeOf(request);
    const ms = reply.elapsedTime;
    metrics.requests.inc({ method, route, status: reply.statusCode });
    metrics.requestSeconds.observe({ method, route }, ms / 1000);
    request.log.info({ method, route, status: reply.statusCode, ms: Math.round(ms * 10) / 10 }, 'answered');
    done();
  });
}

function routeOf({ routeOptions }: FastifyRequest): string {
  return routeOptions.url ?? 'none';
}
