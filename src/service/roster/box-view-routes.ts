import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type { Static } from 'typebox';
import { pinFormat } from '../../domain/roster/pin.ts';
import type { Database } from '../db/schema.ts';
import type { WriteQueue } from '../db/write-queue.ts';
import type { Authenticator } from '../http/auth.ts';
import { credentials } from '../http/credentials.ts';
import type { Failures } from '../http/limits.ts';
import { Problem } from '../http/problems.ts';
import { secured } from '../http/scopes.ts';
import { unbind } from './bindings.ts';
import { boxView } from './box-view.ts';
import { wrongPin } from './pin-problems.ts';
import type { Pins } from './pins.ts';
import { lockOf } from './tokens.ts';

const named = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'string' }, name: { type: 'string' } },
} as const;

const view = {
  type: 'object',
  required: ['state'],
  properties: {
    state: { type: 'string', enum: ['unbound', 'home', 'room'] },
    home: named,
    room: named,
    branch: { anyOf: [named, { type: 'null' }] },
    village: named,
    people: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'role'],
        properties: {
          id: { type: 'string' },
          masked: { type: 'string', description: 'Of a home: the surname and circles' },
          name: { type: 'string', description: 'Of a room: masked too, for the roll' },
          role: { type: 'string' },
          hasPin: { type: 'boolean' },
        },
      },
    },
  },
} as const;

const pin = { type: 'string', pattern: pinFormat } as const;
const checkBody = {
  type: 'object',
  required: ['pin'],
  additionalProperties: false,
  properties: { pin },
} as const;
const setBody = {
  type: 'object',
  required: ['pin'],
  additionalProperties: false,
  properties: { pin, oldPin: pin },
} as const;
const personParams = {
  type: 'object',
  required: ['person'],
  properties: { person: { type: 'string', pattern: '^[A-Za-z0-9_-]{3,64}$' } },
} as const;
const fullName = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } as const;

interface Parts {
  auth: Authenticator;
  db: Kysely<Database>;
  writes: WriteQueue;
  pins: Pins;
  failures: Failures;
}

/** What a bound box asks about itself: where it stands, who lives there, whether a PIN is right. */
export function boxViewRoutes(server: FastifyInstance, { auth, db, writes, pins, failures }: Parts): void {
  const security = secured(['box']);
  const tags = ['box'];

  server.get(
    '/api/v1/box',
    {
      schema: { summary: 'Where this box stands and who is there', tags, security, response: { 200: view } },
    },
    async (request, reply) => {
      const boxId = await boxOf(request);
      void reply.header('cache-control', 'no-store');
      // Names are for a box that somebody has put there, and not for one that only says who it is.
      return holdsToken(request) ? boxView(db, boxId) : ({ state: 'unbound' } as const);
    },
  );

  server.delete(
    '/api/v1/box/binding',
    {
      schema: {
        summary: 'This box stands nowhere any more; its tokens end',
        tags,
        security,
        response: { 204: { type: 'null', description: 'Unbound' } },
      },
    },
    async (request, reply) => {
      const boxId = await boxOf(request);
      await writes.run([lockOf(boxId)], (trx) => unbind(trx, boxId));
      return reply.code(204).send();
    },
  );

  server.post(
    '/api/v1/box/people/:person/pin-check',
    {
      schema: {
        summary: 'Whether this is the PIN of somebody of the home; their full name if it is',
        tags,
        security,
        params: personParams,
        body: checkBody,
        response: { 200: fullName },
      },
    },
    async (request, reply) => {
      const person = await personOfHome(request);
      await check(request, person, (request.body as Static<typeof checkBody>).pin);
      const { name } = await db
        .selectFrom('people')
        .select('name')
        .where('id', '=', person)
        .executeTakeFirstOrThrow();
      return reply.header('cache-control', 'no-store').send({ name });
    },
  );

  server.put(
    '/api/v1/box/people/:person/pin',
    {
      schema: {
        summary: 'Give somebody of the home a first PIN, or by the old one another',
        tags,
        security,
        params: personParams,
        body: setBody,
        response: { 204: { type: 'null', description: 'Set' } },
      },
    },
    async (request, reply) => {
      const person = await personOfHome(request);
      const { pin: wanted, oldPin } = request.body as Static<typeof setBody>;
      if ((await pins.holders([person])).has(person)) {
        if (oldPin === undefined)
          throw new Problem(409, 'has-pin', 'This person has a PIN; the old one is needed.');
        await check(request, person, oldPin);
      }
      await pins.set(person, wanted);
      return reply.code(204).send();
    },
  );

  async function boxOf(request: FastifyRequest): Promise<string> {
    const caller = await auth.caller(request, ['box']);
    return caller.kind === 'box' ? caller.boxId : '';
  }

  /** @throws {@link Problem} 403 if the person is not of the home the box stands in. */
  async function personOfHome(request: FastifyRequest): Promise<string> {
    const caller = await auth.caller(request, ['box']);
    const { person } = request.params as Static<typeof personParams>;
    // The default viewer is nobody of the roster and has no PIN.
    if (caller.kind !== 'box' || person === caller.person || !caller.people.includes(person))
      throw new Problem(403, 'foreign-person', 'This person is not of the home that the box stands in.');
    return person;
  }

  async function check(request: FastifyRequest, person: string, typed: string): Promise<void> {
    await failures.check(request);
    const result = await pins.check(person, typed);
    if (result.right) return;
    await failures.count(request);
    throw wrongPin(result);
  }
}

/** A key has a dot between id and secret, an access token has none. */
function holdsToken({ headers }: FastifyRequest): boolean {
  return !credentials(headers.authorization)[1].includes('.');
}
