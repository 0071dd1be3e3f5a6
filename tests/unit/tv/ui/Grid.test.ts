// @vitest-environment jsdom
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Focusable } from '../../../../src/tv/ui/Focusable.ts';
import { Grid, type GridSpec } from '../../../../src/tv/ui/Grid.ts';
import { part } from '../../../../src/tv/ui/parts.ts';
import { showOnStage, visibleRings, type Key } from '../../../fakes/stage.ts';

const cell = { w: 200, h: 100 };
const gap = { x: 20, y: 10 };

class Cell extends Focusable {
  item = '';
  static override _template(): object {
    return { FocusRing: {} };
  }
  set size({ w, h }: { w: number; h: number }) {
    this.shape(w, h, 8);
  }
}

interface Shape {
  count: number;
  columns: number;
  visibleRows: number;
}

function specOf({ count, columns, visibleRows }: Shape, onEnter?: (item: string, index: number) => void) {
  const spec: GridSpec<Cell, string> = {
    items: Array.from({ length: count }, (_, index) => `item ${index}`),
    columns,
    visibleRows,
    cell,
    gap,
    card: { type: Cell, size: cell },
    show: (card, item) => Object.assign(card, { item, announcement: item }),
    ...(onEnter && { onEnter }),
  };
  return spec;
}

function gridOf(shape: Shape, onEnter?: (item: string, index: number) => void) {
  const stage = showOnStage(Grid<Cell, string>, { spec: specOf(shape, onEnter) });
  const cells = part(stage.shown, 'Cards');
  return { stage, cells };
}

/** Where a key leads, said once more and plainly; the same index means that the key goes on to the owner. */
function expected(index: number, key: Key, { count, columns }: Shape): number {
  const [row, column] = [Math.floor(index / columns), index % columns];
  const lastRow = Math.floor((count - 1) / columns);
  if (key === 'Left') return column > 0 ? index - 1 : index;
  if (key === 'Right') return column < columns - 1 && index + 1 < count ? index + 1 : index;
  if (key === 'Up') return row > 0 ? index - columns : index;
  return row < lastRow ? Math.min(index + columns, count - 1) : index;
}

const shape = fc.record({
  count: fc.integer({ min: 1, max: 30 }),
  columns: fc.integer({ min: 1, max: 4 }),
  visibleRows: fc.integer({ min: 1, max: 3 }),
});
const walk = fc.array(fc.constantFrom<Key>('Left', 'Right', 'Up', 'Down'), { maxLength: 40 });

describe('a grid', () => {
  it('never makes more rows of cards than fit, and two', () => {
    const { cells } = gridOf({ count: 300, columns: 3, visibleRows: 2 });
    expect(cells.children).toHaveLength((2 + 2) * 3);
  });

  it('has the right card focused and on the screen after any walk; edges go on to the owner', () => {
    fc.assert(
      fc.property(shape, walk, (given, keys) => {
        const { stage, cells } = gridOf(given);
        let index = 0;
        for (const key of keys) {
          const next = expected(index, key, given);
          expect(stage.press(key)).toEqual(next === index ? [key] : []);
          index = next;
          const focused = stage.focused() as Cell;
          expect(stage.shown.index).toBe(index);
          expect(focused.item).toBe(`item ${index}`);
          const pitch = { x: cell.w + gap.x, y: cell.h + gap.y };
          expect([focused.x, focused.y]).toEqual([
            (index % given.columns) * pitch.x,
            Math.floor(index / given.columns) * pitch.y,
          ]);
          stage.settle();
          const y = cells.y + focused.y;
          expect(y).toBeGreaterThanOrEqual(0);
          expect(y).toBeLessThanOrEqual((given.visibleRows - 1) * pitch.y);
          expect(cells.children.length).toBeLessThanOrEqual((given.visibleRows + 2) * given.columns);
          expect(visibleRings(stage.shown)).toEqual([part(focused, 'FocusRing')]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('shows every row of the window in its place', () => {
    const { stage, cells } = gridOf({ count: 50, columns: 2, visibleRows: 3 });
    for (let press = 0; press < 24; press++) {
      stage.press('Down');
      stage.settle();
      const top = Math.round(-cells.y / (cell.h + gap.y));
      for (let index = top * 2; index < (top + 3) * 2; index++) {
        const at = (cells.children as unknown as Cell[]).filter(
          ({ x, y }) =>
            y === Math.floor(index / 2) * (cell.h + gap.y) && x === (index % 2) * (cell.w + gap.x),
        );
        expect(at.map(({ item }) => item)).toEqual([`item ${index}`]);
      }
    }
  });

  it('tells how many are still below', () => {
    const { stage } = gridOf({ count: 8, columns: 3, visibleRows: 2 });
    expect(stage.shown.below).toBe(2);
    stage.press('Down');
    expect(stage.shown.below).toBe(2);
    stage.press('Down');
    expect(stage.shown.below).toBe(0);
  });

  it('opens the item that has the focus', () => {
    const onEnter = vi.fn();
    const { stage } = gridOf({ count: 8, columns: 3, visibleRows: 2 }, onEnter);
    stage.press('Down', 'Right', 'Enter');
    expect(onEnter).toHaveBeenCalledExactlyOnceWith('item 4', 4);
  });

  it('leads from above a gap in the last row to its last card', () => {
    const { stage } = gridOf({ count: 7, columns: 3, visibleRows: 3 });
    stage.press('Right', 'Right', 'Down', 'Down');
    expect(stage.shown.index).toBe(6);
  });

  it('keeps the place when its items come anew, and steps back when they are fewer', () => {
    const { stage } = gridOf({ count: 9, columns: 1, visibleRows: 3 });
    stage.press('Down', 'Down', 'Down', 'Down');
    stage.shown.spec = specOf({ count: 9, columns: 1, visibleRows: 3 });
    expect((stage.focused() as Cell).item).toBe('item 4');
    stage.shown.spec = specOf({ count: 2, columns: 1, visibleRows: 3 });
    expect((stage.focused() as Cell).item).toBe('item 1');
    expect(visibleRings(stage.shown)).toHaveLength(1);
  });

  it('without items keeps the focus itself and handles no key', () => {
    const { stage } = gridOf({ count: 0, columns: 3, visibleRows: 2 });
    expect(stage.focused()).toBe(stage.shown);
    expect(stage.press('Left', 'Right', 'Up', 'Down', 'Enter')).toHaveLength(5);
  });
});
