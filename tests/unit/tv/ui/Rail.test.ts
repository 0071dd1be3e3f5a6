// @vitest-environment jsdom
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { part } from '../../../../src/tv/ui/parts.ts';
import type { PosterCard } from '../../../../src/tv/ui/PosterCard.ts';
import { type CardContent, type CardLayout } from '../../../../src/tv/ui/PosterCard.ts';
import { Rail } from '../../../../src/tv/ui/Rail.ts';
import { showOnStage, visibleRings } from '../../../fakes/stage.ts';

const layout: CardLayout = { w: 214, h: 150, title: 'cardTitle', meta: 'small', titleLines: 2, pad: 14 };
const gap = 20;
const visible = 5;
const card = (index: number): CardContent => ({
  id: `lesson-${index}`,
  title: `第 ${index} 课`,
  meta: '12 分钟',
  poster: undefined,
  announcement: `第 ${index} 课`,
});

function railOf(count: number, onEnter: (content: CardContent) => void = () => undefined) {
  const cards = Array.from({ length: count }, (_, index) => card(index));
  const stage = showOnStage(Rail, { spec: { title: '课', note: '', cards, layout, gap, visible, onEnter } });
  const row = part(stage.shown, 'Cards');
  return { stage, row, cards: () => row.children as unknown as PosterCard[] };
}

/** The place of the focused card on the screen once all movement is over. */
function placeOf({ stage, row }: ReturnType<typeof railOf>): number {
  stage.settle();
  return row.x + stage.focused().x;
}

describe('a rail', () => {
  it('never makes more cards than fit, and one at either side', () => {
    expect(railOf(3).cards()).toHaveLength(3);
    expect(railOf(300).cards()).toHaveLength(visible + 2);
  });

  it('has the right card focused and on the screen after any walk', () => {
    const walk = fc.array(fc.constantFrom('Left' as const, 'Right' as const), { maxLength: 40 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 23 }), walk, (count, keys) => {
        const rail = railOf(count);
        let index = 0;
        for (const key of keys) {
          const unhandled = rail.stage.press(key);
          expect(unhandled).toEqual(count < 2 ? [key] : []);
          index = (index + (key === 'Left' ? -1 : 1) + count) % count;
          const focused = rail.stage.focused() as PosterCard;
          expect(rail.stage.shown.index).toBe(index);
          expect(focused.content!.id).toBe(`lesson-${index}`);
          expect(focused.x).toBe(index * (layout.w + gap));
          const place = placeOf(rail);
          expect(place).toBeGreaterThanOrEqual(0);
          expect(place).toBeLessThanOrEqual((visible - 1) * (layout.w + gap));
          expect(rail.cards().length).toBeLessThanOrEqual(visible + 2);
          expect(visibleRings(rail.stage.shown)).toEqual([part(focused, 'FocusRing')]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('shows every card of the window in its place', () => {
    const rail = railOf(40);
    for (let press = 0; press < 45; press++) {
      rail.stage.press('Right');
      rail.stage.settle();
      const first = Math.round(-rail.row.x / (layout.w + gap));
      for (let index = first; index < first + visible; index++) {
        const shown = rail.cards().filter(({ x }) => x === index * (layout.w + gap));
        expect(shown.map(({ content }) => content!.id)).toEqual([`lesson-${index}`]);
      }
    }
  });

  it('goes round at both ends', () => {
    const { stage } = railOf(9);
    expect(stage.press('Left')).toEqual([]);
    expect(stage.shown.index).toBe(8);
    expect(stage.press('Right')).toEqual([]);
    expect(stage.shown.index).toBe(0);
  });

  it('goes round in the middle of a movement without losing its card', () => {
    const rail = railOf(6);
    rail.stage.press('Right', 'Right', 'Right', 'Right', 'Right', 'Right');
    expect(rail.stage.shown.index).toBe(0);
    expect(placeOf(rail)).toBe(0);
    rail.stage.press('Left', 'Right', 'Left');
    expect(rail.stage.shown.index).toBe(5);
    expect(placeOf(rail)).toBe((visible - 1) * (layout.w + gap));
  });

  it.each([2, 7, 8, 9, 15, 22])('of %d cards tells the new one after going round', (count) => {
    const { stage } = railOf(count);
    stage.press('Left', 'Right', 'Right');
    expect(stage.said).toEqual([`第 ${count - 1} 课`, '第 0 课', '第 1 课']);
  });

  it('opens the card that has the focus', () => {
    const onEnter = vi.fn();
    const { stage } = railOf(9, onEnter);
    stage.press('Left', 'Left', 'Enter');
    expect(onEnter).toHaveBeenCalledExactlyOnceWith(card(7));
  });

  it('lets Up and Down through to its owner', () => {
    expect(railOf(9).stage.press('Up', 'Down')).toEqual(['Up', 'Down']);
  });

  it('takes any index to the nearest card there is', () => {
    const { stage } = railOf(9);
    for (const [asked, index] of [
      [5, 5],
      [99, 8],
      [-3, 0],
    ] as const) {
      stage.shown.index = asked;
      expect(stage.shown.index).toBe(index);
    }
  });

  it('without cards keeps the focus itself and handles no key', () => {
    const { stage } = railOf(0);
    expect(stage.focused()).toBe(stage.shown);
    expect(stage.press('Left', 'Right', 'Enter')).toEqual(['Left', 'Right', 'Enter']);
  });
});
