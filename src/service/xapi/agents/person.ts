import type { Actor } from '../../../domain/statements/statement.ts';

/** Every property is a list: a person may have several of each. */
export interface Person {
  objectType: 'Person';
  name?: string[];
  mbox?: string[];
  mbox_sha1sum?: string[];
  openid?: string[];
  account?: object[];
}

/**
 * The person of an agent.
 *
 * @param known what the same agent was called elsewhere.
 *
 * Source: xAPI 1.0.3 Communication 2.4.5, "Person Properties"
 */
export function personOfAgent(agent: Actor, known: readonly Actor[]): Person {
  const { mbox, mbox_sha1sum, openid, account } = agent;
  const names = new Set([agent, ...known].flatMap(({ name }) => name ?? []));
  return {
    objectType: 'Person',
    ...(names.size > 0 ? { name: [...names] } : {}),
    ...(mbox === undefined ? {} : { mbox: [mbox] }),
    ...(mbox_sha1sum === undefined ? {} : { mbox_sha1sum: [mbox_sha1sum] }),
    ...(openid === undefined ? {} : { openid: [openid] }),
    ...(account ? { account: [account] } : {}),
  };
}
