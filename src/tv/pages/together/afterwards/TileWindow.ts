import { Lightning } from '@lightningjs/sdk';
import { Grid, type GridSpec } from '../../../ui/Grid.ts';
import { part } from '../../../ui/parts.ts';

/** Room for the focus ring at the edges; less than the gap between two rows. */
const edge = 12;

/** A grid cut off above and below its rows, so that none runs into what stands around it. */
export class TileWindow<Card extends Lightning.Component, Item> extends Lightning.Component {
  static override _template(): object {
    return { Cut: { clipping: true, x: -edge, y: -edge, Grid: { type: Grid, x: edge, y: edge } } };
  }

  get #grid(): Grid<Card, Item> {
    return part(part(this, 'Cut'), 'Grid');
  }

  set spec(spec: GridSpec<Card, Item>) {
    const { cell, gap, columns, visibleRows } = spec;
    this.patch({
      Cut: {
        w: (cell.w + gap.x) * columns - gap.x + edge * 2,
        h: (cell.h + gap.y) * visibleRows - gap.y + edge * 2,
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

  /** The items are the same and look different now. */
  refresh(): void {
    this.#grid.refresh();
  }

  override _getFocused(): Lightning.Component {
    return this.#grid;
  }
}
