import type { Kysely } from 'kysely';
import { parseTimestamp, statementFormats } from '../../../domain/statements/statement-formats.ts';
import type { Database } from '../../db/schema.ts';
import { Problem } from '../../http/problems.ts';
import { actorKey } from './actor-key.ts';
import { isActor } from './validate-statements.ts';

/** What `GET /xapi/statements` may ask for a list. */
export interface StatementQuery {
  actor?: string;
  verb?: string;
  activity?: string;
  registration?: string;
  /** Stored after this moment, milliseconds since 1970. */
  since?: number;
  /** Stored at or before this moment. */
  until?: number;
  limit: number;
  ascending: boolean;
  /** Sequence number of the last statement of the page before. */
  after?: number;
}

export interface StatementPage {
  /** JSON texts. */
  statements: string[];
  /** Sequence number to go on from, if there is more. */
  next: number | undefined;
}

const PAGE = 100;
const MOST = 500;
const known = new Set([
  'statementId',
  'agent',
  'verb',
  'activity',
  'registration',
  'since',
  'until',
  'limit',
  'ascending',
  'format',
  'attachments',
  'after',
]);

/**
 * Reads the parameters of a list query.
 *
 * Source: xAPI 1.0.3 Communication 2.1.3; `after` is our own and appears only in `more` addresses.
 * @throws {@link Problem} 400 that names the parameter.
 */
export function parseStatementQuery(params: Readonly<Record<string, unknown>>): StatementQuery {
  const refuse = (path: string, message: string): never => {
    throw new Problem(400, 'invalid-parameter', `The parameter "${path}" ${message}.`, {
      errors: [{ path: `/${path}`, message }],
    });
  };
  const text = (name: string): string | undefined => {
    const value = params[name];
    return value === undefined || typeof value === 'string' ? value : refuse(name, 'is given more than once');
  };
  const formatted = (name: string, format: string): string | undefined => {
    const value = text(name);
    if (value !== undefined && !statementFormats[format]!(value)) refuse(name, `is not a ${format}`);
    return value;
  };
  const whole = (name: string): number | undefined => {
    const value = text(name);
    if (value !== undefined && !/^\d{1,15}$/.test(value)) refuse(name, 'is not a whole number');
    return value === undefined ? undefined : Number(value);
  };
  const truth = (name: string): boolean => {
    const value = text(name) ?? 'false';
    return value === 'true' || (value === 'false' ? false : refuse(name, 'is neither true nor false'));
  };
  const moment = (name: string): number | undefined => {
    const value = formatted(name, 'timestamp');
    return value === undefined ? undefined : parseTimestamp(value);
  };
  const agent = (): string | undefined => {
    const value = text('agent');
    if (value === undefined) return undefined;
    try {
      const actor = JSON.parse(value) as unknown;
      if (isActor(actor)) return actorKey(actor);
    } catch {
      // Told below.
    }
    return refuse('agent', 'is not an agent as JSON');
  };

  for (const name of Object.keys(params)) if (!known.has(name)) refuse(name, 'is not known');
  if ((text('format') ?? 'exact') !== 'exact') refuse('format', 'must be "exact": no other is offered yet');
  if (truth('attachments')) refuse('attachments', 'must be false: attachments are not offered yet');
  const limit = whole('limit') ?? 0;
  const query: StatementQuery = {
    limit: limit === 0 ? PAGE : Math.min(limit, MOST),
    ascending: truth('ascending'),
  };
  const actor = agent();
  const verb = formatted('verb', 'iri');
  const activity = formatted('activity', 'iri');
  const registration = formatted('registration', 'uuid')?.toLowerCase();
  const since = moment('since');
  const until = moment('until');
  const after = whole('after');
  return {
    ...query,
    ...(actor === undefined ? {} : { actor }),
    ...(verb === undefined ? {} : { verb }),
    ...(activity === undefined ? {} : { activity }),
    ...(registration === undefined ? {} : { registration }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(after === undefined ? {} : { after }),
  };
}

/** Statements by the time at which they were stored, newest first unless asked otherwise. */
export async function findStatements(
  db: Kysely<Database>,
  { actor, verb, activity, registration, since, until, limit, ascending, after }: StatementQuery,
): Promise<StatementPage> {
  let query = db
    .selectFrom('statements')
    .select(['seq', 'json'])
    .orderBy('seq', ascending ? 'asc' : 'desc')
    .limit(limit + 1);
  if (actor !== undefined) query = query.where('actor', '=', actor);
  if (verb !== undefined) query = query.where('verb', '=', verb);
  if (activity !== undefined) query = query.where('activity', '=', activity);
  if (registration !== undefined) query = query.where('registration', '=', registration);
  if (since !== undefined) query = query.where('stored_at', '>', since);
  if (until !== undefined) query = query.where('stored_at', '<=', until);
  if (after !== undefined) query = query.where('seq', ascending ? '>' : '<', after);
  const rows = await query.execute();
  const page = rows.slice(0, limit);
  return {
    statements: page.map(({ json }) => json),
    next: rows.length > limit ? page[page.length - 1]?.seq : undefined,
  };
}

export async function findStatement(
  db: Kysely<Database>,
  id: string,
): Promise<{ json: string; person: string | null; storedAt: number } | undefined> {
  const row = await db
    .selectFrom('statements')
    .select(['json', 'person', 'stored_at'])
    .where('id', '=', id.toLowerCase())
    .executeTakeFirst();
  return row && { json: row.json, person: row.person, storedAt: row.stored_at };
}
