// @vitest-environment jsdom
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../../../../src/tv/app/routes.ts';
import { setLanguage } from '../../../../src/tv/locales/i18n.ts';
import { part } from '../../../../src/tv/ui/parts.ts';
import { focusedWords, showPage, type PageStage } from '../../../fakes/page-stage.ts';
import {
  begun,
  fakeServices,
  ledgerEntryOf,
  lessonStudyOf,
  type FakeWorld,
} from '../../../fakes/services.ts';
import { elementsUnder, visibleRings, type Key } from '../../../fakes/stage.ts';

type PageRoute = Exclude<Route, { page: 'play' }>;

const routes: readonly PageRoute[] = [
  { page: 'home' },
  { page: 'playlist', id: 'winter-crops' },
  { page: 'playlist', id: 'gone' },
  { page: 'farm-talk' },
  { page: 'lesson', id: 'wheat-cold-wave' },
  { page: 'lesson', id: 'gone' },
  { page: 'my-study' },
  { page: 'settings' },
  { page: 'help' },
];
const studied = [
  'wheat-sowing',
  'sheep-shed',
  'tomato-cold',
  'duty-hours',
  'grain-drying',
  'remote-basics',
  'gone',
];
const nothing: FakeWorld['catalogue'] = {
  county: { id: 'new', name: '新县' },
  playlists: [],
  lessons: new Map(),
  farmTalk: [],
};
/** Lives a page may find itself in. */
const worlds: Record<string, Partial<FakeWorld>> = {
  'a new box': {},
  'a box in use': {
    watched: [begun('sheep-shed'), begun('wheat-sowing', { completed: true, resumeAt: 0 })],
    lessons: studied.map((id) => lessonStudyOf(id)),
    entries: studied.map((id) => ledgerEntryOf(id, 0.1)),
    waiting: { count: 3, saved: false, quarantined: 1 },
    catalogueIsOld: true,
    catalogueProblems: 2,
    network: { service: false, delayMs: undefined, kbps: undefined },
  },
  'no study code': { study: 'lost' },
  'study code that does not come': { study: 'pending' },
  'an empty county': { catalogue: nothing },
};

/** Lets what a page has asked for arrive. */
const arrived = () => new Promise((resolve) => setTimeout(resolve));

function expectFocus(stage: PageStage, when: string): void {
  expect(focusedWords(stage), `${when}: the focus has words`).not.toBe('');
  const rings = visibleRings(stage.shown);
  expect(rings.length, `${when}: one ring for "${focusedWords(stage)}"`).toBe(1);
  expect(rings[0], `${when}: the ring is where the focus is`).toBe(part(stage.focused(), 'FocusRing'));
}

beforeAll(() => setLanguage('zh-CN'));
const stages: PageStage[] = [];
afterEach(() => {
  // Detached, a page ends its timers.
  for (const stage of stages.splice(0)) stage.dispose();
});
function open(route: PageRoute, world: Partial<FakeWorld>): PageStage {
  const stage = showPage(route, fakeServices(world).services);
  stages.push(stage);
  return stage;
}

describe.each(Object.entries(worlds))('in %s', (_, world) => {
  describe.each(routes)('$page $id', (route) => {
    it('has one visible focus with words from the first moment, and keeps it on any walk', async () => {
      const key = fc.constantFrom<Key>('Left', 'Right', 'Up', 'Down', 'Left', 'Right', 'Up', 'Down', 'Enter');
      await fc.assert(
        fc.asyncProperty(fc.array(key, { minLength: 25, maxLength: 25 }), async (keys) => {
          const stage = open(route, world);
          expectFocus(stage, 'at first');
          await arrived();
          expectFocus(stage, 'when all is there');
          keys.forEach((pressed, index) => {
            stage.press(pressed);
            expectFocus(stage, `after ${keys.slice(0, index + 1).join(' ')}`);
          });
          stage.settle();
          stage.dispose();
        }),
        { numRuns: 2 },
      );
    });

    it('has a heading, and sets the line height of every text', async () => {
      const stage = open(route, world);
      await arrived();
      expect(stage.shown.heading).not.toBe('');
      const texts = elementsUnder(stage.shown).filter((element) => element.text);
      expect(texts.length).toBeGreaterThan(0);
      for (const { text } of texts)
        expect(text!.lineHeight, text!.text).toBeGreaterThanOrEqual(text!.fontSize * 1.2);
    });

    it('says every step of the focus', () => {
      const stage = open(route, world);
      let before = focusedWords(stage);
      for (const key of ['Down', 'Right', 'Right', 'Down', 'Left', 'Left', 'Up', 'Up', 'Left'] as const) {
        stage.press(key);
        const now = focusedWords(stage);
        if (now !== before) expect([...stage.said].pop()).toBe(now);
        before = now;
      }
    });
  });
});
