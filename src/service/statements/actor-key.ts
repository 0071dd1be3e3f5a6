import type { Actor } from '../../domain/statements/statement.ts';
import { isPeopleHomePage } from '../../domain/statements/iris.ts';

/**
 * An actor's inverse functional identifier as one text, equal for equal actors.
 *
 * Source: xAPI 1.0.3 Data 2.4.2.3
 */
export function actorKey(actor: Actor): string {
  if (actor.account) return `account|${actor.account.homePage}|${printable(actor.account.name)}`;
  if (actor.mbox !== undefined) return `mbox|${actor.mbox.toLowerCase()}`;
  if (actor.mbox_sha1sum !== undefined) return `mbox_sha1sum|${actor.mbox_sha1sum.toLowerCase()}`;
  if (actor.openid !== undefined) return `openid|${actor.openid}`;
  return `group|${(actor.member ?? []).map(actorKey).sort().join(',')}`;
}

/** The opaque name of one of the county's people, or `null` if the actor is none. */
export function personOf(actor: Actor): string | null {
  if (actor.objectType === 'Group' || !actor.account || !isPeopleHomePage(actor.account.homePage))
    return null;
  return printable(actor.account.name);
}

/** PostgreSQL's texts know no NUL. */
function printable(name: string): string {
  return name.replaceAll('\0', '\\0');
}
