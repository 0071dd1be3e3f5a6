import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type { Static } from 'typebox';
import { groupRecordSchema } from '../../domain/groups/group-record.ts';
import { maskedList } from '../../domain/roster/masked-name.ts';
import { pinFormat } from '../../domain/roster/pin.ts';
import type { Database } from '../db/schema.ts';
import type { WriteQueue } from '../db/write-queue.ts';
import type { Failures } from '../http/limits.ts';
import { Problem } from '../http/problems.ts';
import { wrongPin } from '../roster/pin-problems.ts';
import type { Pins } from '../roster/pins.ts';
import { checkIn, countGuest, issueTicket, refusalOf, type CheckInRefusal, type Proof } from './check-in.ts';
import { sessionKey } from './group-session-store.ts';
import { openSessions, roomName } from './room-roster.ts';

const uuid = groupRecordSchema.properties.lessons.items.properties.showing;
const params = { type: 'object', required: ['id'], properties: { id: uuid } } as const;
const code = { type: 'string', pattern: '^[0-9]{6}$' } as const;
/** Which code of the session it is; a QR says it. */
const step = { type: 'integer', minimum: 0, maximum: 100_000 } as const;
const ticket = { type: 'string', minLength: 1, maxLength: 200 } as const;

const ticketBody = {
  type: 'object',
  required: ['code'],
  additionalProperties: false,
  properties: { code, step },
} as const;

const checkInBody = {
  type: 'object',
  required: ['person'],
  additionalProperties: false,
  properties: {
    person: groupRecordSchema.properties.host,
    code,
    step,
    /** From `tickets`, instead of a code. */
    ticket,
    /** Of who has one. */
    pin: { type: 'string', pattern: pinFormat },
  },
  oneOf: [{ required: ['code'] }, { required: ['ticket'] }],
} as const;

const guestBody = {
  type: 'object',
  required: ['ticket'],
  additionalProperties: false,
  properties: { ticket },
} as const;

const text = { type: 'string' } as const;
const issued = {
  type: 'object',
  required: ['ticket', 'room', 'people'],
  properties: {
    ticket: text,
    room: text,
    people: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'masked', 'hasPin'],
        properties: {
          id: text,
          masked: { type: 'string', description: 'The surname and circles' },
          tail: { type: 'string', description: 'The end of the number, where two look the same' },
          hasPin: { type: 'boolean', description: 'Whether a check-in needs it' },
        },
      },
    },
  },
} as const;
const checkedIn = { type: 'object', required: ['room'], properties: { room: text } } as const;
const rooms = {
  type: 'object',
  required: ['rooms'],
  properties: {
    rooms: {
      type: 'array',
      items: {
        type: 'object',
        required: ['session', 'room', 'village'],
        properties: { session: text, room: text, village: text },
      },
    },
  },
} as const;

const statusOf: Record<CheckInRefusal, [status: number, detail: string]> = {
  'no-such-session': [404, 'There is no such session; it may not have reached the service yet.'],
  'session-over': [409, 'This session is over.'],
  'too-many-guesses': [429, 'Too many wrong codes in this session; ask the host to tick your name.'],
  'code-wrong': [403, 'This code is not of this session.'],
  'code-too-old': [403, 'This code is too old; take the one on the screen now.'],
  'ticket-wrong': [403, 'This ticket is not of this session.'],
  'ticket-too-old': [403, 'It took too long; scan the code on the screen again.'],
  'ticket-used': [409, 'Somebody has checked in with this already; scan the code on the screen again.'],
  'not-on-the-list': [404, 'This person is not on the list of this room.'],
  'already-checked-in': [409, 'This person has checked in already.'],
  'room-is-full': [409, 'No more guests are counted by phone; the host counts them.'],
};

export function refusedCheckIn(refused: CheckInRefusal): Problem {
  return new Problem(statusOf[refused][0], refused, statusOf[refused][1]);
}

