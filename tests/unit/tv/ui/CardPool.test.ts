// @vitest-environment jsdom
import { Lightning } from '@lightningjs/sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CardPool } from '../../../../src/tv/ui/CardPool.ts';
import { showOnStage } from '../../../fakes/stage.ts';

class Card extends Lightning.Component {
  item = -1;
}

/** A pool over `count` items, and how often it bound a card. */
function poolOf(count: number, size: number) {
  const { shown } = showOnStage(Lightning.Component);
  const bound: number[] = [];
  const pool = new CardPool<Card>(shown, count, size, { type: Card }, (card, index) => {
    card.item = index;
    bound.push(index);
  });
  return { pool, bound, cards: () => shown.children as unknown as Card[] };
}

describe('a pool of cards', () => {
  it('makes no more cards than the list has, nor than it was allowed', () => {
    expect(poolOf(3, 7).cards()).toHaveLength(3);
    expect(poolOf(500, 7).cards()).toHaveLength(7);
    expect(poolOf(0, 7).cards()).toHaveLength(0);
  });

  it('has no card for an empty list', () => {
    const { pool, bound } = poolOf(0, 7);
    pool.showFrom(0);
    expect(pool.at(0)).toBeUndefined();
    expect(bound).toEqual([]);
  });

  it('shows every item of any window in the card that is asked for it', () => {
    const list = fc.record({ count: fc.integer({ min: 1, max: 40 }), size: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(
        list,
        fc.array(fc.integer({ min: -5, max: 45 }), { maxLength: 10 }),
        ({ count, size }, walk) => {
          const { pool, cards } = poolOf(count, size);
          for (const first of [0, ...walk]) {
            pool.showFrom(first);
            const shown = Math.min(size, count);
            const from = Math.max(0, Math.min(first, count - shown));
            for (let index = from; index < from + shown; index++) expect(pool.at(index)!.item).toBe(index);
            expect(cards()).toHaveLength(shown);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('binds one card when the window moves by one, and none when it stands', () => {
    const { pool, bound } = poolOf(100, 7);
    pool.showFrom(10);
    bound.length = 0;
    pool.showFrom(11);
    expect(bound).toEqual([17]);
    pool.showFrom(11);
    expect(bound).toEqual([17]);
    pool.showFrom(10);
    expect(bound).toEqual([17, 10]);
  });
});
