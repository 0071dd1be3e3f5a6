import type { FastifyInstance } from 'fastify';

/**
 * Lightning builds templates with `new Function` and decodes pictures in a worker made from a blob, hence
 * 'unsafe-eval' and blob:. A catalogue may name streams, captions and posters anywhere on the web, hence
 * http: and https: for those; code comes from here alone.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "connect-src 'self' http: https: blob: data:",
  "media-src 'self' http: https: blob: data:",
  "img-src 'self' http: https: blob: data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** Headers of every answer. */
export function securityHeaders(server: FastifyInstance): void {
  server.addHook('onRequest', (_request, reply, done) => {
    void reply.headers({
      'content-security-policy': contentSecurityPolicy,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    done();
  });
}
