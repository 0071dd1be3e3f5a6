import type { FastifyRequest } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Box, Boxes } from '../roster/boxes.ts';
import { Problem } from './problems.ts';

/** Who is calling: a box, for its own person only, or one of the county's programs, for everybody. */
export type Caller = ({ kind: 'box' } & Box) | { kind: 'integration'; name: string };

/** A Basic credential for programs. */
export interface IntegrationCredential {
  user: string;
  password: string;
}

/** Tells who is calling from the `Authorization` header. */
export class Authenticator {
  readonly #boxes: Boxes;
  readonly #integration: IntegrationCredential | undefined;

  constructor(boxes: Boxes, integration: IntegrationCredential | undefined) {
    this.#boxes = boxes;
    this.#integration = integration;
  }

  /**
   * @param kinds who may call here.
   * @throws {@link Problem} 401 or 403.
   */
  async caller({ headers }: FastifyRequest, kinds: readonly Caller['kind'][]): Promise<Caller> {
    const [scheme = '', credential = ''] = (headers.authorization ?? '').split(' ');
    const caller =
      scheme.toLowerCase() === 'bearer'
        ? await this.#box(credential)
        : scheme.toLowerCase() === 'basic'
          ? this.#program(credential)
          : undefined;
    if (!caller)
      throw new Problem(401, 'unauthorized', 'The caller is not known here.', {
        headers: { 'www-authenticate': 'Bearer, Basic realm="study credit", charset="UTF-8"' },
      });
    if (!kinds.includes(caller.kind)) throw new Problem(403, 'forbidden', 'This caller may not do that.');
    return caller;
  }

  async #box(token: string): Promise<Caller | undefined> {
    const dot = token.indexOf('.');
    if (dot < 1) return undefined;
    const box = await this.#boxes.find(token.slice(0, dot), token.slice(dot + 1));
    return box && { kind: 'box', ...box };
  }

  #program(credential: string): Caller | undefined {
    if (!this.#integration) return undefined;
    const { user, password } = this.#integration;
    const given = Buffer.from(credential, 'base64').toString('utf8');
    return same(given, `${user}:${password}`) ? { kind: 'integration', name: user } : undefined;
  }
}

/** @throws {@link Problem} 403 when a box asks about someone else. */
export function mayActFor(caller: Caller, person: string | null | undefined): void {
  if (caller.kind === 'box' && caller.person !== person)
    throw new Problem(403, 'foreign-person', 'A box may only read and write the records of its own home.');
}

/** Equal, in a time that tells nothing about where two texts differ. */
function same(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
