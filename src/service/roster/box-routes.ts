import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import type { Idempotency } from '../http/idempotency.ts';
import { Problem } from '../http/problems.ts';
import { defaultViewerPattern } from '../../domain/roster/default-viewer.ts';
import { boxIdPattern, registerBox } from './boxes.ts';

const newBox = {
  type: 'object',
  required: ['boxId', 'boxKey', 'person'],
  additionalProperties: false,
  properties: {
    boxId: { type: 'string', pattern: boxIdPattern },
    /** 32 random bytes in hex; the service keeps a hash of it. */
    boxKey: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    /** A name that nobody in the roster can have: a box that introduces itself is nobody's yet. */
    person: { type: 'string', pattern: defaultViewerPattern },
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

interface Parts {
  idempotency: Idempotency;
  /** New boxes from one address. */
  perMinute: number;
  now: () => number;
}

/** `POST /api/v1/boxes`: a new box introduces itself; asking again is harmless. */
export function boxRoutes(server: FastifyInstance, { idempotency, perMinute, now }: Parts): void {
  server.post(
    '/api/v1/boxes',
    {
      config: {
        idempotent: true,
        rateLimit: perMinute > 0 && { max: perMinute, timeWindow: '1 minute' },
      },
      schema: {
        summary: 'Register a box and the default viewer of its home',
        body: newBox,
        response: { 200: registered, 201: registered },
      },
    },
    async (request, reply) => {
      const box = request.body as Static<typeof newBox>;
      const { boxId, person } = box;
      const { status, body } = await idempotency.write(
        request,
        `new-box:${boxId}`,
        [boxId, person],
        async (trx) => {
          const result = await registerBox(trx, box, now());
          if (result !== 'registered' && result !== 'known')
            return new Problem(409, result, refusals[result]);
          return { status: result === 'registered' ? 201 : 200, body: { boxId, person } };
        },
      );
      return reply.code(status === 201 ? 201 : 200).send(body);
    },
  );
}
