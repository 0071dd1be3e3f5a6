import type { FastifyInstance } from 'fastify';
import { v4 } from 'uuid';
import type { ContentFolder } from '../catalogue/content-folder.ts';
import type { Authenticator } from '../http/auth.ts';
import { ownerOfKeys, type Idempotency } from '../http/idempotency.ts';
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
  idempotency: Idempotency;
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
export function correctionRoutes(server: FastifyInstance, { auth, idempotency, content, now }: Parts): void {
  server.post(
    '/api/v1/ledger/corrections',
    {
      config: { idempotent: true },
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
      const { status, body } = await idempotency.write(
        request,
        ownerOfKeys(caller),
        [correction.person],
        async (trx) => {
          const id = correction.id ?? v4();
          const result = await enterCorrection(trx, id, correction, program, rules, now());
          return typeof result === 'string'
            ? refusals[result]
            : { status: result.isNew ? 201 : 200, body: ledgerEntry(result.entry) };
        },
      );
      return reply.code(status).send(body);
    },
  );
}
