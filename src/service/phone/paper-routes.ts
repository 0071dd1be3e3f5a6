import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { Static } from 'typebox';
import { groupRecordSchema, paperRecordSchema, type PaperRecord } from '../../domain/groups/group-record.ts';
import type { ContentFolder } from '../catalogue/content-folder.ts';
import type { Database } from '../db/schema.ts';
import type { WriteQueue } from '../db/write-queue.ts';
import { storePaper } from '../groups/group-record-store.ts';
import { refusedRecord } from '../groups/group-routes.ts';
import { sessionKey } from '../groups/group-session-store.ts';
import { looksAfter, roomsOf } from '../groups/rooms-of.ts';
import { peopleOfRoom } from '../groups/room-roster.ts';
import { Problem } from '../http/problems.ts';
import { secretaryVillage, type PhoneSessions } from '../roster/phone-sessions.ts';
import { inLanguage } from './record-words.ts';
import { reasonLanguages } from '../credit/reasons.ts';

const params = {
  type: 'object',
  required: ['id'],
  properties: { id: groupRecordSchema.properties.lessons.items.properties.showing },
} as const;
const query = {
  type: 'object',
  additionalProperties: false,
  properties: { language: { type: 'string', enum: reasonLanguages } },
} as const;
const text = { type: 'string' } as const;
const named = { type: 'object', required: ['id', 'name'], properties: { id: text, name: text } } as const;
const form = {
  type: 'object',
  required: ['timeZone', 'rooms', 'playlists'],
  properties: {
    timeZone: { ...text, description: 'In which days and hours are meant, IANA' },
    rooms: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'name', 'people'],
        properties: { id: text, name: text, people: { type: 'array', items: named } },
      },
    },
    playlists: {
      type: 'array',
      items: {
        type: 'object',
        required: ['title', 'lessons'],
        properties: {
          title: text,
          lessons: {
            type: 'array',
            items: {
              type: 'object',
              required: ['id', 'title', 'minutes'],
              properties: { id: text, title: text, minutes: { type: 'number' } },
            },
          },
        },
      },
    },
  },
} as const;
const stored = {
  type: 'object',
  required: ['attendees'],
  properties: { attendees: { type: 'integer' } },
} as const;

interface Parts {
  db: Kysely<Database>;
  writes: WriteQueue;
  content: ContentFolder;
  phones: PhoneSessions;
  now: () => number;
}

/** A signed sheet of paper is entered on a phone by the branch's secretary. */
export function paperRoutes(server: FastifyInstance, { db, writes, content, phones, now }: Parts): void {
  const security = [{ phone: [] }];
  const tags = ['phone'];

  server.get(
    '/api/v1/phone/paper',
    {
      schema: {
        summary:
          'What a sheet can say: the rooms of the village with their people, the playlists and lessons',
        tags,
        security,
        querystring: query,
        response: { 200: form },
      },
    },
    async (request, reply) => {
      const rooms = await roomsOf(db, secretaryVillage(await phones.person(request)));
      const { language = reasonLanguages[0] } = request.query as Static<typeof query>;
      const { playlists, lessons, policy } = await content.current();
      const withPeople = rooms.map(async (room) => ({ ...room, people: await peopleOfRoom(db, room.id) }));
      return reply.header('cache-control', 'no-store').send({
        timeZone: policy.timeZone,
        rooms: await Promise.all(withPeople),
        playlists: playlists.map(({ title, lessons: ids }) => ({
          title: inLanguage(title, language),
          lessons: ids.flatMap((id) => {
            const lesson = lessons.get(id);
            return lesson === undefined
              ? []
              : [
                  {
                    id,
                    title: inLanguage(lesson.title, language),
                    minutes: Math.max(1, Math.round(lesson.length / 60)),
                  },
                ];
          }),
        })),
      });
    },
  );

  server.put(
    '/api/v1/phone/paper/:id',
    {
      schema: {
        summary: 'Enter a sheet of paper that people signed; the same again does no harm',
        tags,
        security,
        params,
        body: paperRecordSchema,
        response: { 200: stored },
      },
    },
    async (request) => {
      const who = await phones.person(request);
      const { id } = request.params as Static<typeof params>;
      const paper = request.body as PaperRecord;
      if (!(await looksAfter(db, who, paper.room)))
        throw new Problem(403, 'foreign-place', 'This room is not in the village of the branch.');
      const rules = await content.current();
      const done = await writes.run([sessionKey(id), `room ${paper.room}`, ...paper.attendees], (trx) =>
        storePaper(trx, id, `person:${who.person}`, paper, rules, now()),
      );
      if ('refused' in done) throw refusedRecord(done);
      return done;
    },
  );
}
