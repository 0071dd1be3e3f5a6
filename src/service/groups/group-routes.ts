import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { Static } from 'typebox';
import {
  groupRecordSchema,
  paperRecordSchema,
  type GroupRecord,
  type PaperRecord,
} from '../../domain/groups/group-record.ts';
import type { ContentFolder } from '../catalogue/content-folder.ts';
import type { Database } from '../db/schema.ts';
import type { WriteQueue } from '../db/write-queue.ts';
import type { Authenticator, Caller } from '../http/auth.ts';
import { Problem } from '../http/problems.ts';
import { secured } from '../http/scopes.ts';
import { refusedCheckIn } from './check-in-routes.ts';
import { readCheckIns, secondsNow, findSession, sessionKey, takeNews } from './group-session-store.ts';
import {
  correctRecord,
  readRecord,
  storePaper,
  storeRecord,
  type Correction,
  type Recorded,
  type RecordRefusal,
} from './group-record-store.ts';
import { guestsByPhone } from './guests.ts';
import { listRecords } from './list-records.ts';
import { maskedMinutes, minutesView } from './minutes-view.ts';
import { roomOf } from './room-roster.ts';
import { wordsOf } from './words.ts';

const uuid = groupRecordSchema.properties.lessons.items.properties.showing;
const person = groupRecordSchema.properties.host;
const { room, seconds } = groupRecordSchema.properties;
const params = { type: 'object', required: ['id'], properties: { id: uuid } } as const;
const persons = { type: 'array', maxItems: 500, uniqueItems: true, items: person } as const;

const newsBody = {
  type: 'object',
  required: ['room', 'secret', 'seconds'],
  additionalProperties: false,
  properties: {
    room,
    /** 32 random bytes in hex: the check-in codes follow from it. */
    secret: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    /** How long the session has been going on. */
    seconds,
  },
} as const;

export const correctionBody = {
  type: 'object',
  required: ['id', 'reason', 'add', 'remove'],
  additionalProperties: false,
  properties: {
    id: uuid,
    reason: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f]+$' },
    /** Forgotten on the list. */
    add: persons,
    /** On the list by mistake. */
    remove: persons,
  },
} as const;

const listQuery = {
  type: 'object',
  required: ['room'],
  additionalProperties: false,
  properties: {
    room,
    /** Only what began before this moment, ISO 8601. */
    before: { type: 'string', format: 'date-time' },
  },
} as const;

const recorded = {
  type: 'object',
  required: ['attendees', 'fromPhones', 'unknown'],
  properties: {
    attendees: { type: 'integer' },
    fromPhones: { type: 'integer' },
    unknown: { type: 'array', items: { type: 'string' } },
  },
} as const;

const recordStatus: Record<RecordRefusal['refused'], [status: number, detail: string]> = {
  'invalid-record': [400, 'The record cannot be right.'],
  'record-conflict': [409, 'Another record is stored under this id.'],
  'no-attendees': [422, 'Nobody of the roster was there; a session without people is not stored.'],
  'in-the-future': [422, 'The session ended in the future.'],
  'foreign-session': [403, 'Another box leads this session.'],
  'sheet-known': [409, 'A sheet of this name, or a session at this time, is stored for the room already.'],
  'no-such-record': [404, 'There is no record of this session.'],
};

