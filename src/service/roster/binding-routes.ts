import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type { Static } from 'typebox';
import { cardNumbers, showCode } from '../../domain/roster/binding-code.ts';
import type { Database } from '../db/schema.ts';
import type { WriteTransaction } from '../db/write-queue.ts';
import type { Authenticator, Caller } from '../http/auth.ts';
import { ownerOfKeys, type Answer, type Idempotency } from '../http/idempotency.ts';
import type { Failures } from '../http/limits.ts';
import { Problem } from '../http/problems.ts';
import { secured } from '../http/scopes.ts';
import { issueCard } from './binding-cards.ts';
import { placeInWords, placeOf, unbind, type Place } from './bindings.ts';
import { boxIdPattern } from './boxes.ts';
import {
  confirmCode,
  denyCode,
  lookUpCode,
  type DeviceAuthorizations,
  type NearCode,
} from './device-authorizations.ts';
import { placeSchema, rosterId } from './roster-schema.ts';
import { lockOf } from './tokens.ts';

const userCode = { type: 'string', minLength: 1, maxLength: 40 } as const;
const codeBody = {
  type: 'object',
  required: ['userCode'],
  additionalProperties: false,
  properties: { userCode, home: rosterId, room: rosterId },
} as const;
const denyBody = {
  type: 'object',
  required: ['userCode'],
  additionalProperties: false,
  properties: { userCode },
} as const;
const cardBody = {
  type: 'object',
  additionalProperties: false,
  properties: {
    home: rosterId,
    room: rosterId,
    /** How long the card is good. */
    days: { type: 'integer', minimum: 1, maximum: 366 },
  },
} as const;
const boxParams = {
  type: 'object',
  required: ['boxId'],
  properties: { boxId: { type: 'string', pattern: boxIdPattern } },
} as const;

const boxState = {
  type: 'object',
  required: ['boxId', 'state', 'place'],
  properties: {
    boxId: { type: 'string' },
    state: { type: 'string', enum: ['unbound', 'home', 'room'] },
    place: { anyOf: [placeSchema, { type: 'null' }] },
  },
} as const;
const waitingBox = {
  type: 'object',
  required: ['boxId', 'state', 'place', 'wanted', 'expiresAt', 'triesLeft'],
  properties: {
    ...boxState.properties,
    /** Where the request says that the box stands. */
    wanted: { anyOf: [placeSchema, { type: 'null' }] },
    expiresAt: { type: 'string', format: 'date-time' },
    triesLeft: { type: 'integer' },
  },
} as const;
const card = {
  type: 'object',
  required: ['number', 'expiresAt', 'place'],
  properties: {
    number: { type: 'string', description: `${cardNumbers.length} digits in groups of four; told this once` },
    expiresAt: { type: 'string', format: 'date-time' },
    place: placeSchema,
  },
} as const;

/** Days. */
const CARD_LIFETIME = 90;

interface Parts {
  auth: Authenticator;
  db: Kysely<Database>;
  devices: DeviceAuthorizations;
  idempotency: Idempotency;
  failures: Failures;
  now: () => number;
}

