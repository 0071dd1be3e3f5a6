import { isOwnProfile, profileIris } from '../../../domain/statements/iris.ts';
import type { Account, Actor } from '../../../domain/statements/statement.ts';
import type { Caller } from '../../http/auth.ts';

/**
 * Who vouches for a caller's statements: the service itself, naming box or program. What a caller says about
 * it is not believed.
 *
 * Source: xAPI 1.0.3 Data 2.4.9 "Authority"
 */
export function authorityOf(caller: Caller, homePage: string): Actor {
  const iris = profileIris(homePage);
  const name = caller.kind === 'box' ? `box:${caller.boxId}` : `integration:${caller.name}`;
  return ownAuthority({ homePage: iris.category, name });
}

/** Written in one way only: it is searched for as text. */
export function ownAuthority({ homePage, name }: Account): Actor {
  return { objectType: 'Agent', account: { homePage, name } };
}

/** Whether an agent is one that {@link authorityOf} makes. */
export function isOwnAuthority({ account }: Actor): boolean {
  return account !== undefined && isOwnProfile(account.homePage);
}
