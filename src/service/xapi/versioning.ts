import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../http/problems.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The version a request under /xapi is answered in. */
    xapiVersion: XapiVersion;
  }
}

/** The newest version of each line that is spoken here. */
export const xapiVersions = ['1.0.3', '2.0.0'] as const;
export type XapiVersion = (typeof xapiVersions)[number];

const [OLD, NEW] = xapiVersions;

/**
 * Every request says which version it speaks, and every answer too; `/xapi/about` may be asked without, to
 * learn which are spoken. Comes before authentication: without a version nobody can tell how to answer.
 *
 * Sources: xAPI 1.0.3 Communication 3.3; xAPI 2.0 (IEEE 9274.1.1) 4.1.4 "Versioning"
 */
export function versioning(xapi: FastifyInstance): void {
  xapi.decorateRequest('xapiVersion', NEW);
  xapi.addHook('onSend', (request, reply, _payload, next) => {
    void reply.header('x-experience-api-version', request.xapiVersion);
    next();
  });
  xapi.addHook('onRequest', (request, _reply, next) => {
    const version = versionOf(request);
    request.xapiVersion = version ?? unsaid(request);
    const needless = request.routeOptions.url === '/xapi/about';
    next(version || needless ? undefined : versionProblem());
  });
}

/** A patch version is answered with the newest of its line. */
function versionOf({ headers }: FastifyRequest): XapiVersion | undefined {
  const version = headers['x-experience-api-version'];
  if (typeof version !== 'string') return undefined;
  const line = /^([12]\.0)(\.\d{1,3})?$/.exec(version)?.[1];
  return xapiVersions.find((spoken) => line !== undefined && spoken.startsWith(line));
}

/**
 * In what version to answer a caller that said none it can be answered in. The tests for 1.0.3 and those for
 * 2.0 each want their own; both take this.
 */
function unsaid({ method, query, routeOptions: { url } }: FastifyRequest): XapiVersion {
  const bare = method === 'GET' && url !== '/xapi/about' && Object.keys(query as object).length === 0;
  return bare ? OLD : NEW;
}

function versionProblem(): Problem {
  return new Problem(
    400,
    'xapi-version',
    `The header X-Experience-API-Version must say a version that is spoken here: ${xapiVersions.join(' or ')}.`,
  );
}
