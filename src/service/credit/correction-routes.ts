import type { FastifyInstance } from 'fastify';
import { v4 } from 'uuid';
import type { ContentFolder } from '../catalogue/content-folder.ts';
import type { WriteQueue } from '../db/write-queue.ts';
import type { Authenticator } from '../http/auth.ts';
import { Problem } from '../http/problems.ts';
import { secured } from '../http/scopes.ts';
import {
  correctionSchema,
  enterCorrection,
  type CorrectionRefusal,
  type CorrectionRequest,
} from './corrections.ts';
import { ledgerEntry } from './ledger.ts';

interface Parts {
  auth: Authenticator;
  writes: WriteQueue;
  content: ContentFolder;
  /** Milliseconds since 1970. */
  now: () => number;
}

const refusals: Readonly<Record<CorrectionRefusal, Problem>> = {
  'no-such-entry': new Problem(404, 'no-such-entry', 'This person has no such entry.'),
  'no-lesson': new Problem(422, 'no-lesson', 'Say which entry, or which lesson, the correction is about.', {
    errors: [{ path: '/lessonId', message: 'is required where no entry is named' }],
  }),
  'takes-too-much': new Problem(422, 'takes-too-much', 'The lesson would be left with less than nothing.', {
    errors: [{ path: '/seconds', message: 'takes away more than there is' }],
  }),
  'correction-conflict': new Problem(409, 'correction-conflict', 'Another correction has this id.', {
    errors: [{ path: '/id', message: 'is taken' }],
  }),
};

/** `POST /api/v1/ledger/corrections`: what a person decides becomes an entry of its own. */
export function correctionRoutes(server: FastifyInstance, { auth, writes, content, now }: Parts): void {
  server.post(
    '/api/v1/ledger/corrections',
    {
      schema: {
        summary: 'Add to or take from what the ledger counts, with a reason and who decided it',
        security: secured(['integration'], 'ledger/correct'),
        body: correctionSchema,
      },
    },
    async (request, reply) => {
      const caller = await auth.caller(request, ['integration'], 'ledger/correct');
      const program = caller.kind === 'integration' ? caller.name : '';
      const correction = request.body as CorrectionRequest;
      const rules = await content.current();
      const result = await writes.run([correction.person], (trx) =>
        enterCorrection(trx, correction.id ?? v4(), correction, program, rules, now()),
      );
      if (typeof result === 'string') throw refusals[result];
      return reply.code(result.isNew ? 201 : 200).send(ledgerEntry(result.entry));
    },
  );
}
