import type { FastifyInstance } from 'fastify';
import { Problem } from '../http/problems.ts';

/**
 * Bodies of a type that a resource does not take are a 400 in xAPI, where HTTP would say 415.
 *
 * Source: xAPI 1.0.3 Communication 1.5
 */
export function refuseOtherContentTypes(xapi: FastifyInstance): void {
  xapi.addContentTypeParser('*', (_request, _payload, done) => {
    done(new Problem(400, 'unsupported-media-type', 'Content of this type is not taken here.'));
  });
}

/** Bodies of any type arrive as the bytes they are. */
export function takeAllContentTypes(xapi: FastifyInstance): void {
  xapi.removeAllContentTypeParsers();
  xapi.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
}
