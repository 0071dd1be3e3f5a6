import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { Static } from 'typebox';
import { localDate } from '../../domain/credit/local-date.ts';
import { policyOn } from '../../domain/credit/policy.ts';
import type { ContentFolder } from '../catalogue/content-folder.ts';
import type { Database } from '../db/schema.ts';
import type { WriteQueue } from '../db/write-queue.ts';
import type { Authenticator } from '../http/auth.ts';
import { Problem } from '../http/problems.ts';
import { secured } from '../http/scopes.ts';
import { rosterId, rosterParts, type RosterPart } from './roster-schema.ts';
import { findEntry, listEntries, putEntry, type RosterEntry } from './roster.ts';

const listQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    /** From the answer's `more`. */
    after: rosterId,
    limit: { type: 'string', pattern: '^[1-9][0-9]{0,2}$' },
  },
} as const;

const PAGE = 500;

interface Parts {
  auth: Authenticator;
  db: Kysely<Database>;
  writes: WriteQueue;
  content: ContentFolder;
  now: () => number;
}

/** Villages, branches, homes, rooms and people, as the county's programs keep them. */
export function rosterRoutes(server: FastifyInstance, { auth, db, writes, content, now }: Parts): void {
  const security = secured(['integration'], 'roster');
  const tags = ['roster'];

  for (const part of Object.keys(rosterParts) as RosterPart[]) {
    const { id, body, answer } = rosterParts[part];
    const params = { type: 'object', required: ['id'], properties: { id } } as const;
    const path = `/api/v1/${part}`;

    server.put(
      `${path}/:id`,
      {
        schema: {
          summary: `Write one of the ${part} under its id, whole`,
          tags,
          security,
          params,
          body,
          response: { 200: answer, 201: answer },
        },
      },
      async (request, reply) => {
        await auth.caller(request, ['integration'], 'roster');
        const entry = {
          ...(request.body as Omit<RosterEntry, 'id'>),
          id: (request.params as { id: string }).id,
        };
        if (entry.role !== undefined) await mustBeRole(entry.role);
        const result = await writes.run([`roster:${part}:${entry.id}`], (trx) =>
          putEntry(trx, part, entry, now()),
        );
        if (result instanceof Problem) throw result;
        return reply.code(result.created ? 201 : 200).send(result.entry);
      },
    );

    server.get(
      `${path}/:id`,
      {
        schema: {
          summary: `One of the ${part}`,
          tags,
          security,
          params,
          response: { 200: answer },
        },
      },
      async (request, reply) => {
        await auth.caller(request, ['integration'], 'roster');
        const found = await findEntry(db, part, (request.params as { id: string }).id);
        if (!found) throw new Problem(404, 'not-in-roster', 'The roster has nothing under this id.');
        return reply.header('cache-control', 'no-store').send(found);
      },
    );

    server.get(
      path,
      {
        schema: {
          summary: `The ${part}, in the order of their ids`,
          tags,
          security,
          querystring: listQuery,
          response: {
            200: {
              type: 'object',
              required: [part, 'more'],
              properties: {
                [part]: { type: 'array', items: answer },
                more: { type: 'string', description: 'Address of the next page, or empty' },
              },
            },
          },
        },
      },
      async (request, reply) => {
        await auth.caller(request, ['integration'], 'roster');
        const { after, limit } = request.query as Static<typeof listQuery>;
        const size = Math.min(Number(limit ?? PAGE), PAGE);
        const found = await listEntries(db, part, { after, limit: size + 1 });
        const page = found.slice(0, size);
        const more = found.length > size ? `${path}?limit=${size}&after=${page[size - 1]?.id ?? ''}` : '';
        return reply.header('cache-control', 'no-store').send({ [part]: page, more });
      },
    );
  }

  /** The policy says what each role owes in a year. */
  async function mustBeRole(role: string): Promise<void> {
    const { policy: book } = await content.current();
    const { targets } = policyOn(book, localDate(now(), book.timeZone));
    if (!Object.hasOwn(targets, role))
      throw new Problem(422, 'unknown-role', `The policy knows ${Object.keys(targets).join(', ')}.`, {
        errors: [{ path: '/role', message: 'is not in the policy' }],
      });
  }
}
