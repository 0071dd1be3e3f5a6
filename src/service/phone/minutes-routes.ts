import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type { Static } from 'typebox';
import { groupRecordSchema, type GroupRecord, type PaperRecord } from '../../domain/groups/group-record.ts';
import type { ContentFolder } from '../catalogue/content-folder.ts';
import type { Database } from '../db/schema.ts';
import type { WriteQueue } from '../db/write-queue.ts';
import { correctRecord, readRecord, type Correction } from '../groups/group-record-store.ts';
import { listRecords } from '../groups/list-records.ts';
import { correctionBody, refusedRecord } from '../groups/group-routes.ts';
import { findSession, sessionKey } from '../groups/group-session-store.ts';
import { minutesView } from '../groups/minutes-view.ts';
import { looksAfter, roomsOf } from '../groups/rooms-of.ts';
import { peopleOfRoom, roomName } from '../groups/room-roster.ts';
import { wordsOf, writeWords } from '../groups/words.ts';
import { Problem } from '../http/problems.ts';
import type { PhoneSessions } from '../roster/phone-sessions.ts';
import { linkToken, type PhoneLinks } from './phone-links.ts';
import { linkOver } from './record-routes.ts';

/** The county's session ids are UUIDs: nothing of anybody is in an address. */
const session = groupRecordSchema.properties.lessons.items.properties.showing;
const query = { type: 'object', additionalProperties: false, properties: { session } } as const;
const wordsBody = {
  type: 'object',
  required: ['words'],
  additionalProperties: false,
  properties: { words: { ...groupRecordSchema.properties.words } },
} as const;

const text = { type: 'string' } as const;
const named = { type: 'object', required: ['id', 'name'], properties: { id: text, name: text } } as const;
const view = {
  type: 'object',
  required: ['state', 'room', 'words', 'mayCorrect'],
  properties: {
    state: { type: 'string', enum: ['open', 'recorded'] },
    room: text,
    words: { ...text, description: 'The line of note so far' },
    mayCorrect: { type: 'boolean' },
    people: { type: 'array', items: named, description: 'Who may be added, for one who may correct' },
    minutes: { type: 'object', additionalProperties: true, description: 'Once the session is over' },
  },
} as const;
const sessions = {
  type: 'object',
  required: ['timeZone', 'sessions'],
  properties: {
    timeZone: { ...text, description: 'In which days and hours are meant, IANA' },
    sessions: {
      type: 'array',
      items: {
        type: 'object',
        required: ['session', 'kind', 'room', 'at', 'attendees'],
        properties: {
          session: text,
          kind: { type: 'string', enum: ['open', 'group', 'paper'] },
          room: text,
          at: { ...text, description: 'ISO 8601' },
          attendees: { type: 'integer' },
        },
      },
    },
  },
} as const;
const corrected = {
  type: 'object',
  required: ['added', 'removed'],
  properties: { added: { type: 'integer' }, removed: { type: 'integer' } },
} as const;

/** Who may see a session's minutes, and what else. */
interface Reader {
  session: string;
  room: string;
  /** `person:…`, or `link`. */
  by: string;
  mayCorrect: boolean;
}

interface Parts {
  db: Kysely<Database>;
  writes: WriteQueue;
  content: ContentFolder;
  phones: PhoneSessions;
  links: PhoneLinks;
  now: () => number;
}

/**
 * The minutes of a session on a phone: for its host and the branch's secretary after signing in, who name the
 * session, or by the link on the room's TV, which says it. By link nothing can be corrected.
 */
