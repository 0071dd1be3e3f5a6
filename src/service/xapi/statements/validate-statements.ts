import { Ajv, type ErrorObject } from 'ajv';
import { statementFormats } from '../../../domain/statements/statement-formats.ts';
import {
  checkActor,
  checkStatementRules,
  type StatementMistake,
} from '../../../domain/statements/statement-rules.ts';
import type { Actor } from '../../../domain/statements/statement.ts';
import { statementSchema, type XapiVersion } from '../../../domain/statements/statement-schema.ts';
import { keyPath, Problem, summary } from '../../http/problems.ts';
import { whenNeeded } from '../../when-needed.ts';
import { DEEPEST, nestsDeeper } from '../json-depth.ts';

const ajv = new Ajv({
  formats: { ...statementFormats },
  strictTypes: false,
  strictRequired: false,
});
const validators = {
  '1.0.3': whenNeeded(() => ajv.compile(statementSchema('1.0.3'))),
  '2.0.0': whenNeeded(() => ajv.compile(statementSchema('2.0.0'))),
};
const actorValidator = whenNeeded(() =>
  ajv.compile<Actor>({ $ref: '#/definitions/actor', definitions: statementSchema('1.0.3').definitions }),
);

/** How many mistakes one answer tells. */
const TOLD = 20;

/**
 * Checks statements against a version of xAPI: their shape by JSON Schema, what a schema cannot say by
 * `statement-rules.ts`. Types are not coerced and unknown keys not dropped: what is stored is what was sent.
 *
 * Sources: xAPI 1.0.3 Data 2.2 to 2.4 and 4; xAPI 2.0, 4.2
 * @param body one statement or an array of them.
 * @throws {@link Problem} 400 that names each mistake by its JSON pointer into the body.
 */
export function validateStatements(body: unknown, version: XapiVersion): object[] {
  if (nestsDeeper(body))
    throw new Problem(400, 'too-deep', `Nothing was stored: values are nested more than ${DEEPEST} deep.`);
  const validate = validators[version]();
  const batch = Array.isArray(body);
  const statements: unknown[] = batch ? body : [body];
  const mistakes: StatementMistake[] = [];
  statements.forEach((statement, index) => {
    if (mistakes.length >= TOLD) return;
    const path = batch ? `/${index}` : '';
    if (!validate(statement)) mistakes.push(...(validate.errors ?? []).filter(notBranch).map(inWords(path)));
    else mistakes.push(...checkStatementRules(statement, path));
  });
  mistakes.push(...idsGivenTwice(statements));
  if (mistakes.length > 0) throw invalidStatements(mistakes);
  return statements as object[];
}

/** The answer to statements with mistakes. */
export function invalidStatements(mistakes: readonly StatementMistake[]): Problem {
  return new Problem(400, 'invalid-statement', `Nothing was stored: ${summary(mistakes)}`, {
    errors: mistakes.slice(0, TOLD),
  });
}

function idsGivenTwice(statements: readonly unknown[]): StatementMistake[] {
  const ids = new Set<string>();
  return statements.flatMap((statement, index) => {
    const id = (statement as { id?: unknown } | null)?.id;
    if (typeof id !== 'string') return [];
    const known = ids.has(id.toLowerCase());
    ids.add(id.toLowerCase());
    return known ? [{ path: `/${index}/id`, message: 'is the id of two statements in one batch' }] : [];
  });
}
/** Whether a value is an agent or group by the rules of xAPI. */
export function isActor(value: unknown): value is Actor {
  return actorValidator()(value) && checkActor(value, '').length === 0;
}

/** `if`/`then` and `propertyNames` only repeat that something inside them is wrong. */
function notBranch({ keyword }: ErrorObject): boolean {
  return keyword !== 'if' && keyword !== 'propertyNames';
}

function inWords(path: string): (error: ErrorObject) => StatementMistake {
  return ({ instancePath, params, propertyName, keyword, message }) => {
    const name = propertyName === undefined ? '' : keyPath({ propertyName });
    const where = path + instancePath + (name || keyPath(params));
    return {
      path: where,
      message:
        keyword === 'additionalProperties'
          ? 'is not a property xAPI knows here'
          : keyword === 'required'
            ? 'is required'
            : keyword === 'const'
              ? `must be ${JSON.stringify(params.allowedValue)}`
              : `${name ? 'as a key ' : ''}${message ?? 'is not valid'}`,
    };
  };
}
