import type { FastifyError, FastifyInstance } from 'fastify';
import { asProblem, Problem, sendProblem } from '../http/problems.ts';

/** The errors of RFC 6749, 5.2 and RFC 8628, 3.5 that are spoken here. */
export type OAuthError =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unsupported_grant_type'
  | 'authorization_pending'
  | 'slow_down'
  | 'access_denied'
  | 'expired_token';

/** A refusal in OAuth's own format. */
export class OAuthProblem extends Problem {
  constructor(code: OAuthError, detail: string) {
    super(code === 'invalid_client' ? 401 : 400, code, detail, {
      headers: code === 'invalid_client' ? { 'www-authenticate': 'Basic realm="study credit"' } : {},
    });
  }
}

/**
 * Makes the errors of a server `{error, error_description}`, with our `code` beside it; 429 and 5xx stay
 * problem+json. An `error_description` is ASCII without quotation marks and backslashes (RFC 6749, 5.2).
 */
export function answerWithOAuthErrors(server: FastifyInstance): void {
  server.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    const problem = asProblem(error);
    if (problem.status === 429 || problem.status >= 500) return sendProblem(request, reply, error);
    const { status, code, message, headers } = problem;
    return reply
      .code(status)
      .headers(headers)
      .header('cache-control', 'no-store')
      .send({
        error: error instanceof OAuthProblem ? code : 'invalid_request',
        error_description: message.replace(/[^ !#-[\]-~]/g, '?'),
        code,
      });
  });
}
