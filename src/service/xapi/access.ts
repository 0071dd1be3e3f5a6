import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../domain/statements/statement.ts';
import { mayActFor, type Authenticator, type Caller } from '../http/auth.ts';
import { secured, type Scope } from '../http/scopes.ts';
import { personOf } from './statements/actor-key.ts';

interface Access {
  callers: readonly Caller['kind'][];
  scope: Scope;
}

/**
 * Who may use which resource beside statements. A box keeps documents with its own person only and reads what
 * is everybody's; an integration may do what its scopes say.
 */
const access = {
  state: { callers: ['box', 'integration'], scope: 'state' },
  'agent-profile': { callers: ['box', 'integration'], scope: 'profile' },
  'activity-profile': { callers: ['integration'], scope: 'profile' },
  agents: { callers: ['box', 'integration'], scope: 'statements/read' },
  activities: { callers: ['box', 'integration'], scope: 'statements/read' },
} as const satisfies Record<string, Access>;

type Guarded = keyof typeof access;

/** The `security` of a resource's schemas. */
export function securityOf(resource: Guarded) {
  const { callers, scope } = access[resource];
  return secured(callers, scope);
}

/**
 * Lets a request to a resource pass, or refuses it.
 *
 * @param agent whom it is about, for resources that are about someone.
 * @throws `Problem` 401 or 403.
 */
export async function mayUse(
  auth: Authenticator,
  request: FastifyRequest,
  resource: Guarded,
  agent?: Actor,
): Promise<void> {
  const { callers, scope } = access[resource];
  const caller = await auth.caller(request, callers, scope);
  if (agent) mayActFor(caller, personOf(agent));
}
