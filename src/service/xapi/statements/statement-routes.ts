import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { profileIris } from '../../../domain/statements/iris.ts';
import { statementFormats } from '../../../domain/statements/statement-formats.ts';
import type { Actor, Statement } from '../../../domain/statements/statement.ts';
import type { ContentFolder } from '../../catalogue/content-folder.ts';
import { boxKey, broughtBy, updateCredit, voided } from '../../credit/update-credit.ts';
import type { Database } from '../../db/schema.ts';
import type { WriteQueue, WriteTransaction } from '../../db/write-queue.ts';
import { mayActFor, type Authenticator, type Caller } from '../../http/auth.ts';
import { Problem } from '../../http/problems.ts';
import { secured } from '../../http/scopes.ts';
import { parameterProblem } from '../parameters.ts';
import { metrics } from '../../operations/metrics.ts';
import { actorKey, personOf } from './actor-key.ts';
import { findStatement, findStatements, parseStatementQuery } from './statement-query.ts';
import { statementRow, type NewStatement } from './statement-row.ts';
import { addStatements } from './statement-store.ts';
import { validateStatements } from './validate-statements.ts';
import { recordVoids, voidedPersons } from './voiding.ts';

const BODY_LIMIT = 2 * 1024 * 1024;
const anyone = ['box', 'integration'] as const;
const writing = secured(anyone, 'statements/write');
const reading = secured(anyone, 'statements/read');

const documentedStatement = {
  type: 'object',
  required: ['actor', 'verb', 'object'],
  description: 'An xAPI 1.0.3 statement',
} as const;
const documentedBody = {
  anyOf: [documentedStatement, { type: 'array', items: documentedStatement }],
} as const;

interface Parts {
  auth: Authenticator;
  db: Kysely<Database>;
  writes: WriteQueue;
  content: ContentFolder;
  /** Milliseconds since 1970. */
  now: () => number;
}

/**
 * The statement resource of an LRS, as far as the TV needs it.
 *
 * Source: https://github.com/adlnet/xAPI-Spec/blob/1.0.3/xAPI-Communication.md#stmtres
 */
