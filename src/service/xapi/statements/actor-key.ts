import type { Actor } from '../../../domain/statements/statement.ts';
import { isPeopleHomePage } from '../../../domain/statements/iris.ts';
import { indexKey, printable } from './index-key.ts';

/**
 * An actor's inverse functional identifier as one text, equal for equal actors.
 *
 * Source: xAPI 1.0.3 Data 2.4.2.3
 */
export function actorKey(actor: Actor): string {
  return indexKey(identifier(actor));
}

function identifier({ account, mbox, mbox_sha1sum, openid, member }: Actor): string {
  if (account) return `account|${account.homePage}|${account.name}`;
  if (mbox !== undefined) return `mbox|${mbox.toLowerCase()}`;
  if (mbox_sha1sum !== undefined) return `mbox_sha1sum|${mbox_sha1sum.toLowerCase()}`;
  if (openid !== undefined) return `openid|${openid}`;
  return `group|${(member ?? []).map(identifier).sort().join(',')}`;
}

/** Far more characters than the opaque name of a person has. */
const LONGEST_NAME = 200;

/** The opaque name of one of the county's people, or `null` if the actor is none. */
export function personOf(actor: Actor): string | null {
  if (actor.objectType === 'Group' || !actor.account || !isPeopleHomePage(actor.account.homePage))
    return null;
  const name = printable(actor.account.name);
  return name.length <= LONGEST_NAME ? name : null;
}
