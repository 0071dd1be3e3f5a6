// @vitest-environment jsdom
import { beforeAll, describe, expect, it } from 'vitest';
import { formatRoute, type Route } from '../../../../src/tv/app/routes.ts';
import type { Services } from '../../../../src/tv/app/services.ts';
import { setLanguage } from '../../../../src/tv/locales/i18n.ts';
import { focusedWords, showPage, type PageStage } from '../../../fakes/page-stage.ts';
import { begun, fakeServices, sampleCatalogue } from '../../../fakes/services.ts';
import type { Key } from '../../../fakes/stage.ts';

const arrows = ['Left', 'Right', 'Up', 'Down'] as const;

/** Where the focus is, told from every other place of the same page. */
function place(stage: PageStage): string {
  const path = stage.focused().getLocationString();
  return `${path} ${focusedWords(stage)}`;
}

/** Keys from a page's first focus to every route it opens, by breadth-first search over the real page. */
function routesFrom(route: Exclude<Route, { page: 'play' }>, services: Services, most: number) {
  const at = (keys: readonly Key[]): PageStage => {
    const stage = showPage(route, services);
    stage.press(...keys);
    return stage;
  };
  const found: { route: Route; keys: Key[] }[] = [];
  const seen = new Set<string>();
  let edge: Key[][] = [[]];
  for (let depth = 0; depth < most; depth++) {
    const next: Key[][] = [];
    for (const keys of edge) {
      const stage = at(keys);
      const here = place(stage);
      const known = seen.has(here);
      if (!known) {
        seen.add(here);
        stage.press('Enter');
        for (const opened of [...stage.notes.opened, ...stage.notes.replaced])
          found.push({ route: opened, keys: [...keys, 'Enter'] });
        next.push(...arrows.map((arrow) => [...keys, arrow]));
      }
      stage.dispose();
    }
    edge = next;
  }
  return found;
}

/**
 * The fewest keys from start-up to each of these lessons playing, as far as `most` keys lead. Pages behind Home
 * are looked at only for lessons that Home itself leaves out.
 */
function keysToPlay(services: Services, wanted: readonly string[], most: number): Record<string, string> {
  const ways: Record<string, string> = {};
  const opened = new Set<string>();
  let pages: { route: Route; keys: Key[] }[] = [{ route: { page: 'home' }, keys: [] }];
  while (pages.length > 0 && wanted.some((id) => !(id in ways))) {
    const next: typeof pages = [];
    for (const { route, keys } of pages) {
      if (route.page === 'play' || opened.has(formatRoute(route))) continue;
      opened.add(formatRoute(route));
      for (const further of routesFrom(route, services, most - keys.length)) {
        const all = [...keys, ...further.keys];
        if (further.route.page === 'play') ways[further.route.id] ??= all.join(' ');
        next.push({ route: further.route, keys: all });
      }
    }
    pages = next.sort((one, other) => one.keys.length - other.keys.length);
  }
  return ways;
}

const catalogue = sampleCatalogue();
const lessons = [...catalogue.lessons.keys()];
const talk = catalogue.farmTalk[0]!.lessons[0]!;
/** Many pages are built; a busy machine takes its time. */
const patience = 60_000;

beforeAll(() => setLanguage('zh-CN'));

describe('play first: from start-up to the picture', () => {
  it.each([
    ['on a new box', {}],
    ['where something was begun and the focus waits on it', { watched: [begun('sheep-shed')] }],
  ])(
    'any lesson of the county takes at most 5 keys %s',
    (_, world) => {
      const ways = keysToPlay(fakeServices(world).services, lessons, 5);
      expect(Object.keys(ways).sort()).toEqual([...lessons].sort());
    },
    patience,
  );

  it(
    'this month’s farm talk takes at most 2, whatever was begun, and what was begun takes 1',
    () => {
      expect(keysToPlay(fakeServices().services, [talk], 2)).toHaveProperty([talk]);
      const inUse = keysToPlay(
        fakeServices({ watched: [begun('sheep-shed')] }).services,
        [talk, 'sheep-shed'],
        2,
      );
      expect(inUse['sheep-shed']).toBe('Enter');
      expect(inUse).toHaveProperty([talk]);
    },
    patience,
  );
});
