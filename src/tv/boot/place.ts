import type { Trail } from '../app/navigation.ts';
import { formatRoute, parseRoute } from '../app/routes.ts';

const key = 'field-classroom.place';

interface KeptVisit {
  address: string;
  memory: unknown;
}

/** Keeps the pages from home to the shown one, with what has the focus on each, for a start that follows at once. */
export function keepPlace(session: Pick<Storage, 'setItem'> | undefined, trail: Trail): void {
  const visits = trail.map(({ route, memory }): KeptVisit => ({ address: formatRoute(route), memory }));
  try {
    session?.setItem(key, JSON.stringify(visits));
  } catch {
    // Full or forbidden: the address alone brings the page back.
  }
}

/**
 * The kept place, once: a start that fails with it must not fail again.
 *
 * @param address of the page to be shown, from its `#` on
 * @returns nothing when none was kept, or one that ends elsewhere
 */
export function takePlace(
  session: Pick<Storage, 'getItem' | 'removeItem'> | undefined,
  address: string,
): Trail | undefined {
  const kept = session?.getItem(key);
  if (!kept) return undefined;
  session?.removeItem(key);
  const trail: Trail[number][] = [];
  for (const { address: at, memory } of JSON.parse(kept) as KeptVisit[]) {
    const route = parseRoute(at);
    if (!route) return undefined;
    trail.push({ route, memory });
  }
  const shown = trail[trail.length - 1];
  return shown && formatRoute(shown.route) === address ? trail : undefined;
}
