import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { databaseTrouble, type OpenDatabase } from '../db/open-database.ts';
import type { WriteQueue } from '../db/write-queue.ts';
import type { ForwardingState } from '../forwarding/forwarding-state.ts';
import { Problem } from '../http/problems.ts';
import { metrics } from './metrics.ts';

interface Parts {
  database: OpenDatabase;
  writes: WriteQueue;
  /** `undefined` when no other store is configured. */
  forwarding: ForwardingState | undefined;
  now: () => number;
  /** Bearer token that opens the figures from other machines. */
  token: string | undefined;
}

/**
 * `GET /metrics` in the text format of Prometheus: for programs of this machine that ask directly, and for
 * whoever has the token.
 *
 * Source: https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function metricsRoute(
  server: FastifyInstance,
  { database, writes, forwarding, now, token }: Parts,
): void {
  server.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!isNeighbour(request) && !hasToken(request, token))
      throw new Problem(403, 'forbidden', 'The figures are for this machine, or for the METRICS_TOKEN.');
    metrics.queueDepth.set(writes.depth);
    const databaseUp = (await databaseTrouble(database)) === undefined;
    metrics.databaseUp.set(databaseUp ? 1 : 0);
    if (forwarding && databaseUp) {
      const { rows, seconds, quarantined } = await forwarding.lag(now());
      metrics.forwardingLagRows.set(rows);
      metrics.forwardingLagSeconds.set(seconds);
      metrics.forwardingQuarantined.set(quarantined);
    }
    const text = await metrics.registry.metrics();
    return reply.header('cache-control', 'no-store').type(metrics.registry.contentType).send(text);
  });
}

/** Asks from this machine, and not for somebody else: a proxy on this machine says for whom it asks. */
function isNeighbour({ raw }: FastifyRequest): boolean {
  const { remoteAddress = '' } = raw.socket;
  const loopback = remoteAddress === '::1' || /^(::ffff:)?127\./.test(remoteAddress);
  return (
    loopback && !['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'].some((name) => name in raw.headers)
  );
}

function hasToken({ headers }: FastifyRequest, token: string | undefined): boolean {
  if (token === undefined) return false;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`));
}
