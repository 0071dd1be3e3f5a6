import type { FastifyRequest } from 'fastify';
import type { Box, Boxes } from '../roster/boxes.ts';
import type { Tokens } from '../roster/tokens.ts';
import { credentials, userAndPassword } from './credentials.ts';
import type { Integrations } from './integrations.ts';
import type { Failures } from './limits.ts';
import { Problem } from './problems.ts';
import { grants, type Scope } from './scopes.ts';

/** Who is calling: a box, for its own home only, or one of the county's programs, for everybody. */
export type Caller =
  ({ kind: 'box' } & Box) | { kind: 'integration'; name: string; scopes: readonly Scope[] };

export interface AuthenticatorParts {
  boxes: Boxes;
  tokens: Tokens;
  integrations: Integrations;
  failures: Failures;
}

/** Tells who is calling from the `Authorization` header. */
export class Authenticator {
  readonly #boxes: Boxes;
  readonly #tokens: Tokens;
  readonly #integrations: Integrations;

  readonly #failures: Failures;

  constructor({ boxes, tokens, integrations, failures }: AuthenticatorParts) {
    this.#boxes = boxes;
    this.#tokens = tokens;
    this.#integrations = integrations;
    this.#failures = failures;
  }

  /**
   * @param kinds who may call here.
   * @param scope what an integration must be allowed to do; without one only those that may do everything
   *   are let in.
   * @throws {@link Problem} 401, 403, or 429 after too many wrong passwords.
   */
  async caller(
    request: FastifyRequest,
    kinds: readonly Caller['kind'][],
    scope: Scope = 'all',
  ): Promise<Caller> {
    const [scheme, credential] = credentials(request.headers.authorization);
    const caller =
      scheme === 'bearer'
        ? await this.#box(credential)
        : scheme === 'basic'
          ? await this.#program(request, credential)
          : undefined;
    if (!caller) throw unauthorized(scheme);
    if (!kinds.includes(caller.kind)) throw new Problem(403, 'forbidden', 'This caller may not do that.');
    if (caller.kind === 'integration' && !grants(caller.scopes, scope, request.method))
      throw new Problem(403, 'insufficient-scope', `This needs the scope "${scope}".`);
    return caller;
  }

  async #box(token: string): Promise<Caller | undefined> {
    const dot = token.indexOf('.');
    const box =
      dot < 0
        ? await this.#tokens.find(token)
        : await this.#boxes.find(token.slice(0, dot), token.slice(dot + 1));
    return box && { kind: 'box', ...box };
  }

  async #program(request: FastifyRequest, credential: string): Promise<Caller | undefined> {
    const [user, password] = userAndPassword(credential);
    await this.#failures.check(request);
    const found = await this.#integrations.find(user, password);
    if (!found) await this.#failures.count(request);
    return found && { kind: 'integration', name: found.user, scopes: found.scopes };
  }
}

/** @throws {@link Problem} 403 when a box asks about someone else. */
export function mayActFor(caller: Caller, person: string | null | undefined): void {
  if (caller.kind === 'box' && !caller.people.includes(person ?? ''))
    throw new Problem(403, 'foreign-person', 'A box may only read and write the records of its own home.');
}

/** RFC 6750, 3 and RFC 7617, 2: which credentials would open the door. */
function unauthorized(scheme: string): Problem {
  const realm = 'realm="study credit"';
  const wrongToken = scheme === 'bearer' ? ', error="invalid_token"' : '';
  return new Problem(401, 'unauthorized', 'The caller is not known here.', {
    headers: { 'www-authenticate': `Bearer ${realm}${wrongToken}, Basic ${realm}, charset="UTF-8"` },
  });
}
