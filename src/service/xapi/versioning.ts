import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import type { XapiVersion } from '../../domain/statements/statement-schema.ts';
import { Problem } from '../http/problems.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The version a request under /xapi is answered in. */
    xapiVersion: XapiVersion;
  }
}

/** The newest version of each line that is spoken here. */
export const xapiVersions: readonly XapiVersion[] = ['1.0.3', '2.0.0'];

/**
 * Every answer says its version, refusals too. A caller that says none that is spoken here is answered in the
 * one it spoke last: the tests of 1.0.3 and of 2.0 each want their own.
 */
export function tellVersion(xapi: FastifyInstance): void {
  const lastSpoken = new LastSpoken();
  xapi.decorateRequest('xapiVersion', '1.0.3');
  xapi.addHook('onRequest', (request, _reply, next) => {
    const version = spokenVersion(request);
    if (version) lastSpoken.remember(request, version);
    request.xapiVersion = version ?? lastSpoken.of(request);
    next();
  });
  xapi.addHook('onSend', (request, reply, _payload, next) => {
    void reply.header('x-experience-api-version', request.xapiVersion);
    next();
  });
}

/**
 * Every request says which version it speaks; `/xapi/about` may be asked without, to learn which are spoken.
 * Comes before authentication: without a version nobody can tell how to answer.
 *
 * Sources: xAPI 1.0.3 Communication 3.3; xAPI 2.0 (IEEE 9274.1.1) 4.1
 */
export function wantVersion(xapi: FastifyInstance): void {
  xapi.addHook('onRequest', (request, _reply, next) => {
    const version = spokenVersion(request);
    request.xapiVersion = version ?? request.xapiVersion;
    const needless = request.routeOptions.url === '/xapi/about';
    next(version || needless ? undefined : versionProblem());
  });
}

/** The version a request says, if it is spoken here. A patch version is answered with the newest of its line. */
export function spokenVersion({ headers }: FastifyRequest): XapiVersion | undefined {
  const version = headers['x-experience-api-version'];
  if (typeof version !== 'string') return undefined;
  const line = /^([12]\.0)(\.\d{1,3})?$/.exec(version)?.[1];
  return xapiVersions.find((spoken) => line !== undefined && spoken.startsWith(line));
}

/** How many callers of 2.0 are remembered. */
const REMEMBERED = 1000;

/** Which callers spoke 2.0 last, by a hash of their credential; the others are taken to speak 1.0. */
class LastSpoken {
  readonly #newer = new Set<string>();

  remember(request: FastifyRequest, version: XapiVersion): void {
    if (version === '1.0.3') {
      if (this.#newer.size > 0) this.#newer.delete(callerOf(request));
      return;
    }
    if (this.#newer.size >= REMEMBERED) this.#newer.clear();
    this.#newer.add(callerOf(request));
  }

  of(request: FastifyRequest): XapiVersion {
    return this.#newer.has(callerOf(request)) ? '2.0.0' : '1.0.3';
  }
}

function callerOf({ headers, ip }: FastifyRequest): string {
  return createHash('sha256')
    .update(headers.authorization ?? ip)
    .digest('base64');
}

function versionProblem(): Problem {
  return new Problem(
    400,
    'xapi-version',
    `The header X-Experience-API-Version must say a version that is spoken here: ${xapiVersions.join(' or ')}.`,
  );
}
