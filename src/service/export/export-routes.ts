import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Kysely } from 'kysely';
import { Readable } from 'node:stream';
import type { Static } from 'typebox';
import { localYear } from '../../domain/credit/local-date.ts';
import type { ContentFolder } from '../catalogue/content-folder.ts';
import type { Database } from '../db/schema.ts';
import type { Authenticator } from '../http/auth.ts';
import { Problem } from '../http/problems.ts';
import { secured } from '../http/scopes.ts';
import { rosterId } from '../roster/roster-schema.ts';
import { ledgerCsv } from './ledger-csv.ts';
import type { Span } from './pages.ts';
import { peopleCsv } from './people-csv.ts';
import { statementLines } from './statement-lines.ts';

const moment = { type: 'string', format: 'date-time' } as const;
const truth = { type: 'string', enum: ['true', 'false'] } as const;

const spanQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    /** From this moment on, ISO 8601. */
    since: moment,
    /** Before this moment; now if left out. */
    until: moment,
  },
} as const;

const ledgerQuery = {
  ...spanQuery,
  properties: {
    ...spanQuery.properties,
    /** `true` puts a byte order mark in front, for Excel. */
    bom: truth,
  },
} as const;

const peopleQuery = {
  type: 'object',
  required: ['branch'],
  additionalProperties: false,
  properties: {
    branch: rosterId,
    year: { type: 'string', pattern: '^20[0-9]{2}$' },
    /** `true` adds people's names; needs the scope `roster` as well. */
    names: truth,
    bom: truth,
  },
} as const;

interface Parts {
  auth: Authenticator;
  db: Kysely<Database>;
  content: ContentFolder;
  now: () => number;
}

/** Everything the county may carry away, streamed: whatever its size, it is never in memory whole. */
export function exportRoutes(server: FastifyInstance, { auth, db, content, now }: Parts): void {
  const security = secured(['integration'], 'export');
  const send = (reply: FastifyReply, type: string, file: string, text: AsyncIterable<string>): FastifyReply =>
    reply
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="${file}"`)
      .type(type)
      .send(Readable.from(text));

  server.get(
    '/api/v1/exports/statements',
    {
      schema: {
        summary: 'Statements as xAPI JSON lines, in the order in which they were stored',
        security,
        querystring: spanQuery,
      },
    },
    async (request, reply) => {
      await auth.caller(request, ['integration'], 'export');
      const span = spanOf(request.query as Static<typeof spanQuery>, now());
      return send(reply, 'application/x-ndjson', 'statements.jsonl', statementLines(db, span));
    },
  );

  server.get(
    '/api/v1/exports/ledger',
    { schema: { summary: 'The ledger as CSV', security, querystring: ledgerQuery } },
    async (request, reply) => {
      await auth.caller(request, ['integration'], 'export');
      const { bom, ...span } = request.query as Static<typeof ledgerQuery>;
      const text = ledgerCsv(db, spanOf(span, now()), { bom: bom === 'true' });
      return send(reply, 'text/csv; charset=utf-8; header=present', 'ledger.csv', text);
    },
  );

  server.get(
    '/api/v1/exports/people',
    {
      schema: {
        summary: "A branch's people with their hours in a year and their target, as CSV",
        security,
        querystring: peopleQuery,
      },
    },
    async (request, reply) => {
      await auth.caller(request, ['integration'], 'export');
      const { branch, year, names, bom } = request.query as Static<typeof peopleQuery>;
      if (names === 'true') await auth.caller(request, ['integration'], 'roster');
      const known = await db.selectFrom('branches').select('id').where('id', '=', branch).executeTakeFirst();
      if (!known) throw new Problem(404, 'no-such-branch', 'There is no branch with this id.');
      const { policy } = await content.current();
      const text = peopleCsv(db, policy, {
        branch,
        year: year === undefined ? localYear(now(), policy.timeZone) : Number(year),
        names: names === 'true',
        bom: bom === 'true',
      });
      return send(reply, 'text/csv; charset=utf-8; header=present', 'people.csv', text);
    },
  );
}

function spanOf({ since, until }: Static<typeof spanQuery>, now: number): Span {
  return {
    since: since === undefined ? 0 : Date.parse(since),
    until: until === undefined ? now : Date.parse(until),
  };
}
