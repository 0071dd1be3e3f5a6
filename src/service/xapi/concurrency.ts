import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from '../http/problems.ts';
import type { XapiVersion } from '../../domain/statements/statement-schema.ts';

/** The method and headers that say under which condition a document may be changed. */
export interface Conditions {
  method: string;
  headers: IncomingHttpHeaders;
  version: XapiVersion;
  /** Whether the document is a state: 1.0.3 lets states be replaced unseen, conflicts being unlikely. */
  isState: boolean;
}

/**
 * Optimistic concurrency: whether a document may be changed, given what is there.
 *
 * @param etag of the document that is there, if any.
 * @returns the problem if it may not: 412 when a condition fails; 409 when there is a document and no
 *   condition; 400 when 1.0.3 wants a condition and there is none.
 *
 * Sources: xAPI 1.0.3 Communication 3.1; xAPI 2.0 4.1.4; RFC 9110 13.1
 */
export function checkConditions(
  { method, headers, version, isState }: Conditions,
  etag: string | undefined,
): Problem | undefined {
  const match = headers['if-match'];
  const noneMatch = headers['if-none-match'];
  if (match !== undefined && !names(match, etag))
    return new Problem(412, 'precondition-failed', 'If-Match does not name the document that is there.');
  if (noneMatch !== undefined && names(noneMatch, etag))
    return new Problem(412, 'precondition-failed', 'If-None-Match names the document that is there.');
  if (method !== 'PUT' || match !== undefined || noneMatch !== undefined) return undefined;
  if (isState && version === '1.0.3') return undefined;
  if (etag !== undefined)
    return new Problem(
      409,
      'document-exists',
      'There is a document already: get it, look at it, and send its ETag as If-Match to replace it.',
    );
  return version === '1.0.3'
    ? new Problem(400, 'precondition-required', 'A profile is stored with If-Match or If-None-Match.')
    : undefined;
}

/** Whether a document that is asked for is the one that the caller has: it is not sent again. */
export function isUnchanged({ headers }: { headers: IncomingHttpHeaders }, etag: string): boolean {
  const noneMatch = headers['if-none-match'];
  return noneMatch !== undefined && names(noneMatch, etag);
}

/**
 * Whether a list of entity tags names a document. Weak tags count as strong ones: a proxy that compresses
 * makes ours weak, and they are hashes of the content.
 */
function names(tags: string, etag: string | undefined): boolean {
  if (etag === undefined) return false;
  return tags.trim() === '*' || tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === `"${etag}"`);
}
