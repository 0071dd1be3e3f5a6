import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { ContentFolder } from '../catalogue/content-folder.ts';
import type { Database } from '../db/schema.ts';
import type { WriteQueue } from '../db/write-queue.ts';
import type { Authenticator } from '../http/auth.ts';
import { aboutRoute } from './about.ts';
import { activitiesResource } from './activities/activities-resource.ts';
import { agentsResource } from './agents/agents-resource.ts';
import { alternateRequestSyntax, noAlternateSyntaxInVersion2 } from './alternate-request-syntax.ts';
import { refuseOtherContentTypes, takeAllContentTypes } from './content-types.ts';
import { activityProfile } from './documents/activity-profile.ts';
import { agentProfile } from './documents/agent-profile.ts';
import { documentResource } from './documents/document-resource.ts';
import { DocumentStore } from './documents/document-store.ts';
import { state } from './documents/state.ts';
import { onlyMethods } from './method-not-allowed.ts';
import { statementRoutes } from './statements/statement-routes.ts';
import { tellVersion, wantVersion } from './versioning.ts';

export interface XapiParts {
  auth: Authenticator;
  db: Kysely<Database>;
  writes: WriteQueue;
  content: ContentFolder;
  /** Milliseconds since 1970. */
  now: () => number;
}

/**
 * The whole surface of a Learning Record Store under `/xapi`, for xAPI 1.0.3 and 2.0. GET routes answer HEAD
 * too (Fastify's `exposeHeadRoutes`).
 *
 * Sources: https://github.com/adlnet/xAPI-Spec/blob/1.0.3/xAPI-Communication.md and
 * https://opensource.ieee.org/xapi/xapi-base-standard-documentation (docs/xapi.md maps their sections here)
 */
export async function xapiRoutes(server: FastifyInstance, parts: XapiParts): Promise<void> {
  await server.register(async (xapi) => {
    tellVersion(xapi);
    alternateRequestSyntax(xapi);
    wantVersion(xapi);
    noAlternateSyntaxInVersion2(xapi);

    aboutRoute(xapi);
    onlyMethods(xapi, '/xapi/about', ['GET']);
    activitiesResource(xapi, parts);
    agentsResource(xapi, parts);

    await xapi.register((documents, _options, done) => {
      takeAllContentTypes(documents);
      const store = new DocumentStore(parts.db, parts.writes, parts.now);
      for (const resource of [state, agentProfile, activityProfile])
        documentResource(documents, { auth: parts.auth, store }, resource);
      done();
    });

    await xapi.register((statements, _options, done) => {
      refuseOtherContentTypes(statements);
      statementRoutes(statements, parts);
      onlyMethods(statements, '/xapi/statements', ['GET', 'PUT', 'POST']);
      done();
    });
  });
}