/** Saying where boxes stand: for the page a phone opens, and for who prints cards. */
export function bindingRoutes(
  server: FastifyInstance,
  { auth, db, devices, idempotency, failures, now }: Parts,
): void {
  const security = secured(['integration'], 'bind');
  const tags = ['binding'];

  server.post(
    '/api/v1/device-authorizations/look-up',
    {
      config: { idempotent: true },
      schema: {
        summary: 'Which box shows this code, and which village the named home or room is in',
        tags,
        security,
        body: codeBody,
        response: { 200: waitingBox },
      },
    },
    (request) => {
      const { home, room } = request.body as Static<typeof codeBody>;
      const place = home === undefined && room === undefined ? undefined : onePlace({ home, room });
      return answerCode(request, async (trx, near) => {
        const found = await lookUpCode(trx, near, now());
        if (!found) return noSuchCode();
        const wanted = place && (await placeInWords(trx, place));
        if (place && !wanted) return noSuchPlace();
        const { boxId, expiresAt, triesLeft } = found;
        return {
          status: 200,
          body: {
            ...(await stateOf(trx, boxId)),
            wanted: wanted ?? null,
            expiresAt: new Date(expiresAt).toISOString(),
            triesLeft,
          },
        };
      });
    },
  );

  server.post(
    '/api/v1/device-authorizations/confirm',
    {
      config: { idempotent: true },
      schema: {
        summary: 'The box that shows this code stands in this home or room',
        tags,
        security,
        body: codeBody,
        response: { 200: boxState },
      },
    },
    (request) => {
      const place = onePlace(request.body as Static<typeof codeBody>);
      return answerCode(request, async (trx, near, by) => {
        const outcome = await confirmCode(trx, near, place, by, now());
        if (outcome === 'no-place') return noSuchPlace();
        if (outcome === 'no-code') return noSuchCode();
        return { status: 200, body: await stateOf(trx, near.boxId) };
      });
    },
  );

  server.post(
    '/api/v1/device-authorizations/deny',
    {
      config: { idempotent: true },
      schema: {
        summary: 'Nobody here knows the box that shows this code',
        tags,
        security,
        body: denyBody,
        response: { 200: boxState },
      },
    },
    (request) =>
      answerCode(request, async (trx, near) =>
        (await denyCode(trx, near, now()))
          ? { status: 200, body: await stateOf(trx, near.boxId) }
          : noSuchCode(),
      ),
  );

  server.post(
    '/api/v1/binding-cards',
    {
      config: { idempotent: true },
      schema: {
        summary: 'A numeric card that binds one box to a home or room, once',
        tags,
        security,
        body: cardBody,
        response: { 201: card },
      },
    },
    async (request, reply) => {
      const caller = await auth.caller(request, ['integration'], 'bind');
      const { days = CARD_LIFETIME, ...rest } = request.body as Static<typeof cardBody>;
      const place = onePlace(rest);
      const by = nameOf(caller);
      const { body } = await idempotency.write(request, ownerOfKeys(caller), [], async (trx) => {
        const issued = await issueCard(trx, place, { by, days, now: now() });
        if (!issued) return noSuchPlace();
        return {
          status: 201,
          body: {
            number: showCode(issued.number),
            expiresAt: new Date(issued.expiresAt).toISOString(),
            place: (await placeInWords(trx, place))!,
          },
        };
      });
      return reply.code(201).header('cache-control', 'no-store').send(body);
    },
  );

  server.get(
    '/api/v1/boxes/self',
    {
      schema: {
        summary: 'Where the box that asks stands',
        tags,
        security: secured(['box']),
        response: { 200: boxState },
      },
    },
    async (request, reply) => {
      const caller = await auth.caller(request, ['box']);
      void reply.header('cache-control', 'no-store');
      return stateOf(db, caller.kind === 'box' ? caller.boxId : '');
    },
  );

  server.get(
    '/api/v1/boxes/:boxId',
    {
      schema: {
        summary: 'Where a box stands',
        tags,
        security,
        params: boxParams,
        response: { 200: boxState },
      },
    },
    async (request, reply) => {
      await auth.caller(request, ['integration'], 'bind');
      const { boxId } = request.params as Static<typeof boxParams>;
      await mustExist(db, boxId);
      void reply.header('cache-control', 'no-store');
      return stateOf(db, boxId);
    },
  );

  server.delete(
    '/api/v1/boxes/:boxId/binding',
    {
      schema: {
        summary: 'The box stands nowhere any more; its tokens end',
        tags,
        security,
        params: boxParams,
        response: { 204: { type: 'null', description: 'Unbound' } },
      },
    },
    async (request, reply) => {
      const caller = await auth.caller(request, ['integration'], 'bind');
      const { boxId } = request.params as Static<typeof boxParams>;
      await mustExist(db, boxId);
      await idempotency.write(request, ownerOfKeys(caller), [lockOf(boxId)], async (trx) => {
        await unbind(trx, boxId);
        return { status: 204, body: {} };
      });
      return reply.code(204).send();
    },
  );

  /** Does something with the code of a request; codes that do not fit are counted. */
  async function answerCode<Body extends object>(
    request: FastifyRequest,
    act: (trx: WriteTransaction, near: NearCode, by: string) => Promise<Answer<Body> | Problem>,
  ): Promise<Body> {
    const caller = await auth.caller(request, ['integration'], 'bind');
    await failures.check(request);
    const near = await devices.near((request.body as { userCode: string }).userCode);
    try {
      const locks = near ? [lockOf(near.boxId)] : [];
      const { body } = await idempotency.write(request, ownerOfKeys(caller), locks, (trx) =>
        near ? act(trx, near, nameOf(caller)) : Promise.resolve(noSuchCode()),
      );
      return body;
    } catch (error) {
      if (error instanceof Problem && error.status === 404) await failures.count(request);
      throw error;
    }
  }
}

async function stateOf(db: Kysely<Database>, boxId: string) {
  const place = await placeOf(db, boxId);
  return { boxId, state: place?.kind ?? 'unbound', place: place ?? null } as const;
}

async function mustExist(db: Kysely<Database>, boxId: string): Promise<void> {
  const box = await db.selectFrom('boxes').select('box_id').where('box_id', '=', boxId).executeTakeFirst();
  if (!box) throw new Problem(404, 'no-such-box', 'No box is registered under this id.');
}

/** @throws {@link Problem} 400 */
function onePlace({ home, room }: { home?: string | undefined; room?: string | undefined }): Place {
  if (home !== undefined && room === undefined) return { home, room: null };
  if (room !== undefined && home === undefined) return { home: null, room };
  throw new Problem(400, 'invalid-request', 'Say either a home or a room.', {
    errors: [{ path: '/home', message: 'either home or room is required' }],
  });
}

function nameOf(caller: Caller): string {
  return caller.kind === 'integration' ? caller.name : '';
}

/** The same for a wrong, a dead and an expired code: who guesses learns nothing. */
function noSuchCode(): Problem {
  return new Problem(404, 'no-such-code', 'No box waits with this code.');
}

function noSuchPlace(): Problem {
  return new Problem(422, 'no-such-place', 'There is no such home or room.');
}
