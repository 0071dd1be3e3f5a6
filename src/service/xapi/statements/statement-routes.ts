import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { statementFormats } from '../../../domain/statements/statement-formats.ts';
import type { ContentFolder } from '../../catalogue/content-folder.ts';
import type { Database } from '../../db/schema.ts';
import type { WriteQueue } from '../../db/write-queue.ts';
import type { Authenticator } from '../../http/auth.ts';
import { Problem } from '../../http/problems.ts';
import { secured } from '../../http/scopes.ts';
import { parameterProblem } from '../parameters.ts';
import { giveStatement, giveStatements } from './give-statements.ts';
import { LARGEST_MULTIPART, readMultipart, StatementsWithFiles, type Files } from './multipart.ts';
import { StatementIntake } from './receive-statements.ts';
import { parseSingleQuery, parseStatementQuery } from './statement-query.ts';

const LARGEST_JSON = 2 * 1024 * 1024;
/** Headers of the parts beside their contents. */
const MULTIPART_HEADERS = 1024 * 1024;
const anyone = ['box', 'integration'] as const;
const writing = secured(anyone, 'statements/write');
const reading = secured(anyone, 'statements/read');
const noFiles: Files = new Map();

const documentedStatement = {
  type: 'object',
  required: ['actor', 'verb', 'object'],
  description: 'An xAPI 1.0.3 or 2.0 statement',
} as const;
const documentedBody = {
  anyOf: [documentedStatement, { type: 'array', items: documentedStatement }],
} as const;

declare module 'fastify' {
  interface FastifyRequest {
    /** Milliseconds since 1970. */
    consistentThrough: number | undefined;
  }
}

interface Parts {
  auth: Authenticator;
  db: Kysely<Database>;
  writes: WriteQueue;
  content: ContentFolder;
  /** Milliseconds since 1970. */
  now: () => number;
}

/**
 * The statement resource: `POST`, `PUT` and `GET /xapi/statements`.
 *
 * Sources: xAPI 1.0.3 Communication 2.1; xAPI 2.0, 4.1.6.1
 */
export function statementRoutes(xapi: FastifyInstance, { auth, db, writes, content, now }: Parts): void {
  const intake = new StatementIntake({ db, writes, content, now });

  takeBodies(xapi);
  tellOfNoResource(xapi);
  tellConsistentThrough(xapi, writes, now);

  /** The body is checked by `validateStatements`, whose messages name the mistake and not the branches of a schema. */
  const validatorCompiler = () => () => true;

  xapi.post(
    '/xapi/statements',
    {
      validatorCompiler,
      schema: {
        summary: 'Store one statement or a batch: all or none',
        security: writing,
        body: documentedBody,
      },
    },
    async (request, reply) => {
      const caller = await auth.caller(request, anyone, 'statements/write');
      const [unknown] = Object.keys(request.query as object);
      if (unknown !== undefined) throw parameterProblem(unknown, 'is not known here');
      const { statements, files } = await bodyOf(xapi, request);
      return reply.send(await intake.receive(statements, files, { caller, version: request.xapiVersion }));
    },
  );

  xapi.put(
    '/xapi/statements',
    {
      validatorCompiler,
      schema: { summary: 'Store one statement under a given id', security: writing, body: documentedBody },
    },
    async (request, reply) => {
      const caller = await auth.caller(request, anyone, 'statements/write');
      const { statementId: id, ...rest } = request.query as Record<string, unknown>;
      if (typeof id !== 'string' || !statementFormats.uuid!(id) || Object.keys(rest).length > 0)
        throw parameterProblem('statementId', 'must be the only parameter, and a UUID');
      const { statements, files } = await bodyOf(xapi, request);
      if (Array.isArray(statements))
        throw new Problem(400, 'invalid-statement', 'One statement is stored with PUT, not a batch.');
      const own = (statements as { id?: unknown } | null)?.id;
      if (typeof own === 'string' && own.toLowerCase() !== id.toLowerCase())
        throw parameterProblem('statementId', 'differs from the id in the statement');
      await intake.receive(statements, files, { caller, version: request.xapiVersion, id });
      return reply.code(204).send();
    },
  );

  xapi.get(
    '/xapi/statements',
    { schema: { summary: 'One statement by its id, or a list, newest first', security: reading } },
    async (request, reply) => {
      const asking = {
        caller: await auth.caller(request, anyone, 'statements/read'),
        acceptLanguage: request.headers['accept-language'],
      };
      const params = request.query as Record<string, string>;
      const single = parseSingleQuery(params);
      const { contentType, body, storedAt } = single
        ? await giveStatement(single, asking, { db, content })
        : await giveStatements(parseStatementQuery(params), params, asking, { db, content });
      if (storedAt !== undefined) lastModified(reply, storedAt);
      return reply
        .header('cache-control', 'no-store')
        .header('vary', 'accept-language')
        .header('content-type', contentType)
        .send(body);
    },
  );
}

/**
 * Every answer to a question says through when the statements in it are all there are: told before they are looked
 * for. What was refused before that has none in it.
 *
 * Source: xAPI 1.0.3 Communication 2.1.3, `X-Experience-API-Consistent-Through`
 */
function tellConsistentThrough(xapi: FastifyInstance, writes: WriteQueue, now: () => number): void {
  xapi.decorateRequest('consistentThrough', undefined);
  const isQuestion = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';
  xapi.addHook('onRequest', async (request) => {
    if (isQuestion(request)) request.consistentThrough = await writes.settledThrough();
  });
  xapi.addHook('onSend', (request, reply, _payload, next) => {
    if (isQuestion(request)) {
      const through = new Date(request.consistentThrough ?? now());
      void reply.header('x-experience-api-consistent-through', through.toISOString());
    }
    next();
  });
}

/**
 * What is no resource is told in the manner of the statement resource, headers and all: ADL's suite asks at
 * `/statementsverb=…` how far the store has come, and breaks off where nothing tells.
 */
function tellOfNoResource(xapi: FastifyInstance): void {
  xapi.get('/xapi/*', { schema: { hide: true } }, () => {
    throw new Problem(404, 'not-found', 'There is nothing at this address.');
  });
}

/** Statements come as JSON or, with files, as `multipart/mixed`. xAPI 1.0.3 Communication 1.5 */
function takeBodies(xapi: FastifyInstance): void {
  xapi.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: LARGEST_JSON },
    xapi.getDefaultJsonParser('error', 'error'),
  );
  xapi.addContentTypeParser(
    'multipart/mixed',
    { parseAs: 'buffer', bodyLimit: LARGEST_MULTIPART + MULTIPART_HEADERS },
    (request, body, done) => {
      try {
        done(null, readMultipart(body as Buffer, request.headers['content-type'] ?? ''));
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

async function bodyOf(
  xapi: FastifyInstance,
  request: FastifyRequest,
): Promise<{ statements: unknown; files: Files }> {
  const { body } = request;
  if (!(body instanceof StatementsWithFiles)) return { statements: body, files: noFiles };
  const parse = xapi.getDefaultJsonParser('error', 'error');
  const statements = await new Promise<unknown>((resolve, reject) => {
    void parse(request, body.statements, (error, value) => {
      if (error) reject(error);
      else resolve(value);
    });
  });
  return { statements, files: body.files };
}

function lastModified(reply: FastifyReply, storedAt: number): void {
  void reply.header('last-modified', new Date(storedAt).toUTCString());
}
