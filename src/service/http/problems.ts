import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A mistake in a request: where, as a JSON pointer into its body, query or path. */
export interface FieldError {
  path: string;
  message: string;
}

/**
 * A request that is answered with an RFC 9457 problem.
 *
 * `code` is for programs and never changes; `detail` is for people.
 */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    detail: string,
    { errors, headers = {} }: { errors?: readonly FieldError[]; headers?: Record<string, string> } = {},
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.headers = headers;
  }
}

/** Makes every error of the server a problem+json answer. */
export function answerWithProblems(server: FastifyInstance): void {
  server.setErrorHandler((error: FastifyError | Problem, request, reply) =>
    sendProblem(request, reply, error),
  );
  server.setNotFoundHandler((_request: FastifyRequest, reply) =>
    send(reply, new Problem(404, 'not-found', 'There is nothing at this address.')),
  );
}

/** Answers with an error as problem+json; what was not foreseen is logged. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  error: FastifyError | Problem,
): FastifyReply {
  const problem = asProblem(error);
  if (!(error instanceof Problem) && problem.status >= 500)
    request.log.error({ err: error, method: request.method, route: request.routeOptions.url }, problem.code);
  return send(reply, problem);
}

/** An address that cannot even be read, before any route is known. */
export function badAddress(_error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  void send(reply, new Problem(400, 'bad-address', 'The address is not valid.'));
}

/** Bytes that are no HTTP: answered on the bare connection. */
export function noHttp(error: NodeJS.ErrnoException, socket: Socket): void {
  // The other side has gone, or has heard an answer already.
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy();
    return;
  }
  const known = connectionProblems[error.code ?? ''];
  const [status, code] = known ?? [400, 'no-http'];
  const body = bodyOf(new Problem(status, code, 'The request could not be read as HTTP.'));
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nContent-Type: ${PROBLEM_TYPE}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

const connectionProblems: Readonly<Record<string, readonly [status: number, code: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'headers-too-large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'request-timeout'],
};

/**
 * Refuses what Node would refuse without a word: an HTTP/1.1 request for no host (RFC 9112, 3.2) and one that
 * expects what nobody knows (RFC 9110, 10.1.1).
 */
export function refuseOddRequests(server: FastifyInstance): void {
  server.addHook('onRequest', (request, _reply, done) => {
    const { httpVersion, headers } = request.raw;
    const noHost = httpVersion === '1.1' && headers.host === undefined;
    done(noHost ? new Problem(400, 'no-host', 'The Host header is missing.') : undefined);
  });
  server.server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const body = bodyOf(
      new Problem(417, 'unknown-expectation', 'Nothing but "100-continue" can be expected.'),
    );
    const length = Buffer.byteLength(body);
    response
      .writeHead(417, { 'content-type': PROBLEM_TYPE, 'content-length': length, connection: 'close' })
      .end(body);
  });
}

const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

function bodyOf({ status, code, message, errors }: Problem): string {
  return JSON.stringify({
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail: message,
    ...(errors ? { errors } : {}),
  });
}

function send(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).headers(problem.headers).type(PROBLEM_TYPE).send(bodyOf(problem));
}

/** Every error as the answer it gets. */
export function asProblem(error: FastifyError | Problem): Problem {
  if (error instanceof Problem) return error;
  if (error.validation) {
    const errors = error.validation.map((one) => ({
      path: one.instancePath + keyPath(one.params),
      message: one.message ?? 'is not valid',
    }));
    const where = error.validationContext ?? 'request';
    return new Problem(400, 'invalid-request', `The ${where} is not as it should be: ${summary(errors)}`, {
      errors,
    });
  }
  const status = error.statusCode ?? 500;
  if (status >= 500)
    return new Problem(500, 'internal-error', 'The service made a mistake; try again later.');
  return new Problem(status, fastifyCodes[error.code] ?? 'bad-request', error.message);
}

const fastifyCodes: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid-json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid-json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid-content-length',
};

/** Ajv points at the object around a missing or unknown key: the key belongs to the path. */
export function keyPath(params: Readonly<Record<string, unknown>>): string {
  const key = params.missingProperty ?? params.additionalProperty ?? params.propertyName;
  return typeof key === 'string' ? `/${key.replace(/~/g, '~0').replace(/\//g, '~1')}` : '';
}

/** The first mistake in words. */
export function summary(errors: readonly FieldError[]): string {
  const first = errors[0];
  return first ? `${first.path || '/'} ${first.message}.` : '';
}
