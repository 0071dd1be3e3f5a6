import { parseTimestamp, statementFormats } from '../../../domain/statements/statement-formats.ts';
import type { Actor } from '../../../domain/statements/statement.ts';
import { parameterProblem } from '../parameters.ts';
import { resultFormats, type ResultFormat } from './result-formats.ts';
import { isActor } from './validate-statements.ts';

/** How statements are to be given back. */
export interface Presentation {
  format: ResultFormat;
  attachments: boolean;
}

/** One statement by its id: one that counts, or one that was voided. */
export interface SingleQuery extends Presentation {
  id: string;
  voided: boolean;
}

/** What `GET /xapi/statements` may ask for a list. */
export interface StatementQuery extends Presentation {
  agent: Actor | undefined;
  relatedAgents: boolean;
  verb: string | undefined;
  activity: string | undefined;
  relatedActivities: boolean;
  registration: string | undefined;
  /** Stored after this moment, milliseconds since 1970. */
  since: number | undefined;
  /** Stored at or before this moment. */
  until: number | undefined;
  limit: number;
  ascending: boolean;
  /** Sequence number of the last statement of the page before. */
  after: number | undefined;
}

type Params = Readonly<Record<string, unknown>>;

const PAGE = 100;
const MOST = 500;
/** Files may be large. */
const MOST_WITH_ATTACHMENTS = 20;
const presentation = ['format', 'attachments'];
const filters = [
  'agent',
  'verb',
  'activity',
  'registration',
  'related_activities',
  'related_agents',
  'since',
  'until',
  'limit',
  'ascending',
  // Our own, only in addresses of the next page.
  'after',
];

/**
 * Reads a query for one statement: with an id, only `format` and `attachments` may stand.
 *
 * Source: xAPI 1.0.3 Communication 2.1.3
 * @returns `undefined` if it is one for a list.
 * @throws a problem, 400, that names the parameter.
 */
export function parseSingleQuery(params: Params): SingleQuery | undefined {
  const name = ['statementId', 'voidedStatementId'].find((one) => params[one] !== undefined);
  if (name === undefined) return undefined;
  onlyKnown(params, [name, ...presentation], `cannot be used together with ${name}`);
  const id = formatted(params, name, 'uuid')!;
  return { id: id.toLowerCase(), voided: name === 'voidedStatementId', ...presentationOf(params) };
}

/**
 * Reads a query for a list.
 *
 * Source: xAPI 1.0.3 Communication 2.1.3; xAPI 2.0, 4.1.6.1
 * @throws a problem, 400, that names the parameter.
 */
export function parseStatementQuery(params: Params): StatementQuery {
  onlyKnown(params, [...presentation, ...filters], 'is not known');
  const shown = presentationOf(params);
  const limit = whole(params, 'limit') ?? 0;
  const most = shown.attachments ? MOST_WITH_ATTACHMENTS : MOST;
  return {
    ...shown,
    agent: agentOf(params),
    relatedAgents: truth(params, 'related_agents'),
    verb: formatted(params, 'verb', 'iri'),
    activity: formatted(params, 'activity', 'iri'),
    relatedActivities: truth(params, 'related_activities'),
    registration: formatted(params, 'registration', 'uuid')?.toLowerCase(),
    since: moment(params, 'since'),
    until: moment(params, 'until'),
    limit: Math.min(limit === 0 ? PAGE : limit, most),
    ascending: truth(params, 'ascending'),
    after: whole(params, 'after'),
  };
}

function onlyKnown(params: Params, known: readonly string[], message: string): void {
  const other = Object.keys(params).find((name) => !known.includes(name));
  if (other !== undefined) throw parameterProblem(other, message);
}

function presentationOf(params: Params): Presentation {
  const given = text(params, 'format') ?? 'exact';
  const format = resultFormats.find((one) => one === given);
  if (!format) throw parameterProblem('format', `must be one of ${resultFormats.join(', ')}`);
  return { format, attachments: truth(params, 'attachments') };
}

function text(params: Params, name: string): string | undefined {
  const value = params[name];
  if (value === undefined || typeof value === 'string') return value;
  throw parameterProblem(name, 'is given more than once');
}

function formatted(params: Params, name: string, format: string): string | undefined {
  const value = text(params, name);
  if (value !== undefined && !statementFormats[format]!(value))
    throw parameterProblem(name, `is not a valid ${format}`);
  return value;
}

function whole(params: Params, name: string): number | undefined {
  const value = text(params, name);
  if (value !== undefined && !/^\d{1,15}$/.test(value)) throw parameterProblem(name, 'is not a whole number');
  return value === undefined ? undefined : Number(value);
}

function truth(params: Params, name: string): boolean {
  const value = text(params, name) ?? 'false';
  if (value !== 'true' && value !== 'false') throw parameterProblem(name, 'is neither true nor false');
  return value === 'true';
}

function moment(params: Params, name: string): number | undefined {
  const value = text(params, name);
  const parsed = value === undefined ? undefined : parseTimestamp(value);
  if (value !== undefined && parsed === undefined) throw parameterProblem(name, 'is not a timestamp');
  return parsed;
}

function agentOf(params: Params): Actor | undefined {
  const value = text(params, 'agent');
  if (value === undefined) return undefined;
  try {
    const actor = JSON.parse(value) as unknown;
    if (isActor(actor)) return actor;
  } catch {
    // Told below.
  }
  throw parameterProblem('agent', 'is not an agent as JSON');
}
