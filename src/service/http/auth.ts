import type { FastifyRequest } from 'fastify';
import type { Box, Boxes } from '../roster/boxes.ts';
import type { Integrations } from './integrations.ts';
import { Problem } from './problems.ts';
import { grants, type Scope } from './scopes.ts';

/** Who is calling: a box, for its own home only, or one of the county's programs, for everybody. */
export type Caller =
  ({ kind: 'box' } & Box) | { kind: 'integration'; name: string; scopes: readonly Scope[] };

/** Tells who is calling from the `Authorization` header. */
export class Authenticator {
  readonly #boxes: Boxes;
  readonly #integrations: Integrations;

  constructor(boxes: Boxes, integrations: Integrations) {
    this.#boxes = boxes;
    this.#integrations = integrations;
  }

  /**
   * @param kinds who may call here.
   * @param scope what an integration must be allowed to do; without one only those that may do everything
   *   are let in.
   * @throws {@link Problem} 401 or 403.
   */
  async caller(
    { headers, method }: FastifyRequest,
    kinds: readonly Caller['kind'][],
    scope: Scope = 'all',
  ): Promise<Caller> {
    const [scheme, credential] = credentials(headers.authorization);
    const caller =
      scheme === 'bearer'
        ? await this.#box(credential)
        : scheme === 'basic'
          ? await this.#program(credential)
          : undefined;
    if (!caller) throw unauthorized(scheme);
    if (!kinds.includes(caller.kind)) throw new Problem(403, 'forbidden', 'This caller may not do that.');
    if (caller.kind === 'integration' && !grants(caller.scopes, scope, method))
      throw new Problem(403, 'insufficient-scope', `This needs the scope "${scope}".`);
    return caller;
  }

  async #box(token: string): Promise<Caller | undefined> {
    const dot = token.indexOf('.');
    if (dot < 1) return undefined;
    const box = await this.#boxes.find(token.slice(0, dot), token.slice(dot + 1));
    return box && { kind: 'box', ...box };
  }

  async #program(credential: string): Promise<Caller | undefined> {
    const [user, password] = userAndPassword(credential);
    const found = await this.#integrations.find(user, password);
    return found && { kind: 'integration', name: found.user, scopes: found.scopes };
  }
}

/** @throws {@link Problem} 403 when a box asks about someone else. */
export function mayActFor(caller: Caller, person: string | null | undefined): void {
  if (caller.kind === 'box' && caller.person !== person)
    throw new Problem(403, 'foreign-person', 'A box may only read and write the records of its own home.');
}

/** The scheme, in lower case, and what comes after it. */
export function credentials(authorization: string | undefined): [scheme: string, credential: string] {
  const [, scheme = '', credential = ''] = /^(\S+) +(\S+)$/.exec(authorization ?? '') ?? [];
  return [scheme.toLowerCase(), credential];
}

/** The two halves of a Basic credential; what is not one gives empty texts. */
export function userAndPassword(credential: string): [user: string, password: string] {
  const text = Buffer.from(credential, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 1 ? ['', ''] : [text.slice(0, colon), text.slice(colon + 1)];
}

/** RFC 6750, 3 and RFC 7617, 2: which credentials would open the door. */
function unauthorized(scheme: string): Problem {
  const realm = 'realm="study credit"';
  const wrongToken = scheme === 'bearer' ? ', error="invalid_token"' : '';
  return new Problem(401, 'unauthorized', 'The caller is not known here.', {
    headers: { 'www-authenticate': `Bearer ${realm}${wrongToken}, Basic ${realm}, charset="UTF-8"` },
  });
}
