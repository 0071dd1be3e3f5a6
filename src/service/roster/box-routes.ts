import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { Problem } from '../http/problems.ts';
import { boxIdPattern, type Boxes } from './boxes.ts';

const newBox = {
  type: 'object',
  required: ['boxId', 'boxKey', 'person'],
  additionalProperties: false,
  properties: {
    boxId: { type: 'string', pattern: boxIdPattern },
    /** 32 random bytes in hex; the service keeps a hash of it. */
    boxKey: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    person: { type: 'string', pattern: '^[A-Za-z0-9_-]{3,64}$' },
  },
} as const;

const registered = {
  type: 'object',
  required: ['boxId', 'person'],
  properties: { boxId: { type: 'string' }, person: { type: 'string' } },
} as const;

const refusals = {
  'box-key-mismatch': 'Another box is registered under this id.',
  'person-mismatch': 'This box is registered for another person.',
  'person-has-box': 'This person already has another box.',
} as const;

/** `POST /api/v1/boxes`: a new box introduces itself; asking again is harmless. */
export function boxRoutes(server: FastifyInstance, boxes: Boxes, perMinute: number): void {
  server.post(
    '/api/v1/boxes',
    {
      config: { rateLimit: perMinute > 0 && { max: perMinute, timeWindow: '1 minute' } },
      schema: {
        summary: 'Register a box and the default viewer of its home',
        body: newBox,
        response: { 200: registered, 201: registered },
      },
    },
    async (request, reply) => {
      const { boxId, boxKey, person } = request.body as Static<typeof newBox>;
      const result = await boxes.register(boxId, boxKey, person);
      if (result !== 'registered' && result !== 'known') throw new Problem(409, result, refusals[result]);
      return reply.code(result === 'registered' ? 201 : 200).send({ boxId, person });
    },
  );
}
