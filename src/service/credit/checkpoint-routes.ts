import type { FastifyInstance } from 'fastify';
import type { ContentFolder } from '../catalogue/content-folder.ts';
import type { WriteQueue } from '../db/write-queue.ts';
import { mayActFor, type Authenticator } from '../http/auth.ts';
import { secured } from '../http/scopes.ts';
import { metrics } from '../operations/metrics.ts';
import { addCheckpoints, checkpointSchema, type Checkpoint } from './checkpoints.ts';
import { boxKey, broughtBy, updateCredit } from './update-credit.ts';

const batch = {
  type: 'object',
  required: ['checkpoints'],
  additionalProperties: false,
  properties: { checkpoints: { type: 'array', minItems: 1, maxItems: 100, items: checkpointSchema } },
} as const;

const results = {
  type: 'object',
  required: ['results'],
  properties: {
    results: {
      type: 'array',
      items: {
        type: 'object',
        required: ['sessionId', 'seq', 'status'],
        properties: {
          sessionId: { type: 'string' },
          seq: { type: 'integer' },
          status: { type: 'string', enum: ['stored', 'duplicate', 'rejected'] },
          code: { type: 'string' },
          detail: { type: 'string' },
        },
      },
    },
  },
} as const;

interface CheckpointParts {
  auth: Authenticator;
  writes: WriteQueue;
  content: ContentFolder;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** `POST /api/v1/checkpoints`: the running account of watch sessions, in any order, again without harm. */
export function checkpointRoutes(
  server: FastifyInstance,
  { auth, writes, content, now: clock }: CheckpointParts,
): void {
  server.post(
    '/api/v1/checkpoints',
    {
      schema: {
        summary: 'Store checkpoints of watch sessions',
        security: secured(['box']),
        body: batch,
        response: { 200: results },
      },
    },
    async (request) => {
      const caller = await auth.caller(request, ['box']);
      const { checkpoints } = request.body as { checkpoints: Checkpoint[] };
      for (const { person } of checkpoints) mayActFor(caller, person);
      const boxId = caller.kind === 'box' ? caller.boxId : '';
      const rules = await content.current();
      const persons = [...new Set(checkpoints.map(({ person }) => person))];
      const answer = await writes.run([...persons, boxKey(boxId)], async (trx) => {
        const now = clock();
        const stored = await addCheckpoints(trx, checkpoints, boxId, now);
        const touched = checkpoints.filter((_, index) => stored[index]?.status === 'stored');
        await updateCredit(trx, touched.map(broughtBy(boxId)), rules, now);
        return { results: stored };
      });
      for (const { status } of answer.results) metrics.checkpoints.inc({ result: status });
      return answer;
    },
  );
}
