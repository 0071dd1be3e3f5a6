import type { FastifyInstance } from 'fastify';
import type { Authenticator } from '../http/auth.ts';
import { Problem } from '../http/problems.ts';
import { secured } from '../http/scopes.ts';
import type { ForwardingState } from './forwarding-state.ts';

const REFUSALS = 100;

const lag = {
  type: 'object',
  required: ['target', 'lag', 'sent', 'failures', 'quarantined', 'refusals'],
  properties: {
    /** Address of the other store. */
    target: { type: 'string' },
    lag: {
      type: 'object',
      required: ['rows', 'seconds'],
      properties: { rows: { type: 'integer' }, seconds: { type: 'number' } },
    },
    /** Statements that it has taken. */
    sent: { type: 'integer' },
    lastSentAt: { type: ['string', 'null'] },
    /** Failed attempts in a row. */
    failures: { type: 'integer' },
    lastError: { type: ['string', 'null'] },
    nextTryAt: { type: ['string', 'null'] },
    quarantined: { type: 'integer' },
    /** The newest refusals. */
    refusals: {
      type: 'array',
      items: {
        type: 'object',
        required: ['statementId', 'status', 'reason', 'at'],
        properties: {
          statementId: { type: 'string' },
          status: { type: 'integer' },
          reason: { type: 'string' },
          at: { type: 'string' },
        },
      },
    },
  },
} as const;

const retried = {
  type: 'object',
  required: ['statements'],
  properties: { statements: { type: 'integer' } },
} as const;

interface Parts {
  auth: Authenticator;
  /** `undefined` when no other store is configured. */
  forwarding: ForwardingState | undefined;
  now: () => number;
}

/** How statements get on that are passed on to another Learning Record Store. */
export function forwardingRoutes(server: FastifyInstance, { auth, forwarding, now }: Parts): void {
  const configured = (): ForwardingState => {
    if (!forwarding) throw new Problem(404, 'no-forwarding', 'No other store is configured (FORWARD_LRS).');
    return forwarding;
  };

  server.get(
    '/api/v1/forwarding',
    {
      schema: {
        summary: 'How far another Learning Record Store lags behind, and what it refused',
        security: secured(['integration'], 'export'),
        response: { 200: lag },
      },
    },
    async (request, reply) => {
      await auth.caller(request, ['integration'], 'export');
      const state = configured();
      const record = await state.read();
      const { quarantined, ...behind } = await state.lag(now());
      void reply.header('cache-control', 'no-store');
      return {
        target: state.target,
        lag: behind,
        sent: record?.sent ?? 0,
        lastSentAt: moment(record?.last_sent_at),
        failures: record?.failures ?? 0,
        lastError: record?.last_error ?? null,
        nextTryAt: moment(record?.next_try_at),
        quarantined,
        refusals: (await state.refusals(REFUSALS)).map(
          ({ statement_id, status, reason, quarantined_at }) => ({
            statementId: statement_id,
            status,
            reason,
            at: new Date(quarantined_at).toISOString(),
          }),
        ),
      };
    },
  );

  server.post(
    '/api/v1/forwarding/retries',
    {
      schema: {
        summary: 'Send again what the other store refused, once it has been put right there',
        security: secured(['integration'], 'export'),
        response: { 202: retried },
      },
    },
    async (request, reply) => {
      await auth.caller(request, ['integration'], 'export');
      return reply.code(202).send({ statements: await configured().again() });
    },
  );
}

function moment(milliseconds: number | null | undefined): string | null {
  return milliseconds ? new Date(milliseconds).toISOString() : null;
}
