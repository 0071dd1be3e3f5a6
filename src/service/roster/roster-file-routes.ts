import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import Negotiator from 'negotiator';
import type { Static } from 'typebox';
import type { Database } from '../db/schema.ts';
import type { WriteQueue } from '../db/write-queue.ts';
import type { Authenticator } from '../http/auth.ts';
import { Problem } from '../http/problems.ts';
import { secured } from '../http/scopes.ts';
import { rosterEncodings, writeCsv } from './roster-csv.ts';
import { importRoster } from './roster-import.ts';
import { readRosterTables } from './roster-store.ts';
import { rosterLanguages, type RosterLanguage } from './roster-words.ts';

/** Some 100,000 people, bytes. */
const LARGEST_FILE = 8 * 1024 * 1024;

const importQuery = {
  type: 'object',
  additionalProperties: false,
  properties: { dryRun: { type: 'string', enum: ['true', 'false'] } },
} as const;

const exportQuery = {
  type: 'object',
  additionalProperties: false,
  properties: { encoding: { type: 'string', enum: rosterEncodings } },
} as const;

const counts = {
  type: 'object',
  required: ['added', 'changed', 'unchanged'],
  properties: {
    added: { type: 'integer' },
    changed: { type: 'integer' },
    unchanged: { type: 'integer' },
  },
} as const;

const report = {
  type: 'object',
  required: ['dryRun', 'changes', 'problems'],
  properties: {
    dryRun: { type: 'boolean' },
    encoding: { type: 'string', enum: rosterEncodings },
    changes: {
      type: 'object',
      required: ['villages', 'branches', 'homes', 'rooms', 'people'],
      properties: { villages: counts, branches: counts, homes: counts, rooms: counts, people: counts },
    },
    problems: {
      type: 'array',
      items: {
        type: 'object',
        required: ['line', 'column', 'code', 'message'],
        properties: {
          line: { type: 'integer' },
          column: { type: 'string' },
          code: { type: 'string' },
          message: { type: 'string' },
        },
      },
    },
  },
} as const;

interface Parts {
  auth: Authenticator;
  db: Kysely<Database>;
  writes: WriteQueue;
  /** The service's clock, milliseconds since 1970. */
  now: () => number;
}

/** The roster as a spreadsheet: `POST /api/v1/roster/import` and `GET /api/v1/roster/export`. */
export async function rosterFileRoutes(
  server: FastifyInstance,
  { auth, db, writes, now }: Parts,
): Promise<void> {
  await server.register((api, _options, done) => {
    api.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (_request, body, parsed) => {
      parsed(null, body);
    });
    api.post(
      '/api/v1/roster/import',
      {
        bodyLimit: LARGEST_FILE,
        schema: {
          summary: 'Put a CSV file into the roster, or with dryRun=true only tell what it would do',
          description:
            'UTF-8 or GB18030. All of the file is taken or nothing: 422 names every mistake by line and column. ' +
            'What the file does not name stays. `Accept-Language` chooses the language of the words.',
          security: secured(['integration'], 'roster'),
          consumes: ['text/csv'],
          querystring: importQuery,
          response: { 200: report, 422: report },
        },
      },
      async (request, reply) => {
        await auth.caller(request, ['integration'], 'roster');
        const { dryRun } = request.query as Static<typeof importQuery>;
        const file = request.body ?? Buffer.alloc(0);
        if (!Buffer.isBuffer(file))
          throw new Problem(415, 'unsupported-media-type', 'The roster comes as text/csv.');
        const result = await importRoster(writes, file, {
          dryRun: dryRun === 'true',
          language: languageOf(request),
          now: now(),
        });
        return reply.code(result.problems.length > 0 ? 422 : 200).send(result);
      },
    );
    api.get(
      '/api/v1/roster/export',
      {
        schema: {
          summary: 'The roster as a CSV file that the import takes',
          security: secured(['integration'], 'roster'),
          querystring: exportQuery,
        },
      },
      async (request, reply) => {
        await auth.caller(request, ['integration'], 'roster');
        const { encoding = 'utf-8' } = request.query as Static<typeof exportQuery>;
        return reply
          .type(`text/csv; charset=${encoding}; header=present`)
          .header('content-disposition', 'attachment; filename="roster.csv"')
          .header('cache-control', 'no-store')
          .send(writeCsv(await readRosterTables(db), encoding));
      },
    );
    done();
  });
}

function languageOf(request: { headers: Record<string, unknown> }): RosterLanguage {
  const wanted = new Negotiator(request as never).language([...rosterLanguages]);
  return rosterLanguages.find((language) => language === wanted) ?? 'zh-CN';
}
