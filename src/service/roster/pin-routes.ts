import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { pinFormat } from '../../domain/roster/pin.ts';
import type { Authenticator } from '../http/auth.ts';
import { Problem } from '../http/problems.ts';
import { secured } from '../http/scopes.ts';
import type { Pins } from './pins.ts';

const params = {
  type: 'object',
  required: ['person'],
  properties: { person: { type: 'string', pattern: '^[A-Za-z0-9_-]{3,64}$' } },
} as const;
const body = {
  type: 'object',
  required: ['pin'],
  additionalProperties: false,
  properties: { pin: { type: 'string', pattern: pinFormat } },
} as const;
const done = { type: 'null', description: 'Done' } as const;

/** How the county gives a person a first PIN, or takes a forgotten one away. */
export function pinRoutes(
  server: FastifyInstance,
  { auth, pins }: { auth: Authenticator; pins: Pins },
): void {
  const security = secured(['integration'], 'roster');
  const tags = ['roster'];

  server.put(
    '/api/v1/people/:person/pin',
    { schema: { summary: 'Give a person a PIN', tags, security, params, body, response: { 204: done } } },
    async (request, reply) => {
      await auth.caller(request, ['integration'], 'roster');
      const { person } = request.params as Static<typeof params>;
      if (!(await pins.set(person, (request.body as Static<typeof body>).pin)))
        throw new Problem(404, 'not-in-roster', 'The roster has nothing under this id.');
      return reply.code(204).send();
    },
  );

  server.delete(
    '/api/v1/people/:person/pin',
    { schema: { summary: 'Take a forgotten PIN away', tags, security, params, response: { 204: done } } },
    async (request, reply) => {
      await auth.caller(request, ['integration'], 'roster');
      await pins.remove((request.params as Static<typeof params>).person);
      return reply.code(204).send();
    },
  );
}
