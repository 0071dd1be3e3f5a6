import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { Static } from 'typebox';
import { localDate } from '../../domain/credit/local-date.ts';
import { showCode } from '../../domain/roster/binding-code.ts';
import { mayNeedVisit } from '../../domain/roster/visit.ts';
import type { ContentFolder } from '../catalogue/content-folder.ts';
import { lastSeen } from '../credit/last-seen.ts';
import type { Database } from '../db/schema.ts';
import type { WriteQueue } from '../db/write-queue.ts';
import { Problem } from '../http/problems.ts';
import { issueCard } from '../roster/binding-cards.ts';
import { placeInWords, type Place } from '../roster/bindings.ts';
import { secretaryVillage, type PhoneSessions } from '../roster/phone-sessions.ts';
import { placeSchema, rosterId } from '../roster/roster-schema.ts';
import { peopleOfBranch } from '../roster/roster.ts';

/** Days for which a card from a phone is good: written down today, used this week. */
const CARD_DAYS = 7;

const text = { type: 'string' } as const;
const view = {
  type: 'object',
  required: ['branch', 'people'],
  properties: {
    branch: text,
    people: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'lastSeen', 'visit'],
        properties: {
          name: text,
          lastSeen: {
            anyOf: [text, { type: 'null' }],
            description: 'Local day of the last study; the person sees the same on their own record',
          },
          visit: { type: 'boolean', description: 'Nothing for two months' },
        },
      },
    },
  },
} as const;
const cardBody = {
  type: 'object',
  additionalProperties: false,
  properties: { home: rosterId, room: rosterId },
  oneOf: [{ required: ['home'] }, { required: ['room'] }],
} as const;
const card = {
  type: 'object',
  required: ['number', 'expires', 'place'],
  properties: { number: text, expires: { ...text, description: 'Local day' }, place: placeSchema },
} as const;

interface Parts {
  db: Kysely<Database>;
  writes: WriteQueue;
  content: ContentFolder;
  phones: PhoneSessions;
  now: () => number;
}

/** What a branch's secretary asks on a phone: who may need a visit, and cards for boxes of the village. */
export function branchRoutes(server: FastifyInstance, { db, writes, content, phones, now }: Parts): void {
  const security = [{ phone: [] }];
  const tags = ['phone'];

  server.get(
    '/api/v1/phone/branch',
    {
      schema: {
        summary:
          'The people of the branch in the order of the roster: who may need a visit; no figures, no ranking',
        tags,
        security,
        response: { 200: view },
      },
    },
    async (request, reply) => {
      const who = await phones.person(request);
      secretaryVillage(who);
      const id = who.branch ?? '';
      const branch = await db
        .selectFrom('branches')
        .select('name')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const people = await peopleOfBranch(db, id);
      const seen = await lastSeen(
        db,
        people.map((person) => person.id),
      );
      const { timeZone } = (await content.current()).policy;
      return reply.header('cache-control', 'no-store').send({
        branch: branch.name,
        people: people.map((person) => {
          const last = seen.get(person.id);
          return {
            name: person.name,
            lastSeen: last === undefined ? null : localDate(last, timeZone),
            visit: mayNeedVisit(last, now()),
          };
        }),
      });
    },
  );

  server.post(
    '/api/v1/phone/cards',
    {
      schema: {
        summary: 'A card that binds one box to a home or room of the village',
        tags,
        security,
        body: cardBody,
        response: { 201: card },
      },
    },
    async (request, reply) => {
      const who = await phones.person(request);
      const village = secretaryVillage(who);
      const { home = null, room = null } = request.body as Static<typeof cardBody>;
      const place = { home, room } as Place;
      const inWords = await placeInWords(db, place);
      if (inWords?.village.id !== village)
        throw new Problem(403, 'foreign-place', 'This home or room is not in the village of the branch.');
      const issued = await writes.run([`cards:${who.person}`], (trx) =>
        issueCard(trx, place, { by: `person:${who.person}`, days: CARD_DAYS, now: now() }),
      );
      if (!issued) throw new Problem(404, 'no-such-place', 'There is no such home or room any more.');
      const { timeZone } = (await content.current()).policy;
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({
          number: showCode(issued.number),
          expires: localDate(issued.expiresAt, timeZone),
          place: inWords,
        });
    },
  );
}