export function minutesRoutes(server: FastifyInstance, parts: Parts): void {
  const { db, writes, content, phones, links, now } = parts;
  const schema = { tags: ['phone'], security: [{ phone: [] }] };

  server.get(
    '/api/v1/phone/sessions',
    {
      schema: {
        ...schema,
        summary:
          "The sessions of the village's rooms, for hosts their own; newest first, those under way before all",
        response: { 200: sessions },
      },
    },
    async (request, reply) => {
      const { person, role, village } = await phones.person(request);
      const all = role === 'branch-secretary';
      const rooms = village === null ? [] : await roomsOf(db, village);
      const lists = rooms.map(async ({ id, name }) =>
        [
          ...(all ? await underWay(id) : []),
          ...(await listRecords(db, id)).filter(({ host }) => all || host === person),
        ].map((one) => ({ ...one, room: name })),
      );
      const found = (await Promise.all(lists)).flat();
      found.sort((a, b) => Number(b.kind === 'open') - Number(a.kind === 'open') || (a.at < b.at ? 1 : -1));
      return reply.header('cache-control', 'no-store').send({
        timeZone: (await content.current()).policy.timeZone,
        sessions: found,
      });
    },
  );

  async function underWay(room: string) {
    const rows = await db
      .selectFrom('group_sessions')
      .select(['id', 'opened_at'])
      .where('room', '=', room)
      .execute();
    return rows.map(({ id, opened_at }) => ({
      ...{ session: id, kind: 'open', attendees: 0 },
      at: new Date(opened_at).toISOString(),
    }));
  }

  server.get(
    '/api/v1/phone/minutes',
    {
      schema: {
        ...schema,
        summary: 'The minutes of a session, as far as it has come',
        querystring: query,
        response: { 200: view },
      },
    },
    async (request, reply) => {
      const reader = await readerOf(request);
      const record = await readRecord(db, reader.session);
      const minutes = record && (await minutesView(db, record, await content.current()));
      return reply.header('cache-control', 'no-store').send({
        state: minutes ? 'recorded' : 'open',
        room: (await roomName(db, reader.room)) ?? '',
        words: minutes?.words ?? (await wordsOf(db, reader.session)) ?? '',
        mayCorrect: reader.mayCorrect && minutes !== undefined,
        ...(reader.mayCorrect ? { people: await peopleOfRoom(db, reader.room) } : {}),
        ...(minutes ? { minutes } : {}),
      });
    },
  );

  server.put(
    '/api/v1/phone/minutes/words',
    {
      schema: {
        ...schema,
        summary: 'Write the one line of note of a session; the last one stands',
        querystring: query,
        body: wordsBody,
        response: { 204: { type: 'null', description: 'Written' } },
      },
    },
    async (request, reply) => {
      const { session: id, by } = await readerOf(request);
      const { words } = request.body as Static<typeof wordsBody>;
      await writes.run([sessionKey(id)], (trx) => writeWords(trx, id, words.trim(), by, now()));
      return reply.code(204).send();
    },
  );

  server.post(
    '/api/v1/phone/minutes/corrections',
    {
      schema: {
        ...schema,
        summary: 'Add people who were forgotten, take out who is there by mistake, with a reason',
        querystring: query,
        body: correctionBody,
        response: { 200: corrected },
      },
    },
    async (request) => {
      const { session: id, by, mayCorrect } = await readerOf(request);
      if (!mayCorrect)
        throw new Problem(403, 'may-not-correct', 'Only the host and the secretary of the branch correct.');
      const correction = request.body as Correction;
      const rules = await content.current();
      const done = await writes.run([sessionKey(id), ...correction.add, ...correction.remove], (trx) =>
        correctRecord(trx, id, by, correction, rules, now()),
      );
      if ('refused' in done) throw refusedRecord(done);
      return done;
    },
  );

  /** @throws {@link Problem} 401, 403, 404 */
  async function readerOf(request: FastifyRequest): Promise<Reader> {
    const token = linkToken(request);
    if (token !== undefined) {
      const linked = await links.subject('minutes', token);
      if (linked === undefined) throw linkOver();
      const place = await placeOfSession(linked);
      return { session: linked, room: place.room, by: 'link', mayCorrect: false };
    }
    const who = await phones.person(request);
    const { session: id = '' } = request.query as Static<typeof query>;
    const { room, host } = await placeOfSession(id);
    if (host !== who.person && !(await looksAfter(db, who, room)))
      throw new Problem(403, 'not-your-session', 'Minutes are for the host and the secretary of the branch.');
    return { session: id, room, by: `person:${who.person}`, mayCorrect: true };
  }

  async function placeOfSession(id: string): Promise<{ room: string; host: string | undefined }> {
    const open = await findSession(db, id);
    if (open) return { room: open.room, host: undefined };
    const record = await readRecord(db, id);
    if (!record) throw new Problem(404, 'no-such-session', 'There is no such session.');
    return { room: record.room, host: (JSON.parse(record.json) as GroupRecord | PaperRecord).host };
  }
}
