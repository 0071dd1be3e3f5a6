import type { FastifyInstance, HTTPMethods } from 'fastify';
import { Problem } from '../http/problems.ts';

const known: readonly HTTPMethods[] = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS'];

/**
 * Answers 405 to the methods a resource does not have, whoever asks.
 *
 * @param allowed the methods it has; HEAD goes with GET.
 *
 * Sources: xAPI 1.0.3 Communication 3.2; RFC 9110 15.5.6 (`Allow`)
 */
export function onlyMethods(xapi: FastifyInstance, url: string, allowed: readonly HTTPMethods[]): void {
  const has = allowed.includes('GET') ? [...allowed, 'HEAD'] : allowed;
  const refuse = () => {
    throw new Problem(405, 'method-not-allowed', 'This resource does not have that method.', {
      headers: { allow: has.join(', ') },
    });
  };
  xapi.route({
    method: known.filter((method) => !has.includes(method)),
    url,
    schema: { hide: true },
    onRequest: refuse,
    handler: refuse,
  });
}
