import { profileIris } from '../../domain/statements/iris.ts';
import type { Actor } from '../../domain/statements/statement.ts';

const NAME = 'service:groups';

/** In whose name the service stores what follows from a group session. */
export function groupAuthority(homePage: string): Actor {
  return { objectType: 'Agent', account: { homePage: profileIris(homePage).category, name: NAME } };
}

/** Whether a statement was made by the service from a group's record: the authority is set by the service alone. */
export function isOfGroup(authority: Actor | undefined): boolean {
  return authority?.account?.name === NAME;
}
