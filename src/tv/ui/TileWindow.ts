import { Lightning } from '@lightningjs/sdk';
import { Grid, type GridSpec } from './Grid.ts';
import { part } from './parts.ts';

/** Room for the focus ring at the sides. */
const side = 24;

/** A grid cut off above and below its rows, so that none runs into what stands around it; the ring is not cut. */
export class TileWindow<Card extends Lightning.Component, Item> extends Lightning.Component {
  static override _template(): object {
    return { Cut: { clipping: true, x: -side, Grid: { type: Grid, x: side } } };
  }

  get #grid(): Grid<Card, Item> {
    return part(part(this, 'Cut'), 'Grid');
  }

  set spec(spec: GridSpec<Card, Item>) {
    const { cell, gap, columns, visibleRows } = spec;
    // The gap between two rows is also the room of the ring above the first and below the last.
    this.patch({
      Cut: {
        y: -gap.y,
        w: (cell.w + gap.x) * columns - gap.x + side * 2,
        h: (cell.h + gap.y) * visibleRows + gap.y,
        Grid: { y: gap.y },
      },
    });
    this.#grid.spec = spec;
  }

  get index(): number {
    return this.#grid.index;
  }

  set index(index: number) {
    this.#grid.index = index;
  }

  /** How many items are below the last row on the screen. */
  get below(): number {
    return this.#grid.below;
  }

  /** The items are the same and look different now. */
  refresh(): void {
    this.#grid.refresh();
  }

  override _getFocused(): Lightning.Component {
    return this.#grid;
  }
}
