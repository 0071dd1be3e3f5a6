import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { isPassword } from './password-hash.ts';
import type { Scope } from './scopes.ts';

/** A Basic credential for one of the county's programs. */
export interface IntegrationCredential {
  user: string;
  password: string;
}

/** A program of the county's and what it may do; its password plain or, better, as a hash. */
export type Integration = { user: string; scopes: readonly Scope[] } & (
  { password: string } | { passwordHash: string }
);

/** The programs that are let in with a name and a password. */
export class Integrations {
  readonly #byUser: ReadonlyMap<string, Integration>;
  /** What has been checked against a slow hash before, under a key that only this process knows. */
  readonly #checked = new Map<string, Buffer>();
  readonly #key = randomBytes(32);

  constructor(integrations: readonly Integration[]) {
    this.#byUser = new Map(integrations.map((one) => [one.user, one]));
  }

  /** The program with this name and password, or `undefined`. */
  async find(user: string, password: string): Promise<Integration | undefined> {
    const integration = this.#byUser.get(user);
    if (!integration) return undefined;
    return (await this.#isRight(integration, password)) ? integration : undefined;
  }

  async #isRight(integration: Integration, password: string): Promise<boolean> {
    const digest = this.#digest(password);
    if ('password' in integration) return timingSafeEqual(digest, this.#digest(integration.password));
    const checked = this.#checked.get(integration.user);
    if (checked && timingSafeEqual(checked, digest)) return true;
    const right = await isPassword(password, integration.passwordHash);
    if (right) this.#checked.set(integration.user, digest);
    return right;
  }

  #digest(password: string): Buffer {
    return createHmac('sha256', this.#key).update(password).digest();
  }
}
