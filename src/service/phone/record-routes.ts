import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { Readable } from 'node:stream';
import type { Static } from 'typebox';
import { localYear } from '../../domain/credit/local-date.ts';
import type { ContentFolder } from '../catalogue/content-folder.ts';
import { reasonLanguages, type ReasonLanguage } from '../credit/reasons.ts';
import type { Database } from '../db/schema.ts';
import { Problem } from '../http/problems.ts';
import type { PhoneSessions } from '../roster/phone-sessions.ts';
import { linkToken, type PhoneLinks } from './phone-links.ts';
import { recordCsv } from './record-csv.ts';
import { recordPdf } from './record-pdf.ts';
import { recordView, type RecordView } from './record-view.ts';

const query = {
  type: 'object',
  additionalProperties: false,
  properties: {
    year: { type: 'string', pattern: '^20[0-9]{2}$' },
    language: { type: 'string', enum: reasonLanguages },
  },
} as const;
const fileParams = {
  type: 'object',
  required: ['token', 'kind'],
  properties: {
    token: { type: 'string', pattern: '^link_[\\w-]{43}$' },
    kind: { type: 'string', enum: ['pdf', 'csv'] },
  },
} as const;

const text = { type: 'string' } as const;
const number = { type: 'number' } as const;
const nothing = { type: 'null' } as const;
const object = <Properties extends Record<string, object>>(properties: Properties) =>
  ({ type: 'object', required: Object.keys(properties), properties }) as const;
const list = (items: object) => ({ type: 'array', items }) as const;

const record = object({
  name: text,
  role: text,
  year: { type: 'integer' },
  today: text,
  lastSeen: { anyOf: [text, nothing] },
  hours: number,
  target: { anyOf: [object({ hours: number, reached: number }), nothing] },
  lines: list(
    object({
      ...{ day: text, lesson: text, mode: text, source: text, minutes: number, hours: number },
      correction: { anyOf: [text, nothing] },
    }),
  ),
  pending: list(
    object({
      ...{ day: text, lesson: text, mode: text, summary: text },
      reasons: list(object({ text, next: text })),
    }),
  ),
});
const files = object({
  pdf: { type: 'string', description: 'Where the file can be fetched without any credential' },
  csv: text,
  expiresIn: { type: 'integer', description: 'Seconds' },
});

interface Parts {
  db: Kysely<Database>;
  content: ContentFolder;
  phones: PhoneSessions;
  links: PhoneLinks;
  now: () => number;
}

/**
 * A person's own record on a phone, by the link that a TV shows or after signing in. A file is fetched by an
 * address of its own that is good for five minutes: phones hand downloads to other programs, which send no
 * headers. Neither address holds a name, a number or a PIN.
 */
export function recordRoutes(server: FastifyInstance, { db, content, phones, links, now }: Parts): void {
  const security = [{ phone: [] }];
  const tags = ['phone'];

  server.get(
    '/api/v1/phone/my-record',
    {
      schema: {
        summary: "A person's own year in words: every line with its source, what does not count and why",
        tags,
        security,
        querystring: query,
        response: { 200: record },
      },
    },
    async (request, reply) => {
      const person = await personOf(request);
      return reply.header('cache-control', 'no-store').send((await read(request, person)).view);
    },
  );

  server.post(
    '/api/v1/phone/my-record/files',
    {
      schema: {
        summary: 'Addresses at which the record can be fetched as PDF and CSV, for five minutes',
        tags,
        security,
        querystring: query,
        response: { 201: files },
      },
    },
    async (request, reply) => {
      const { token, expiresIn } = await links.make('record-file', await personOf(request));
      const rest = new URLSearchParams(request.query as Static<typeof query>).toString();
      const address = (kind: 'pdf' | 'csv'): string =>
        `/api/v1/phone/record-files/${token}/${kind}${rest === '' ? '' : `?${rest}`}`;
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ pdf: address('pdf'), csv: address('csv'), expiresIn });
    },
  );

  server.get(
    '/api/v1/phone/record-files/:token/:kind',
    {
      // Making a PDF takes the processor half a second or more.
      config: { rateLimit: { max: 20, timeWindow: '1 minute' } },
      schema: { summary: 'The record as a file', tags, params: fileParams, querystring: query },
    },
    async (request, reply) => {
      const { token, kind } = request.params as Static<typeof fileParams>;
      const person = await links.subject('record-file', token);
      if (person === undefined) throw linkOver();
      const { view, language } = await read(request, person);
      const file = `study-${view.year}.${kind}`;
      void reply.headers({
        'cache-control': 'no-store',
        'content-disposition': `attachment; filename="${file}"`,
      });
      return kind === 'pdf'
        ? reply.type('application/pdf').send(await recordPdf(view, language))
        : reply
            .type('text/csv; charset=utf-8; header=present')
            .send(Readable.from(recordCsv(view, language)));
    },
  );

  async function personOf(request: FastifyRequest): Promise<string> {
    const token = linkToken(request);
    if (token === undefined) return (await phones.person(request)).person;
    const person = await links.subject('record', token);
    if (person === undefined) throw linkOver();
    return person;
  }

  async function read(
    request: FastifyRequest,
    person: string,
  ): Promise<{ view: RecordView; language: ReasonLanguage }> {
    const { year, language = reasonLanguages[0] } = request.query as Static<typeof query>;
    const rules = await content.current();
    const wanted = year === undefined ? localYear(now(), rules.policy.timeZone) : Number(year);
    const view = await recordView(db, { person, year: wanted, language, now: now() }, rules);
    return { view, language };
  }
}

/** What a link answers when its time is over. */
export function linkOver(): Problem {
  return new Problem(401, 'link-over', 'This link has ended; scan another on the TV.');
}
