import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRoute, parseRoute, type Route } from '../../../../src/tv/app/routes.ts';

const id = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const route: fc.Arbitrary<Route> = fc.oneof(
  fc.constantFrom<Route>(
    { page: 'home' },
    { page: 'my-study' },
    { page: 'settings' },
    { page: 'help' },
    { page: 'farm-talk' },
    { page: 'remote' },
    { page: 'remote', teach: true },
  ),
  fc.record({ page: fc.constantFrom('playlist', 'lesson', 'play'), id }) as fc.Arbitrary<Route>,
  fc.record({ page: fc.constant('play' as const), id, playlist: id }),
  fc.record({ page: fc.constant('farm-talk' as const), issue: id }),
);

describe('addresses', () => {
  it('lead to the page they were made for, whatever its id', () => {
    fc.assert(
      fc.property(route, (given) => {
        expect(parseRoute(formatRoute(given))).toEqual(given);
      }),
    );
  });

  it.each([
    ['', { page: 'home' }],
    ['#', { page: 'home' }],
    ['#/', { page: 'home' }],
    ['#home', { page: 'home' }],
    ['#/my-study', { page: 'my-study' }],
    ['#playlist/winter', { page: 'playlist', id: 'winter' }],
    ['#play/wheat', { page: 'play', id: 'wheat' }],
    ['#play/wheat/winter', { page: 'play', id: 'wheat', playlist: 'winter' }],
    ['#farm-talk', { page: 'farm-talk' }],
    ['#farm-talk/2026-11', { page: 'farm-talk', issue: '2026-11' }],
    ['#remote/teach', { page: 'remote', teach: true }],
    ['#lesson/%E9%BA%A6', { page: 'lesson', id: '麦' }],
  ])('%j opens a page', (hash, page) => {
    expect(parseRoute(hash)).toEqual(page);
  });

  it.each([
    '#nowhere',
    '#playlist',
    '#playlist/',
    '#lesson',
    '#play/',
    '#Home',
    '#__proto__',
    '#constructor/x',
  ])('%s is no page', (hash) => {
    expect(parseRoute(hash)).toBeUndefined();
  });

  it('that are broken never throw', () => {
    expect(parseRoute('#lesson/%E9%ZZ')).toEqual({ page: 'lesson', id: '%E9%ZZ' });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (hash) => {
        expect(() => parseRoute(`#${hash}`)).not.toThrow();
      }),
    );
  });
});
