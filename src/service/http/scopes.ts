/**
 * What an integration may be allowed to do. The names that xAPI has are xAPI's.
 *
 * Source: xAPI 1.0.3 Communication 4.2, "OAuth Authorization Scope"; the rest are ours.
 */
export const scopes = {
  all: 'everything',
  'all/read': 'read everything',
  'statements/write': 'store statements',
  'statements/read': 'read statements',
  state: 'read and write xAPI state documents',
  profile: 'read and write xAPI agent and activity profiles',
  'ledger/read': 'read the ledger, years of study and reasons',
  'ledger/correct': 'correct and void ledger entries',
  roster: 'read and write villages, branches, homes, rooms and people',
  export: 'export statements, ledger and people',
  bind: 'bind boxes to homes and rooms, and unbind them',
} as const;

export type Scope = keyof typeof scopes;

export const scopeNames = Object.keys(scopes) as Scope[];

/**
 * Whether a caller with some scopes may make a request that asks for one.
 *
 * @param wanted `all` for what no smaller scope opens.
 */
export function grants(held: readonly Scope[], wanted: Scope, method: string): boolean {
  if (held.includes('all') || held.includes(wanted)) return true;
  const reads = method === 'GET' || method === 'HEAD';
  return held.includes('all/read') && reads && wanted !== 'all';
}

/** The `security` of a route's schema: boxes, integrations with a scope, or either. */
export function secured(
  kinds: readonly ('box' | 'integration')[],
  scope: Scope = 'all',
): { [scheme: string]: string[] }[] {
  return kinds.map((kind) => ({ [kind]: kind === 'box' ? [] : [scope] }));
}