interface Parts {
  db: Kysely<Database>;
  writes: WriteQueue;
  pins: Pins;
  failures: Failures;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** What a phone asks that checks somebody in to a group session, by the code on the room's screen. */
export function checkInRoutes(server: FastifyInstance, { db, writes, pins, failures, now }: Parts): void {
  // A whole room may come at once, from one address.
  const config = { rateLimit: { max: 600, timeWindow: '1 minute' } };
  const tags = ['phone'];

  server.get(
    '/api/v1/phone/check-in/rooms',
    {
      config,
      schema: { summary: 'The rooms in which a session is under way', tags, response: { 200: rooms } },
    },
    async (_request, reply) =>
      reply.header('cache-control', 'no-store').send({ rooms: await openSessions(db, now()) }),
  );

  server.post(
    '/api/v1/groups/sessions/:id/tickets',
    {
      config,
      schema: {
        summary: 'Take the code on the screen for five minutes to find a name, which is shown masked',
        tags,
        params,
        body: ticketBody,
        response: { 200: issued },
      },
    },
    async (request) => {
      const { id } = request.params as Static<typeof params>;
      const proof = request.body as Static<typeof ticketBody>;
      const done = await writes.run([sessionKey(id)], (trx) => issueTicket(trx, id, proof, now()));
      if ('refused' in done) throw refusedCheckIn(done.refused);
      const { people } = done;
      const holders = await pins.holders(people.map((one) => one.id));
      return {
        ticket: done.ticket,
        room: (await roomName(db, done.room)) ?? '',
        people: maskedList(people).map((one) => ({ ...one, hasPin: holders.has(one.id) })),
      };
    },
  );

  server.post(
    '/api/v1/groups/sessions/:id/check-ins',
    {
      config,
      schema: {
        summary: 'Check in by code or ticket, once a person; who has a PIN gives it',
        tags,
        params,
        body: checkInBody,
        response: { 201: checkedIn },
      },
    },
    async (request, reply) => {
      const { id } = request.params as Static<typeof params>;
      const { person, pin, ...rest } = request.body as Static<typeof checkInBody>;
      const proof = rest as Proof;
      if ((await pins.holders([person])).has(person)) await itself(request, id, person, pin, proof);
      const done = await writes.run([sessionKey(id)], (trx) => checkIn(trx, id, person, proof, now()));
      if ('refused' in done) throw refusedCheckIn(done.refused);
      return reply.code(201).send({ room: (await roomName(db, done.room)) ?? '' });
    },
  );

  server.post(
    '/api/v1/groups/sessions/:id/guests',
    {
      config,
      schema: {
        summary: 'Count a guest, who has no name here, by ticket',
        tags,
        params,
        body: guestBody,
        response: { 201: checkedIn },
      },
    },
    async (request, reply) => {
      const { id } = request.params as Static<typeof params>;
      const { ticket: shown } = request.body as Static<typeof guestBody>;
      const done = await writes.run([sessionKey(id)], (trx) => countGuest(trx, id, shown, now()));
      if ('refused' in done) throw refusedCheckIn(done.refused);
      return reply.code(201).send({ room: (await roomName(db, done.room)) ?? '' });
    },
  );

  /** A PIN is looked at only for somebody who is before the room's screen. @throws {@link Problem} */
  async function itself(
    request: FastifyRequest,
    id: string,
    person: string,
    pin: string | undefined,
    proof: Proof,
  ): Promise<void> {
    await failures.check(request);
    const refusal = await writes.run([sessionKey(id)], (trx) => refusalOf(trx, id, proof, now()));
    if (refusal) throw refusedCheckIn(refusal.refused);
    if (pin === undefined) throw new Problem(403, 'pin-needed', 'This person has a PIN; it is needed.');
    const result = await pins.check(person, pin);
    if (result.right) return;
    await failures.count(request);
    throw wrongPin(result);
  }
}
