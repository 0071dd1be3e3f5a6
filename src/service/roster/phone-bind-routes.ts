import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type { Static } from 'typebox';
import { pinFormat } from '../../domain/roster/pin.ts';
import type { Database } from '../db/schema.ts';
import type { WriteQueue, WriteTransaction } from '../db/write-queue.ts';
import type { Failures } from '../http/limits.ts';
import { Problem } from '../http/problems.ts';
import { findCard, holdCard, lockOfCard, type GoodCard } from './binding-cards.ts';
import { placeInWords, placeOf, type Place, type PlaceInWords } from './bindings.ts';
import { confirmCode, lookUpCode, type DeviceAuthorizations } from './device-authorizations.ts';
import { wrongPin } from './pin-problems.ts';
import type { Pins } from './pins.ts';
import { PHONE_SESSION, secretaryVillage, type PhonePerson, type PhoneSessions } from './phone-sessions.ts';
import { placeSchema, rosterId } from './roster-schema.ts';
import { lockOf } from './tokens.ts';

const typed = { type: 'string', minLength: 1, maxLength: 40 } as const;
const signInBody = {
  type: 'object',
  required: ['person', 'pin'],
  additionalProperties: false,
  properties: {
    person: { type: 'string', pattern: '^[A-Za-z0-9_-]{3,64}$' },
    pin: { type: 'string', pattern: pinFormat },
  },
} as const;
const signedIn = {
  type: 'object',
  required: ['token', 'expiresIn', 'role'],
  properties: {
    token: { type: 'string' },
    expiresIn: { type: 'integer', description: 'Seconds' },
    role: { type: 'string' },
  },
} as const;
const places = {
  type: 'object',
  required: ['places'],
  properties: { places: { type: 'array', items: placeSchema } },
} as const;
const bindBody = {
  type: 'object',
  required: ['userCode'],
  additionalProperties: false,
  properties: {
    userCode: typed,
    card: { ...typed, description: 'The number of a card; or signed in as a branch secretary, a place' },
    home: rosterId,
    room: rosterId,
  },
} as const;
const waitingBox = {
  type: 'object',
  required: ['box', 'wanted', 'now'],
  properties: {
    box: { type: 'string', description: 'The last letters of the box’s id, which its screen shows too' },
    wanted: placeSchema,
    now: { anyOf: [placeSchema, { type: 'null' }], description: 'Where the box stands now' },
  },
} as const;
const bound = { type: 'object', required: ['place'], properties: { place: placeSchema } } as const;

interface Parts {
  db: Kysely<Database>;
  writes: WriteQueue;
  devices: DeviceAuthorizations;
  pins: Pins;
  phones: PhoneSessions;
  failures: Failures;
  /** The service's clock, milliseconds since 1970. */
  now: () => number;
}

/** Whoever says where a box stands: the holder of a card, or the secretary of a branch for the own village. */
interface Authority {
  place: Place;
  by: string;
  /** The card to be used up. */
  card?: GoodCard;
}