export async function statementRoutes(
  server: FastifyInstance,
  { auth, db, writes, content, now: clock }: Parts,
): Promise<void> {
  await server.register((xapi, _options, done) => {
    /** The body is checked by `validateStatements`, whose messages name the mistake and not the branches of a schema. */
    const validatorCompiler = () => () => true;

    xapi.post(
      '/xapi/statements',
      {
        bodyLimit: BODY_LIMIT,
        validatorCompiler,
        schema: {
          summary: 'Store one statement or a batch: all or none',
          security: writing,
          body: documentedBody,
        },
      },
      async (request, reply) => {
        const caller = await auth.caller(request, anyone, 'statements/write');
        noParameters(request);
        const rows = await prepare(validateStatements(request.body), caller);
        await store(rows, caller);
        return reply.send(rows.map(({ id }) => id));
      },
    );

    xapi.put(
      '/xapi/statements',
      {
        bodyLimit: BODY_LIMIT,
        validatorCompiler,
        schema: { summary: 'Store one statement under a given id', security: writing, body: documentedBody },
      },
      async (request, reply) => {
        const caller = await auth.caller(request, anyone, 'statements/write');
        const { statementId: id, ...rest } = request.query as Record<string, unknown>;
        if (typeof id !== 'string' || !statementFormats.uuid!(id) || Object.keys(rest).length > 0)
          throw parameterProblem('statementId', 'must be the only parameter, and a UUID');
        if (Array.isArray(request.body))
          throw new Problem(400, 'invalid-statement', 'One statement is stored with PUT, not a batch.');
        const [statement] = validateStatements(request.body) as Statement[];
        if (statement!.id !== undefined && statement!.id.toLowerCase() !== id.toLowerCase())
          throw parameterProblem('statementId', 'differs from the id in the statement');
        await store(await prepare([{ ...statement!, id }], caller), caller);
        return reply.code(204).send();
      },
    );

    xapi.get(
      '/xapi/statements',
      { schema: { summary: 'One statement by its id, or a list, newest first', security: reading } },
      async (request, reply) => {
        const caller = await auth.caller(request, anyone, 'statements/read');
        const params = request.query as Record<string, unknown>;
        void reply
          .header('x-experience-api-consistent-through', new Date(clock()).toISOString())
          .header('cache-control', 'no-store')
          .type('application/json; charset=utf-8');
        return params.statementId === undefined ? list(params, caller) : single(params, caller, reply);
      },
    );
    done();
  });

  async function prepare(statements: readonly object[], caller: Caller): Promise<NewStatement[]> {
    for (const statement of statements) mayActFor(caller, personOf((statement as Statement).actor));
    const { homePage } = await content.current();
    const authority = authorityOf(caller, homePage);
    const now = clock();
    const rows = statements.map((statement) => statementRow(statement, authority, now));
    for (const { person } of await voidedPersons(db, rows)) mayActFor(caller, person);
    return rows;
  }

  /** Resolves once the statements, and the credit that follows from them, are committed. */
  async function store(rows: readonly NewStatement[], caller: Caller): Promise<void> {
    if (rows.length === 0) return;
    const voided = await voidedPersons(db, rows);
    const persons = [...new Set([...rows, ...voided].flatMap(({ person }) => person ?? []))];
    const boxId = caller.kind === 'box' ? caller.boxId : null;
    const result = await writes.runShared(
      [...persons, ...(boxId === null ? [] : [boxKey(boxId)])],
      { rows, boxId },
      storeBatches,
    );
    if ('conflict' in result)
      throw new Problem(
        409,
        'statement-conflict',
        `Nothing was stored: the statement ${result.conflict} exists with other content.`,
        {
          errors: [
            { path: `/${rows.findIndex(({ id }) => id === result.conflict)}/id`, message: 'is taken' },
          ],
        },
      );
    metrics.statementsStored.inc(result.added.length);
  }

  async function storeBatches(
    trx: WriteTransaction,
    batches: readonly { rows: readonly NewStatement[]; boxId: string | null }[],
  ): ReturnType<typeof addStatements> {
    const rules = await content.current();
    const outcomes = await addStatements(
      trx,
      batches.map(({ rows }) => rows),
    );
    const added = outcomes.flatMap((outcome) => ('added' in outcome ? outcome.added : []));
    const brought = outcomes.flatMap((outcome, index) =>
      'added' in outcome ? outcome.added.flatMap(sessionOf).map(broughtBy(batches[index]!.boxId)) : [],
    );
    const withdrawn = (await recordVoids(trx, added)).map(voided);
    await updateCredit(trx, [...brought, ...withdrawn], rules, clock());
    return outcomes;
  }

  async function single(
    params: Readonly<Record<string, unknown>>,
    caller: Caller,
    reply: FastifyReply,
  ): Promise<string> {
    const { statementId: id } = params;
    const other = Object.keys(params).find(
      (name) => !['statementId', 'format', 'attachments'].includes(name),
    );
    if (typeof id !== 'string' || !statementFormats.uuid!(id))
      throw parameterProblem('statementId', 'is not a UUID');
    if (other !== undefined) throw parameterProblem(other, 'cannot be used together with statementId');
    const found = await findStatement(db, id);
    if (!found) throw new Problem(404, 'no-such-statement', 'There is no statement with this id.');
    mayActFor(caller, found.person);
    void reply.header('last-modified', new Date(found.storedAt).toUTCString());
    return found.json;
  }

  async function list(params: Readonly<Record<string, unknown>>, caller: Caller): Promise<string> {
    const query = parseStatementQuery(params);
    if (caller.kind === 'box') {
      const { homePage } = await content.current();
      const keyOf = (name: string) => actorKey({ account: { homePage: profileIris(homePage).people, name } });
      query.actor ??= keyOf(caller.person);
      mayActFor(
        caller,
        caller.people.find((person) => keyOf(person) === query.actor),
      );
    }
    const { statements, next } = await findStatements(db, query);
    const more = new URLSearchParams(params as Record<string, string>);
    if (next !== undefined) more.set('after', String(next));
    const address = next === undefined ? '' : `/xapi/statements?${more.toString()}`;
    return `{"statements":[${statements.join()}],"more":${JSON.stringify(address)}}`;
  }
}

function noParameters({ query }: FastifyRequest): void {
  const name = Object.keys(query as object)[0];
  if (name !== undefined) throw parameterProblem(name, 'is not known here');
}

function sessionOf({ person, registration, session_id }: NewStatement) {
  return person && registration && session_id ? [{ person, registration, sessionId: session_id }] : [];
}

function authorityOf(caller: Caller, homePage: string): Actor {
  const iris = profileIris(homePage);
  const name = caller.kind === 'box' ? `box:${caller.boxId}` : `integration:${caller.name}`;
  return { objectType: 'Agent', account: { homePage: iris.category, name } };
}
