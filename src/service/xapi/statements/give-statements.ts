import type { Kysely } from 'kysely';
import { profileIris } from '../../../domain/statements/iris.ts';
import type { Actor } from '../../../domain/statements/statement.ts';
import type { ContentFolder } from '../../catalogue/content-folder.ts';
import type { Database } from '../../db/schema.ts';
import { mayActFor, type Caller } from '../../http/auth.ts';
import { Problem } from '../../http/problems.ts';
import { readDefinitions } from './activity-definitions.ts';
import { actorKey } from './actor-key.ts';
import { activityOf, contextActivitiesOf, subStatementOf, type AnyStatement } from './any-statement.ts';
import { loadFiles } from './attachments.ts';
import { findStatement, findStatements } from './find-statements.ts';
import { writeMultipart } from './multipart.ts';
import { inCanonical, inIds } from './result-formats.ts';
import type { Presentation, SingleQuery, StatementQuery } from './statement-query.ts';

interface Parts {
  db: Kysely<Database>;
  content: ContentFolder;
}

/** Who asks, and what of the request bears on the answer. */
export interface Asking {
  caller: Caller;
  acceptLanguage: string | undefined;
}

/** The answer to a query. */
export interface Given {
  contentType: string;
  body: Buffer;
  /** Of a single statement: when it was stored, milliseconds since 1970. */
  storedAt?: number;
}

/**
 * A single statement.
 *
 * Source: xAPI 1.0.3 Communication 2.1.3
 * @throws {@link Problem} 404, or 403 when it is of another home.
 */
export async function giveStatement(
  query: SingleQuery,
  { caller, acceptLanguage }: Asking,
  { db }: Parts,
): Promise<Given> {
  const found = await findStatement(db, query);
  if (!found)
    throw new Problem(
      404,
      'no-such-statement',
      `There is no ${query.voided ? 'voided ' : ''}statement with this id.`,
    );
  mayActFor(caller, found.person);
  const [json = ''] = await presented([found.json], query, acceptLanguage, db);
  return { ...(await packed(json, [found.json], query, db)), storedAt: found.storedAt };
}

/**
 * A list of statements and the address of the rest of it. A box sees those of its home's people only, whatever
 * else they are about.
 *
 * Source: xAPI 1.0.3 Communication 2.1.3, Data 2.5 "Retrieval of Statements"
 * @param params of the request, repeated in the address of the next page.
 * @throws {@link Problem} 403 when a box asks about someone else.
 */
export async function giveStatements(
  query: StatementQuery,
  params: Readonly<Record<string, string>>,
  { caller, acceptLanguage }: Asking,
  { db, content }: Parts,
): Promise<Given> {
  const people = caller.kind === 'box' ? caller.people : undefined;
  const agent = caller.kind === 'box' ? await agentOfHome(query.agent, caller, content) : query.agent;
  const { statements, next } = await findStatements(db, { ...query, agent }, people);
  const shown = await presented(statements, query, acceptLanguage, db);
  const more = new URLSearchParams({ ...params, after: String(next) });
  const address = next === undefined ? '' : `/xapi/statements?${more.toString()}`;
  const json = `{"statements":[${shown.join()}],"more":${JSON.stringify(address)}}`;
  return packed(json, statements, query, db);
}

/** Whom a box asks about: one of its home's people, the default viewer if it does not say. */
async function agentOfHome(
  asked: Actor | undefined,
  caller: Caller & { kind: 'box' },
  content: ContentFolder,
): Promise<Actor> {
  const { homePage } = await content.current();
  const agentOf = (name: string) => ({ account: { homePage: profileIris(homePage).people, name } });
  if (!asked) return agentOf(caller.person);
  mayActFor(
    caller,
    caller.people.find((person) => actorKey(agentOf(person)) === actorKey(asked)),
  );
  return asked;
}

/** Statements, JSON texts, in the format that is asked for. */
async function presented(
  statements: readonly string[],
  { format }: Presentation,
  acceptLanguage: string | undefined,
  db: Kysely<Database>,
): Promise<readonly string[]> {
  if (format === 'exact') return statements;
  const parsed = statements.map(parse);
  if (format === 'ids') return parsed.map((statement) => JSON.stringify(inIds(statement)));
  const definitions = await readDefinitions(db, parsed.flatMap(activityIds));
  return parsed.map((statement) => JSON.stringify(inCanonical(statement, definitions, acceptLanguage)));
}

async function packed(
  json: string,
  statements: readonly string[],
  { attachments }: Presentation,
  db: Kysely<Database>,
): Promise<Given> {
  if (!attachments) return { contentType: 'application/json', body: Buffer.from(json) };
  return writeMultipart(json, await loadFiles(db, statements.map(parse)));
}

function activityIds(statement: AnyStatement): string[] {
  const inner = subStatementOf(statement);
  return [statement, ...(inner ? [inner] : [])].flatMap((one) =>
    [activityOf(one.object), ...contextActivitiesOf(one)].flatMap((activity) => activity?.id ?? []),
  );
}

function parse(json: string): AnyStatement {
  return JSON.parse(json) as AnyStatement;
}
