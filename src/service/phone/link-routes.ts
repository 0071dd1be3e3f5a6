import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type { Static } from 'typebox';
import { groupRecordSchema } from '../../domain/groups/group-record.ts';
import type { Database } from '../db/schema.ts';
import { readRecord } from '../groups/group-record-store.ts';
import { findSession } from '../groups/group-session-store.ts';
import { roomOf } from '../groups/room-roster.ts';
import { mayActFor, type Authenticator } from '../http/auth.ts';
import { Problem } from '../http/problems.ts';
import { secured } from '../http/scopes.ts';
import type { PhoneLinks } from './phone-links.ts';

/*
 * What a TV asks for to show it as a QR. No body; the answer of both:
 *
 *   201 { "url": "https://…/phone/my-record#link_…", "expiresIn": 900 }
 *
 * `expiresIn` in seconds: ask again before, while the QR is on the screen. Each answer is another link; those
 * before stay good until they end. Where records still wait on the TV, it adds `&waiting=<how many>` (1 to 9999)
 * to the address of a record before it shows it: the phone page then says that they are not in yet. It stays
 * behind the `#` like the token; the service never sees it.
 *
 * POST /api/v1/box/people/{person}/record-link: the box of a home, for a person of the home (or the box's own
 *   default viewer). 403 foreign-person otherwise, so also in a public room.
 * POST /api/v1/groups/sessions/{id}/minutes-link: the box that leads the session or stands in its room, while
 *   it is under way (the phone can type the line of note) and after its record is stored (the minutes).
 *   404 no-such-session before the service has heard of it, 403 not-the-room.
 */

const personParams = {
  type: 'object',
  required: ['person'],
  properties: { person: groupRecordSchema.properties.host },
} as const;
const sessionParams = {
  type: 'object',
  required: ['id'],
  properties: { id: groupRecordSchema.properties.lessons.items.properties.showing },
} as const;
const link = {
  type: 'object',
  required: ['url', 'expiresIn'],
  properties: { url: { type: 'string' }, expiresIn: { type: 'integer', description: 'Seconds' } },
} as const;

interface Parts {
  auth: Authenticator;
  db: Kysely<Database>;
  links: PhoneLinks;
  /** Where the service is reached from outside, without a slash at the end. */
  publicUrl: string | undefined;
}

/** Links that a TV shows as a QR. The token is behind the `#`: no server on the way ever sees it. */
export function linkRoutes(server: FastifyInstance, { auth, db, links, publicUrl }: Parts): void {
  const schema = { tags: ['box'], security: secured(['box']), response: { 201: link } };

  server.post(
    '/api/v1/box/people/:person/record-link',
    {
      schema: {
        ...schema,
        summary: "A link to a person's own record, for the QR on the TV of the home",
        params: personParams,
      },
    },
    async (request, reply) => {
      const caller = await auth.caller(request, ['box']);
      const { person } = request.params as Static<typeof personParams>;
      mayActFor(caller, person);
      const { token, expiresIn } = await links.make('record', person);
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ url: `${base(request)}/phone/my-record#${token}`, expiresIn });
    },
  );

  server.post(
    '/api/v1/groups/sessions/:id/minutes-link',
    {
      schema: {
        ...schema,
        summary: 'A link to the minutes of a session, for the QR on the TV of the room',
        params: sessionParams,
      },
    },
    async (request, reply) => {
      const caller = await auth.caller(request, ['box']);
      const { id } = request.params as Static<typeof sessionParams>;
      const [session, record] = await Promise.all([findSession(db, id), readRecord(db, id)]);
      const room = session?.room ?? record?.room;
      if (caller.kind !== 'box' || room === undefined)
        throw new Problem(404, 'no-such-session', 'The service has not heard of this session yet.');
      if (session?.box_id !== caller.boxId && (await roomOf(db, caller.boxId)) !== room)
        throw new Problem(403, 'not-the-room', 'This box does not stand in that room.');
      const { token, expiresIn } = await links.make('minutes', id);
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ url: `${base(request)}/phone/minutes#${token}`, expiresIn });
    },
  );

  function base({ protocol, host }: FastifyRequest): string {
    return publicUrl ?? `${protocol}://${host}`;
  }
}
