import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { localDate } from '../../domain/credit/local-date.ts';
import { policyOn, trustOf, type PolicyBook } from '../../domain/credit/policy.ts';
import type { ContentFolder } from '../catalogue/content-folder.ts';
import { mayActFor, type Authenticator } from '../http/auth.ts';
import { ownerOfKeys, type Idempotency } from '../http/idempotency.ts';
import { secured } from '../http/scopes.ts';
import { metrics } from '../operations/metrics.ts';
import { addCheckpoints, checkpointSchema, type Proof } from './checkpoints.ts';
import type { Nonces } from './nonces.ts';
import { boxKey, broughtBy, updateCredit } from './update-credit.ts';

const batch = {
  type: 'object',
  required: ['checkpoints'],
  additionalProperties: false,
  properties: {
    checkpoints: { type: 'array', minItems: 1, maxItems: 100, items: checkpointSchema },
    /** By session id: the nonce of the last answer, where it came in this start of the box. */
    nonces: {
      type: 'object',
      maxProperties: 100,
      additionalProperties: { type: 'string', maxLength: 100, pattern: '^[\\x21-\\x7e]+$' },
    },
  },
} as const;

const results = {
  type: 'object',
  required: ['results', 'sessions'],
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
    /** One for each session that was reported on. */
    sessions: {
      type: 'array',
      items: {
        type: 'object',
        required: ['sessionId', 'nonce', 'superseded'],
        properties: {
          sessionId: { type: 'string' },
          /** To be sent with the session's next checkpoints. */
          nonce: { type: 'string' },
          /** The person has begun another session on another box: this one counts no more. */
          superseded: { type: 'boolean' },
        },
      },
    },
  },
} as const;

interface CheckpointParts {
  auth: Authenticator;
  idempotency: Idempotency;
  content: ContentFolder;
  nonces: Nonces;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** `POST /api/v1/checkpoints`: the running account of watch sessions, in any order, again without harm. */
export function checkpointRoutes(
  server: FastifyInstance,
  { auth, idempotency, content, nonces, now: clock }: CheckpointParts,
): void {
  server.post(
    '/api/v1/checkpoints',
    {
      config: { idempotent: true },
      schema: {
        summary: 'Store checkpoints of watch sessions',
        security: secured(['box']),
        body: batch,
        response: { 200: results },
      },
    },
    async (request) => {
      const caller = await auth.caller(request, ['box']);
      const { checkpoints, nonces: sent = {} } = request.body as Static<typeof batch>;
      for (const { person } of checkpoints) mayActFor(caller, person);
      const boxId = caller.kind === 'box' ? caller.boxId : '';
      const rules = await content.current();
      const persons = [...new Set(checkpoints.map(({ person }) => person))];
      const sessionIds = [...new Set(checkpoints.map(({ sessionId }) => sessionId))];
      const proofs = await checkNonces(sessionIds, sent, boxId, rules.policy);
      const locks = [...persons, boxKey(boxId)];
      const { body } = await idempotency.write(request, ownerOfKeys(caller), locks, async (trx) => {
        const now = clock();
        const stored = await addCheckpoints(trx, checkpoints, boxId, now, proofs);
        const touched = checkpoints.filter((_, index) => stored[index]?.status === 'stored');
        const superseded = await updateCredit(trx, touched.map(broughtBy(boxId)), rules, now);
        return { status: 200, body: { stored, superseded: [...superseded] } };
      });
      const { stored, superseded } = body;
      for (const { status } of stored) metrics.checkpoints.inc({ result: status });
      const sessions = await Promise.all(
        sessionIds.map(async (sessionId) => ({
          sessionId,
          nonce: await nonces.make(boxId, sessionId, clock()),
          superseded: superseded.includes(sessionId),
        })),
      );
      return { results: stored, sessions };
    },
  );

  async function checkNonces(
    sessionIds: readonly string[],
    sent: Readonly<Record<string, string>>,
    boxId: string,
    book: PolicyBook,
  ): Promise<Map<string, Proof>> {
    const now = clock();
    const { nonceSeconds } = trustOf(policyOn(book, localDate(now, book.timeZone))).online;
    const proofs = new Map<string, Proof>();
    for (const sessionId of sessionIds) {
      const nonce = sent[sessionId];
      if (nonce === undefined) continue;
      const verdict = await nonces.check(nonce, boxId, sessionId, nonceSeconds, now);
      proofs.set(sessionId, { nonce, verdict });
    }
    return proofs;
  }
}
