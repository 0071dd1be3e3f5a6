import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { ContentFolder } from '../catalogue/content-folder.ts';
import type { Database } from '../db/schema.ts';
import type { WriteQueue } from '../db/write-queue.ts';
import type { Authenticator } from '../http/auth.ts';
import { aboutRoute } from './about.ts';
import { alternateRequestSyntax, noAlternateSyntaxInVersion2 } from './alternate-request-syntax.ts';
import { refuseOtherContentTypes } from './content-types.ts';
import { onlyMethods } from './method-not-allowed.ts';
import { statementRoutes } from './statements/statement-routes.ts';
import { versioning } from './versioning.ts';

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
    alternateRequestSyntax(xapi);
    versioning(xapi);
    noAlternateSyntaxInVersion2(xapi);

    aboutRoute(xapi);
    onlyMethods(xapi, '/xapi/about', ['GET']);

    await xapi.register(async (statements) => {
      refuseOtherContentTypes(statements);
      await statementRoutes(statements, parts);
      onlyMethods(statements, '/xapi/statements', ['GET', 'PUT', 'POST']);
    });
  });
}
