import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { navigate, trailFor, type NavigationEvent, type Trail } from '../../../../src/tv/app/navigation.ts';
import type { Route } from '../../../../src/tv/app/routes.ts';

const back: NavigationEvent = { type: 'back' };
const route = fc.oneof(
  fc.constantFrom<Route>({ page: 'home' }, { page: 'settings' }, { page: 'help' }),
  fc.record({ page: fc.constantFrom('playlist', 'lesson', 'play'), id: fc.constantFrom('a', 'b') }),
) as fc.Arbitrary<Route>;
const event: fc.Arbitrary<NavigationEvent> = fc.oneof(
  fc.record({ type: fc.constant('opened' as const), route, memory: fc.nat(9) }),
  fc.record({ type: fc.constant('replaced' as const), route }),
  fc.constant(back),
);
const evening = fc.tuple(route, fc.array(event, { maxLength: 40 }));
const top = (trail: Trail) => trail[trail.length - 1]!;
const walk = (start: Route, events: readonly NavigationEvent[]): Trail =>
  events.reduce((trail, step) => navigate(trail, step).trail, trailFor(start));

describe('the trail', () => {
  it('is never empty, whatever happens', () => {
    fc.assert(
      fc.property(evening, ([start, events]) => {
        expect(walk(start, events).length).toBeGreaterThan(0);
      }),
    );
  });

  it('of a deep link leads home and then out', () => {
    const deep = trailFor({ page: 'lesson', id: 'a' });
    const home = navigate(deep, back);
    expect(home.leave).toBe(false);
    expect(home.trail.map((visit) => visit.route)).toEqual([{ page: 'home' }]);
    expect(navigate(home.trail, back)).toEqual({ trail: home.trail, leave: true });
  });

  it('starts over when home is opened', () => {
    fc.assert(
      fc.property(evening, ([start, events]) => {
        const opened = navigate(walk(start, events), { type: 'opened', route: { page: 'home' }, memory: 1 });
        expect(opened.trail.map((visit) => visit.route)).toEqual([{ page: 'home' }]);
        expect(navigate(opened.trail, back).leave).toBe(true);
      }),
    );
  });
});

describe('Back', () => {
  it('goes exactly one up, or leaves from the last', () => {
    fc.assert(
      fc.property(evening, ([start, events]) => {
        const trail = walk(start, events);
        const { trail: after, leave } = navigate(trail, back);
        if (trail.length === 1) expect([after, leave]).toEqual([trail, true]);
        else expect([after, leave]).toEqual([trail.slice(0, -1), false]);
      }),
    );
  });

  it('undoes opening, and finds what the page wanted to remember', () => {
    fc.assert(
      fc.property(evening, route, fc.nat(99), ([start, events], next, memory) => {
        fc.pre(next.page !== 'home');
        const trail = walk(start, events);
        fc.pre(JSON.stringify(top(trail).route) !== JSON.stringify(next));
        const { trail: after } = navigate(
          navigate(trail, { type: 'opened', route: next, memory }).trail,
          back,
        );
        expect(after).toEqual([...trail.slice(0, -1), { ...top(trail), memory }]);
      }),
    );
  });

  it('skips a page that was replaced', () => {
    const trail = walk({ page: 'home' }, [
      { type: 'opened', route: { page: 'play', id: 'a' }, memory: 'row 3' },
      { type: 'replaced', route: { page: 'play', id: 'b' } },
    ]);
    expect(top(trail).route).toEqual({ page: 'play', id: 'b' });
    expect(navigate(trail, back).trail).toEqual([{ route: { page: 'home' }, memory: 'row 3' }]);
  });
});

describe('opening the page that is shown', () => {
  it('makes no second stop of it: one Back is enough', () => {
    const help: NavigationEvent = { type: 'opened', route: { page: 'help' }, memory: undefined };
    const trail = walk({ page: 'home' }, [help, help, help]);
    expect(trail).toHaveLength(2);
    expect(navigate(trail, back).trail.map((visit) => visit.route)).toEqual([{ page: 'home' }]);
  });
});

describe('no step', () => {
  it('changes the trail it starts from', () => {
    fc.assert(
      fc.property(evening, event, ([start, events], step) => {
        const trail = walk(start, events);
        const before = JSON.stringify(trail);
        navigate(trail, step);
        expect(JSON.stringify(trail)).toBe(before);
      }),
    );
  });
});
