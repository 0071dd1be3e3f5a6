import { formatRoute, type Route } from './routes.ts';

/** A page that was opened, and what it wants to find again when it is returned to (focus, scroll). */
export interface Visit {
  route: Route;
  memory: unknown;
}

/** The pages from home to the one that is shown; never empty. */
export type Trail = readonly Visit[];

export type NavigationEvent =
  { type: 'opened'; route: Route; memory: unknown } | { type: 'replaced'; route: Route } | { type: 'back' };

const visit = (route: Route): Visit => ({ route, memory: undefined });

/** The trail at start-up: Back from a deep link goes home. */
export function trailFor(route: Route): Trail {
  return route.page === 'home' ? [visit(route)] : [visit({ page: 'home' }), visit(route)];
}

/**
 * One step through the app. Back always goes exactly one level up; `leave` is true when there is none left.
 * Opening home starts over: a long evening never grows the trail without bound. Opening the page that is shown
 * makes no second stop of it.
 */
export function navigate(trail: Trail, event: NavigationEvent): { trail: Trail; leave: boolean } {
  switch (event.type) {
    case 'opened': {
      if (event.route.page === 'home') return { trail: trailFor(event.route), leave: false };
      const here = { ...trail[trail.length - 1]!, memory: event.memory };
      const shown = formatRoute(here.route) === formatRoute(event.route);
      return { trail: [...trail.slice(0, -1), here, ...(shown ? [] : [visit(event.route)])], leave: false };
    }
    case 'replaced':
      return { trail: [...trail.slice(0, -1), visit(event.route)], leave: false };
    case 'back':
      return trail.length > 1 ? { trail: trail.slice(0, -1), leave: false } : { trail, leave: true };
  }
}