/** What the phone page asks that binds a box. */
export function phoneBindRoutes(server: FastifyInstance, parts: Parts): void {
  const { db, writes, devices, pins, phones, failures, now } = parts;
  const tags = ['phone'];

  server.post(
    '/api/v1/phone/sign-in',
    {
      schema: {
        summary: 'Sign a person in on a phone, by number and PIN',
        tags,
        body: signInBody,
        response: { 200: signedIn },
      },
    },
    async (request, reply) => {
      const { person, pin } = request.body as Static<typeof signInBody>;
      await failures.check(request);
      const result = await pins.check(person, pin);
      if (!result.right) {
        await failures.count(request);
        // Who has no PIN, or is not there at all, is nobody's business.
        throw result.reason === 'no-pin'
          ? new Problem(403, 'wrong-pin', 'The PIN is wrong.')
          : wrongPin(result);
      }
      const found = await db.selectFrom('people').select('role').where('id', '=', person).executeTakeFirst();
      const token = await phones.start(person);
      return reply
        .header('cache-control', 'no-store')
        .send({ token, expiresIn: PHONE_SESSION, role: found?.role ?? '' });
    },
  );

  server.delete(
    '/api/v1/phone/sign-in',
    {
      schema: {
        summary: 'Sign this phone out',
        tags,
        security: [{ phone: [] }],
        response: { 204: { type: 'null', description: 'Signed out' } },
      },
    },
    async (request, reply) => {
      await phones.end(request);
      return reply.code(204).send();
    },
  );

  server.get(
    '/api/v1/phone/places',
    {
      schema: {
        summary: "The rooms and homes of a branch secretary's village",
        tags,
        security: [{ phone: [] }],
        response: { 200: places },
      },
    },
    async (request, reply) => {
      const village = secretaryVillage(await phones.person(request));
      const found = await Promise.all(
        (['rooms', 'homes'] as const).map((part) =>
          db
            .selectFrom(part)
            .innerJoin('villages', 'villages.id', `${part}.village`)
            .select([`${part}.id`, `${part}.name`, 'villages.name as village'])
            .where(`${part}.village`, '=', village)
            .orderBy(`${part}.id`)
            .execute(),
        ),
      );
      const [rooms = [], homes = []] = found;
      const inWords = (kind: 'home' | 'room') => (one: { id: string; name: string; village: string }) => ({
        ...{ kind, id: one.id, name: one.name },
        village: { id: village, name: one.village },
      });
      return reply
        .header('cache-control', 'no-store')
        .send({ places: [...rooms.map(inWords('room')), ...homes.map(inWords('home'))] });
    },
  );

  server.post(
    '/api/v1/phone/bind/look-up',
    {
      schema: {
        summary: 'Which box shows this code, and where it is to stand',
        tags,
        security: [{}, { phone: [] }],
        body: bindBody,
        response: { 200: waitingBox },
      },
    },
    (request) =>
      answer(request, async (trx, near, { place }) => {
        const waiting = await lookUpCode(trx, near, now());
        if (!waiting) return noSuchCode();
        return {
          box: waiting.boxId.slice(-4).toUpperCase(),
          wanted: (await placeInWords(trx, place))!,
          now: (await placeOf(trx, waiting.boxId)) ?? null,
        };
      }),
  );

  server.post(
    '/api/v1/phone/bind/confirm',
    {
      schema: {
        summary: 'The box that shows this code stands there',
        tags,
        security: [{}, { phone: [] }],
        body: bindBody,
        response: { 200: bound },
      },
    },
    (request) =>
      answer(request, async (trx, near, { place, by, card }) => {
        if ((await confirmCode(trx, near, place, by, now())) !== 'confirmed') return noSuchCode();
        if (card !== undefined) await holdCard(trx, card, near.boxId);
        return { place: (await placeInWords(trx, place))! };
      }),
  );

  type Near = NonNullable<Awaited<ReturnType<DeviceAuthorizations['near']>>>;

  /** Does something with the code of a request for one who may; codes and cards that do not fit are counted. */
  async function answer<Body extends object>(
    request: FastifyRequest,
    act: (trx: WriteTransaction, near: Near, authority: Authority) => Promise<Body | Problem>,
  ): Promise<Body> {
    await failures.check(request);
    const body = request.body as Static<typeof bindBody>;
    const signedIn = body.card === undefined ? await phones.person(request) : undefined;
    const near = await devices.near(body.userCode);
    const result = near
      ? await writes.run([lockOf(near.boxId), lockOfCard(body.card ?? '')], async (trx) => {
          const authority = signedIn
            ? await bySecretary(trx, signedIn, body)
            : await byCard(trx, body.card ?? '', near.boxId, now());
          return authority instanceof Problem ? authority : act(trx, near, authority);
        })
      : noSuchCode();
    if (!(result instanceof Problem)) return result;
    await failures.count(request);
    throw result;
  }
}

async function byCard(
  trx: WriteTransaction,
  number: string,
  boxId: string,
  now: number,
): Promise<Authority | Problem> {
  const card = await findCard(trx, number, boxId, now);
  if (!card) return new Problem(404, 'no-such-card', 'No card with this number is good (any more).');
  return { place: card.place, by: card.issuedBy, card };
}

async function bySecretary(
  trx: WriteTransaction,
  who: PhonePerson,
  { home, room }: { home?: string | undefined; room?: string | undefined },
): Promise<Authority | Problem> {
  const village = secretaryVillage(who);
  if ((home === undefined) === (room === undefined))
    return new Problem(400, 'one-place', 'Name either a home or a room.');
  const place: Place = home === undefined ? { home: null, room: room! } : { home, room: null };
  const found: PlaceInWords | undefined = await placeInWords(trx, place);
  if (found?.village.id !== village)
    return new Problem(403, 'foreign-place', 'This home or room is not in the village of the branch.');
  return { place, by: `person:${who.person}` };
}

function noSuchCode(): Problem {
  return new Problem(404, 'no-such-code', 'No box shows this code (any more).');
}
