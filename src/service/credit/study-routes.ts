import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { Static } from 'typebox';
import { localYear } from '../../domain/credit/local-date.ts';
import type { ContentFolder } from '../catalogue/content-folder.ts';
import type { Database } from '../db/schema.ts';
import { mayActFor, type Authenticator } from '../http/auth.ts';
import { secured } from '../http/scopes.ts';
import { ledgerEntry } from './ledger.ts';
import { readStudyYear } from './study.ts';

/** No control characters: PostgreSQL's texts know no NUL. */
const person = { type: 'string', maxLength: 200, pattern: '^[^\\u0000-\\u001f]+$' } as const;

const personParams = {
  type: 'object',
  required: ['person'],
  properties: { person },
} as const;

const studyQuery = {
  type: 'object',
  additionalProperties: false,
  properties: { year: { type: 'string', pattern: '^20[0-9]{2}$' } },
} as const;

const ledgerQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    person,
    /** Entries written at this moment or later, ISO 8601. */
    since: { type: 'string', format: 'date-time' },
    limit: { type: 'string', pattern: '^[1-9][0-9]{0,3}$' },
    /** From the answer's `more`. */
    after: { type: 'string', pattern: '^[0-9]{1,15}$' },
  },
} as const;

const PAGE = 500;

interface Parts {
  auth: Authenticator;
  db: Kysely<Database>;
  content: ContentFolder;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** What "My study" and the county's programs read. */
export function studyRoutes(server: FastifyInstance, { auth, db, content, now }: Parts): void {
  server.get(
    '/api/v1/people/:person/study',
    {
      schema: {
        summary: "A person's year: hours, ledger entries, and how each lesson stands and why",
        security: secured(['box', 'integration'], 'ledger/read'),
        params: personParams,
        querystring: studyQuery,
      },
    },
    async (request, reply) => {
      const caller = await auth.caller(request, ['box', 'integration'], 'ledger/read');
      const { person: who } = request.params as Static<typeof personParams>;
      mayActFor(caller, who);
      const { year } = request.query as Static<typeof studyQuery>;
      const rules = await content.current();
      const wanted = year === undefined ? localYear(now(), rules.policy.timeZone) : Number(year);
      void reply.header('cache-control', 'no-store');
      return readStudyYear(db, who, wanted, rules);
    },
  );

  server.get(
    '/api/v1/ledger',
    {
      schema: {
        summary: 'The ledger in the order in which it was written',
        security: secured(['integration'], 'ledger/read'),
        querystring: ledgerQuery,
      },
    },
    async (request, reply) => {
      await auth.caller(request, ['integration'], 'ledger/read');
      const { person: who, since, limit, after } = request.query as Static<typeof ledgerQuery>;
      const size = Math.min(Number(limit ?? PAGE), PAGE);
      let query = db
        .selectFrom('ledger')
        .selectAll()
        .orderBy('seq')
        .limit(size + 1);
      if (who !== undefined) query = query.where('person', '=', who);
      if (since !== undefined) query = query.where('written_at', '>=', Date.parse(since));
      if (after !== undefined) query = query.where('seq', '>', Number(after));
      const records = await query.execute();
      const page = records.slice(0, size);
      const rest = new URLSearchParams({
        ...(who === undefined ? {} : { person: who }),
        limit: String(size),
        after: String(page[page.length - 1]?.seq ?? 0),
      });
      void reply.header('cache-control', 'no-store');
      return {
        entries: page.map(ledgerEntry),
        more: records.length > size ? `/api/v1/ledger?${rest.toString()}` : '',
      };
    },
  );
}
