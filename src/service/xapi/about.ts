import type { FastifyInstance } from 'fastify';
import { spokenVersion } from './versioning.ts';

const line1 = ['1.0.0', '1.0.1', '1.0.2', '1.0.3'];
const all = [...line1, '2.0.0'];

const about = {
  type: 'object',
  required: ['version'],
  properties: {
    version: { type: 'array', items: { type: 'string' } },
    extensions: { type: 'object', additionalProperties: true },
  },
} as const;

/**
 * The About resource, open to everybody. Who asks in 1.0.x hears of the versions 1.0.3 knows: its list is
 * closed, and 2.0.0 is not on it.
 *
 * Sources: xAPI 1.0.3 Communication 2.8; xAPI 2.0 4.1.6.7
 */
export function aboutRoute(xapi: FastifyInstance): void {
  xapi.get(
    '/xapi/about',
    { schema: { summary: 'The xAPI versions spoken here', response: { 200: about } } },
    (request) => ({ version: spokenVersion(request) === '1.0.3' ? line1 : all, extensions: {} }),
  );
}
