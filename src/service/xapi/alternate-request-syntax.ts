import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { Problem } from '../http/problems.ts';
import { parameterProblem } from './parameters.ts';

/** Form parameters that stand for headers. */
const asHeaders = new Set([
  'authorization',
  'x-experience-api-version',
  'content-type',
  'content-length',
  'if-match',
  'if-none-match',
]);
const methods = new Set(['GET', 'PUT', 'POST', 'DELETE']);
const withContent = new Set(['PUT', 'POST']);

/** Largest form: a statement batch, percent-encoded. */
const FORM_LIMIT = 6 * 1024 * 1024;

/** Requests whose method was taken from their address. */
const alternates = new WeakSet<IncomingMessage>();

/**
 * Gives `POST /xapi/…?method=PUT` the method it means, before a route is chosen. For browsers that could send
 * neither other methods nor headers across origins; xAPI 2.0 has dropped it.
 *
 * To be used as `rewriteUrl`: the earliest moment Fastify has; the address stays as it is.
 *
 * Source: xAPI 1.0.3 Communication 1.3
 */
export function takeMethodFromAddress(raw: IncomingMessage): string {
  const address = raw.url ?? '/';
  if (raw.method !== 'POST' || !address.startsWith('/xapi/')) return address;
  const query = address.indexOf('?');
  const method = query < 0 ? null : new URLSearchParams(address.slice(query)).get('method');
  if (method === null) return address;
  alternates.add(raw);
  if (methods.has(method)) raw.method = method;
  return address;
}

/**
 * Reads headers, parameters and content of such a request from its form. A header in the form counts more
 * than one that was really sent.
 */
export function alternateRequestSyntax(xapi: FastifyInstance): void {
  const contents = new WeakMap<IncomingMessage, Buffer>();

  xapi.addHook('onRequest', async (request) => {
    const { raw } = request;
    const query = request.query as Record<string, unknown>;
    if (!alternates.has(raw)) {
      if ('method' in query) throw parameterProblem('method', 'is only for requests sent with POST');
      return;
    }
    const [unknown] = Object.keys(query).filter((name) => name !== 'method');
    if (unknown !== undefined) throw parameterProblem(unknown, 'belongs into the form: method stands alone');
    if (typeof query.method !== 'string' || !methods.has(query.method))
      throw parameterProblem('method', 'must be GET, PUT, POST or DELETE');
    const content = takeForm(request, await readForm(request));
    if (content !== undefined) contents.set(raw, content);
  });

  xapi.addHook('preParsing', ({ raw }, _reply, payload, next) => {
    const content = contents.get(raw);
    next(null, content ? Readable.from([content]) : payload);
  });
}

/** Refused once the version is known, which may be in the form. */
export function noAlternateSyntaxInVersion2(xapi: FastifyInstance): void {
  xapi.addHook('onRequest', ({ raw, xapiVersion }, _reply, next) => {
    const refused = alternates.has(raw) && xapiVersion !== '1.0.3';
    next(refused ? parameterProblem('method', 'is not a parameter of xAPI 2.0') : undefined);
  });
}

/**
 * Puts the form's parameters where they belong.
 *
 * @returns the content, for a method that has one.
 */
function takeForm(request: FastifyRequest, form: URLSearchParams): Buffer | undefined {
  const { headers } = request.raw;
  const query = Object.create(null) as Record<string, string | string[]>;
  let content: Buffer | undefined;
  delete headers['content-type'];
  delete headers['content-length'];
  delete headers['transfer-encoding'];
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name);
    const [value = ''] = values;
    if (asHeaders.has(name.toLowerCase())) headers[name.toLowerCase()] = headerValue(name, value);
    else if (name === 'content' && withContent.has(request.method)) content = Buffer.from(value, 'utf8');
    else query[name] = values.length === 1 ? value : values;
  }
  request.query = query;
  if (!withContent.has(request.method)) return undefined;
  if (content === undefined) throw parameterProblem('content', 'is missing in the form');
  headers['content-type'] ??= 'application/json';
  headers['content-length'] = String(content.length);
  return content;
}

/** A form can say what no header could. */
function headerValue(name: string, value: string): string {
  if (!/^[\t\x20-\x7e]*$/.test(value)) throw parameterProblem(name, 'is not a valid header');
  return value;
}

async function readForm({ raw, headers }: FastifyRequest): Promise<URLSearchParams> {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded')
    throw new Problem(
      400,
      'alternate-request-syntax',
      'With the parameter "method", the request must be a form (application/x-www-form-urlencoded).',
    );
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest will come anyway: the connection is of no use after the answer.
    if (size > FORM_LIMIT)
      throw new Problem(413, 'body-too-large', 'The form is too large.', {
        headers: { connection: 'close' },
      });
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
