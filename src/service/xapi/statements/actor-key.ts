import type { Actor } from '../../../domain/statements/statement.ts';
import { isPeopleHomePage } from '../../../domain/statements/iris.ts';

/**
 * An actor's inverse functional identifier as one text, equal for equal actors.
 *
 * Source: xAPI 1.0.3 Data 2.4.2.3
 */
export function actorKey(actor: Actor): string {
  return printable(identifier(actor));
}

function identifier({ account, mbox, mbox_sha1sum, openid, member }: Actor): string {
  if (account) return `account|${account.homePage}|${account.name}`;
  if (mbox !== undefined) return `mbox|${mbox.toLowerCase()}`;
  if (mbox_sha1sum !== undefined) return `mbox_sha1sum|${mbox_sha1sum.toLowerCase()}`;
  if (openid !== undefined) return `openid|${openid}`;
  return `group|${(member ?? []).map(identifier).sort().join(',')}`;
}

/** The opaque name of one of the county's people, or `null` if the actor is none. */
export function personOf(actor: Actor): string | null {
  if (actor.objectType === 'Group' || !actor.account || !isPeopleHomePage(actor.account.homePage))
    return null;
  return printable(actor.account.name);
}

/** PostgreSQL's texts know no NUL. */
function printable(text: string): string {
  return text.replaceAll('\0', '\\0');
}
