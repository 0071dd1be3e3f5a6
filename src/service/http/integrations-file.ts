import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import type { Integration } from './integrations.ts';
import { isPasswordHash } from './password-hash.ts';
import { keyPath } from './problems.ts';
import { scopeNames } from './scopes.ts';
import { whenNeeded } from '../when-needed.ts';

const schema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['user', 'scopes'],
    additionalProperties: false,
    properties: {
      /** A colon would end the name in the Basic header. */
      user: { type: 'string', pattern: '^[^:\\u0000-\\u001f]{1,100}$' },
      password: { type: 'string', minLength: 8 },
      /** As `hash-password` prints it. */
      passwordHash: { type: 'string' },
      scopes: { type: 'array', minItems: 1, items: { type: 'string', enum: scopeNames } },
    },
  },
} as const;

const validator = whenNeeded(() =>
  new Ajv().compile<(Integration & { password?: string; passwordHash?: string })[]>(schema),
);

/**
 * Reads the programs that may call the service.
 *
 * @throws Error that names the mistake and never a password.
 */
export function readIntegrations(file: string): Integration[] {
  const list = parse(file);
  const validate = validator();
  if (!validate(list)) {
    const [error] = validate.errors ?? [];
    throw new Error(
      `${error?.instancePath ?? ''}${keyPath(error?.params ?? {})} ${error?.message ?? ''}`.trim(),
    );
  }
  list.forEach(({ user, password, passwordHash }, index) => {
    if ((password === undefined) === (passwordHash === undefined))
      throw new Error(`/${index} must have either password or passwordHash`);
    if (passwordHash !== undefined && !isPasswordHash(passwordHash))
      throw new Error(`/${index}/passwordHash is not one that hash-password makes`);
    if (list.findIndex((one) => one.user === user) !== index)
      throw new Error(`/${index}/user is there twice`);
  });
  return list;
}

function parse(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // The parser's own words quote the file.
    throw new Error('is not JSON');
  }
}
