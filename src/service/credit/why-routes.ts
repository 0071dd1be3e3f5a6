import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import Negotiator from 'negotiator';
import type { Static } from 'typebox';
import type { ContentFolder } from '../catalogue/content-folder.ts';
import type { Database } from '../db/schema.ts';
import { mayActFor, type Authenticator } from '../http/auth.ts';
import { Problem } from '../http/problems.ts';
import { secured } from '../http/scopes.ts';
import { reasonLanguages, reasonsInWords, type ReasonLanguage } from './reasons.ts';
import { readRegistration } from './study.ts';

const params = {
  type: 'object',
  required: ['person', 'registration'],
  properties: {
    person: { type: 'string', maxLength: 200, pattern: '^[^\\u0000-\\u001f]+$' },
    registration: { type: 'string', pattern: '^[0-9a-f-]{36}$' },
  },
} as const;

const query = {
  type: 'object',
  additionalProperties: false,
  properties: { language: { type: 'string', enum: reasonLanguages } },
} as const;

interface Parts {
  auth: Authenticator;
  db: Kysely<Database>;
  content: ContentFolder;
}

/** `GET …/why`: "Why did this not count?", for the person who asks. */
export function whyRoutes(server: FastifyInstance, { auth, db, content }: Parts): void {
  server.get(
    '/api/v1/people/:person/registrations/:registration/why',
    {
      schema: {
        summary: 'Each rule of a lesson in a credit period: verdict, figure, limit, words, and what to do',
        description: 'In the language of `language`, else of `Accept-Language`: zh-CN or en.',
        security: secured(['box', 'integration'], 'ledger/read'),
        params,
        querystring: query,
      },
    },
    async (request, reply) => {
      const caller = await auth.caller(request, ['box', 'integration'], 'ledger/read');
      const { person, registration } = request.params as Static<typeof params>;
      mayActFor(caller, person);
      const asked = (request.query as Static<typeof query>).language;
      const [accepted = reasonLanguages[0]] = new Negotiator(request).languages([...reasonLanguages]);
      const language = (asked ?? accepted) as ReasonLanguage;
      const found = await readRegistration(db, person, registration, await content.current());
      if (!found) throw new Problem(404, 'no-such-registration', 'Nothing is known of this registration.');
      const { lesson, entries } = found;
      const hours = entries.reduce((sum, entry) => sum + entry.hours, 0);
      void reply.headers({
        'cache-control': 'no-store',
        'content-language': language,
        vary: 'accept-language',
      });
      const { lessonId, status, coverage, threshold } = lesson;
      return {
        person,
        registration,
        lessonId,
        status,
        coverage,
        threshold,
        language,
        ...reasonsInWords(lesson, hours, language),
        /** Why a person is to look at it meanwhile; `null` if nobody is. */
        review: entries.find(({ review }) => review)?.review?.reason?.[language] ?? null,
        entries,
      };
    },
  );
}
