import { Ajv, type ErrorObject } from 'ajv';
import type { FastifySchemaCompiler } from 'fastify';
import { statementFormats } from '../../domain/statements/statement-formats.ts';
import type { Actor } from '../../domain/statements/statement.ts';
import { Problem } from '../http/problems.ts';
import { whenNeeded } from '../when-needed.ts';
import { isActor } from './statements/validate-statements.ts';

/** A mistake in a parameter of an xAPI request, as a 400. */
export function parameterProblem(name: string, message: string): Problem {
  return new Problem(400, 'invalid-parameter', `The parameter "${name}" ${message}.`, {
    errors: [{ path: `/${name}`, message }],
  });
}

/** Longest id of a document, characters. */
const LONGEST_ID = 512;
const documentId = {
  type: 'string',
  minLength: 1,
  maxLength: LONGEST_ID,
  // PostgreSQL's texts know no NUL.
  pattern: '^[^\\u0000]*$',
} as const;

/** The parameters of the resources beside statements, as JSON Schema. */
export const parameters = {
  activityId: { type: 'string', format: 'iri' },
  /** An agent or identified group, as JSON. */
  agent: { type: 'string', format: 'agent' },
  registration: { type: 'string', format: 'uuid' },
  stateId: documentId,
  profileId: documentId,
  since: { type: 'string', format: 'timestamp' },
} as const;

export type ParameterName = keyof typeof parameters;

/** The schema of a query that must have some parameters, may have others, and has nothing else. */
export function querySchema(required: readonly ParameterName[], optional: readonly ParameterName[] = []) {
  return {
    type: 'object',
    required: [...required],
    additionalProperties: false,
    properties: Object.fromEntries([...required, ...optional].map((name) => [name, parameters[name]])),
  };
}

const ajv = new Ajv({
  formats: { ...statementFormats, agent: (text: string) => identified(text) !== undefined },
});

/** Checks queries against their schema, with the formats of xAPI and without changing them. */
export const checkParameters: FastifySchemaCompiler<object> = ({ schema }) => {
  const validate = whenNeeded(() => ajv.compile(schema));
  return (query: unknown) => {
    if (validate()(query)) return { value: query };
    return { error: inWords(validate().errors![0]!) };
  };
};

function inWords({ instancePath, params, keyword, message }: ErrorObject): Problem {
  const named = params as { missingProperty?: string; additionalProperty?: string; format?: string };
  const name = named.missingProperty ?? named.additionalProperty ?? instancePath.slice(1);
  const says: Readonly<Record<string, string>> = {
    required: 'is missing',
    additionalProperties: 'is not known here',
    type: 'is given more than once',
    format: `is not ${named.format === 'agent' ? 'an agent as JSON' : `a valid ${named.format ?? ''}`}`,
  };
  return parameterProblem(name, says[keyword] ?? message ?? 'is not valid');
}

/** The agent of a parameter that has been checked. */
export function agentOf(parameter: string): Actor {
  return identified(parameter)!;
}

/** An agent or group that can be told from others. */
function identified(text: string): Actor | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    if (!isActor(value)) return undefined;
    const { account, mbox, mbox_sha1sum, openid } = value;
    return (account ?? mbox ?? mbox_sha1sum ?? openid) ? value : undefined;
  } catch {
    return undefined;
  }
}