interface Parts {
  auth: Authenticator;
  db: Kysely<Database>;
  writes: WriteQueue;
  content: ContentFolder;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Studying together: a room's box leads a session, phones check in to it, its record is stored once. */
export function groupRoutes(server: FastifyInstance, { auth, db, writes, content, now: clock }: Parts): void {
  server.put(
    '/api/v1/groups/sessions/:id',
    {
      schema: {
        summary: 'Open a group session, or say how far it is',
        security: secured(['box']),
        params,
        body: newsBody,
      },
    },
    async (request) => {
      const { boxId } = boxOf(await auth.caller(request, ['box']));
      const { id } = request.params as Static<typeof params>;
      const news = request.body as Static<typeof newsBody>;
      await mayLead(boxId, news.room);
      const state = await writes.run([sessionKey(id)], (trx) =>
        takeNews(trx, { id, boxId, ...news }, clock()),
      );
      if (state === 'foreign') throw refusedRecord({ refused: 'foreign-session' });
      return { state };
    },
  );

  server.get(
    '/api/v1/groups/sessions/:id',
    {
      schema: {
        summary: 'Who has checked in to a session so far',
        security: secured(['box']),
        params,
      },
    },
    async (request, reply) => {
      const { boxId } = boxOf(await auth.caller(request, ['box']));
      const { id } = request.params as Static<typeof params>;
      void reply.header('cache-control', 'no-store');
      const session = await findSession(db, id);
      if (session && session.box_id !== boxId) throw refusedRecord({ refused: 'foreign-session' });
      if (!session && !(await readRecord(db, id))) throw refusedCheckIn('no-such-session');
      return {
        state: session ? 'open' : 'recorded',
        ...(session ? { seconds: secondsNow(session, clock()) } : {}),
        checkIns: (await readCheckIns(db, id)).map(({ person, seconds }) => ({ person, seconds })),
        /** Counted by their own phones. */
        guests: await guestsByPhone(db, id),
        /** The line of note typed on a phone, if one was. */
        words: await wordsOf(db, id),
      };
    },
  );

  server.post(
    '/api/v1/groups/sessions/:id/record',
    {
      schema: {
        summary: 'Store the finished record of a session; again does no harm',
        security: secured(['box']),
        params,
        body: groupRecordSchema,
        response: { 200: recorded },
      },
    },
    async (request) => {
      const { boxId } = boxOf(await auth.caller(request, ['box']));
      const { id } = request.params as Static<typeof params>;
      const record = request.body as GroupRecord;
      const session = await findSession(db, id);
      // A box that has been moved since may still hand in what it led.
      if (!session && !(await readRecord(db, id))) await mayLead(boxId, record.room);
      const rules = await content.current();
      const checkedIn = (await readCheckIns(db, id)).map(({ person }) => person);
      const keys = [...record.attendees.map(({ person }) => person), ...checkedIn];
      const stored = await writes.run([sessionKey(id), ...new Set(keys)], (trx) =>
        storeRecord(trx, id, boxId, record, rules, clock()),
      );
      return answer(stored);
    },
  );

  server.put(
    '/api/v1/groups/sessions/:id/paper',
    {
      schema: {
        summary: 'Enter a sheet of paper that people signed; again does no harm',
        security: secured(['box', 'integration'], 'ledger/correct'),
        params,
        body: paperRecordSchema,
        response: { 200: recorded },
      },
    },
    async (request) => {
      const caller = await auth.caller(request, ['box', 'integration'], 'ledger/correct');
      const { id } = request.params as Static<typeof params>;
      const paper = request.body as PaperRecord;
      if (caller.kind === 'box') await mayLead(caller.boxId, paper.room);
      const rules = await content.current();
      const stored = await writes.run([sessionKey(id), ...paper.attendees], (trx) =>
        storePaper(trx, id, nameOf(caller), paper, rules, clock()),
      );
      return answer(stored);
    },
  );

  server.post(
    '/api/v1/groups/sessions/:id/corrections',
    {
      schema: {
        summary: 'Add people to a record who were forgotten, take out who is there by mistake',
        security: secured(['box', 'integration'], 'ledger/correct'),
        params,
        body: correctionBody,
      },
    },
    async (request) => {
      const caller = await auth.caller(request, ['box', 'integration'], 'ledger/correct');
      const { id } = request.params as Static<typeof params>;
      const correction = request.body as Correction;
      const record = await readRecord(db, id);
      if (record && caller.kind === 'box') await mayLead(caller.boxId, record.room);
      const rules = await content.current();
      const done = await writes.run([sessionKey(id), ...correction.add, ...correction.remove], (trx) =>
        correctRecord(trx, id, nameOf(caller), correction, rules, clock()),
      );
      if ('refused' in done) throw refusedRecord(done);
      return done;
    },
  );

  server.get(
    '/api/v1/groups/sessions/:id/minutes',
    {
      schema: {
        summary: 'The minutes of a session, with the names of who was there; for a box masked',
        security: secured(['box', 'integration'], 'roster'),
        params,
      },
    },
    async (request, reply) => {
      const caller = await auth.caller(request, ['box', 'integration'], 'roster');
      const { id } = request.params as Static<typeof params>;
      const record = await readRecord(db, id);
      if (!record) throw refusedRecord({ refused: 'no-such-record' });
      if (caller.kind === 'box') await mayLead(caller.boxId, record.room);
      void reply.header('cache-control', 'no-store');
      const minutes = await minutesView(db, record, await content.current());
      return caller.kind === 'box' ? maskedMinutes(minutes) : minutes;
    },
  );

  server.get(
    '/api/v1/groups/records',
    {
      schema: {
        summary: 'The sessions of a room, newest first',
        security: secured(['box', 'integration'], 'roster'),
        querystring: listQuery,
      },
    },
    async (request, reply) => {
      const caller = await auth.caller(request, ['box', 'integration'], 'roster');
      const { room: wanted, before } = request.query as Static<typeof listQuery>;
      if (caller.kind === 'box') await mayLead(caller.boxId, wanted);
      void reply.header('cache-control', 'no-store');
      return {
        records: await listRecords(db, wanted, before === undefined ? undefined : Date.parse(before)),
      };
    },
  );

  /** @throws {@link Problem} 403 unless the box stands in the room. */
  async function mayLead(boxId: string, wanted: string): Promise<void> {
    if ((await roomOf(db, boxId)) !== wanted)
      throw new Problem(403, 'not-the-room', 'This box does not stand in that room.');
  }
}

function boxOf(caller: Caller): Extract<Caller, { kind: 'box' }> {
  if (caller.kind !== 'box') throw new Problem(403, 'forbidden', 'This caller may not do that.');
  return caller;
}

function nameOf(caller: Caller): string {
  return caller.kind === 'box' ? `box:${caller.boxId}` : `integration:${caller.name}`;
}

function answer(outcome: Recorded | RecordRefusal): Recorded {
  if ('refused' in outcome) throw refusedRecord(outcome);
  return outcome;
}

export function refusedRecord(refusal: RecordRefusal): Problem {
  const [status, detail] = recordStatus[refusal.refused];
  return new Problem(
    status,
    refusal.refused,
    detail,
    'mistakes' in refusal ? { errors: refusal.mistakes } : {},
  );
}
