import { Lightning } from '@lightningjs/sdk';
import { CardPool } from './CardPool.ts';
import { part } from './parts.ts';
import { motion } from './theme.ts';

export interface GridSpec<Card extends Lightning.Component, Item> {
  items: readonly Item[];
  columns: number;
  cell: { w: number; h: number };
  gap: { x: number; y: number };
  /** Rows that fit on the screen. */
  visibleRows: number;
  /** What a card is made from. */
  card: object;
  show: (card: Card, item: Item, index: number) => void;
  onEnter?: (item: Item, index: number) => void;
}

/** Cards in rows and columns, one column making a list; any length, drawn with a fixed pool. */
export class Grid<Card extends Lightning.Component, Item> extends Lightning.Component {
  #spec: GridSpec<Card, Item> | undefined;
  #pool: CardPool<Card> | undefined;
  #index = 0;
  #firstRow = 0;

  static override _template(): object {
    return { Cards: {} };
  }

  set spec(spec: GridSpec<Card, Item>) {
    const { items, columns, cell, gap, visibleRows } = spec;
    this.#spec = spec;
    this.#pool = new CardPool<Card>(
      part(this, 'Cards'),
      items.length,
      (visibleRows + 2) * columns,
      spec.card,
      (card, index) => {
        card.x = (index % columns) * (cell.w + gap.x);
        card.y = Math.floor(index / columns) * (cell.h + gap.y);
        spec.show(card, items[index]!, index);
      },
    );
    this.index = Math.min(this.#index, Math.max(0, items.length - 1));
  }

  /** The items are the same and look different now. */
  refresh(): void {
    this.#pool?.refresh();
  }

  /** How many items are below the last row on the screen. */
  get below(): number {
    const { items, columns, visibleRows } = this.#spec ?? { items: [], columns: 1, visibleRows: 0 };
    return Math.max(0, items.length - (this.#firstRow + visibleRows) * columns);
  }

  get index(): number {
    return this.#index;
  }

  set index(index: number) {
    const count = this.#spec?.items.length ?? 0;
    this.#index = Math.max(0, Math.min(index, count - 1));
    this.#scroll(false);
    this._refocus();
  }

  override _getFocused(): Lightning.Component {
    return this.#pool?.at(this.#index) ?? this;
  }

  override _handleLeft(): boolean {
    return this.#index % (this.#spec?.columns ?? 1) > 0 && this.#moveTo(this.#index - 1);
  }

  override _handleRight(): boolean {
    const columns = this.#spec?.columns ?? 1;
    return this.#index % columns < columns - 1 && this.#moveTo(this.#index + 1);
  }

  override _handleUp(): boolean {
    return this.#moveTo(this.#index - (this.#spec?.columns ?? 1));
  }

  override _handleDown(): boolean {
    const { columns, items } = this.#spec ?? { columns: 1, items: [] };
    const below = this.#index + columns;
    const lastRow = Math.floor((items.length - 1) / columns);
    // Under a gap in the last row, Down still leads to that row.
    return this.#moveTo(
      Math.floor(this.#index / columns) < lastRow ? Math.min(below, items.length - 1) : below,
    );
  }

  override _handleEnter(): boolean {
    const item = this.#spec?.items[this.#index];
    if (!this.#spec?.onEnter || item === undefined) return false;
    this.#spec.onEnter(item, this.#index);
    return true;
  }

  #moveTo(index: number): boolean {
    if (index < 0 || index >= (this.#spec?.items.length ?? 0)) return false;
    this.#index = index;
    this.#scroll(true);
    return true;
  }

  #scroll(smooth: boolean): void {
    const spec = this.#spec;
    if (!spec) return;
    const row = Math.floor(this.#index / spec.columns);
    if (row < this.#firstRow) this.#firstRow = row;
    if (row >= this.#firstRow + spec.visibleRows) this.#firstRow = row - spec.visibleRows + 1;
    this.#pool?.showFrom((this.#firstRow - 1) * spec.columns);
    const y = -this.#firstRow * (spec.cell.h + spec.gap.y);
    // Also the jump is a transition: a value set past a running one would be overwritten by it.
    part(this, 'Cards').setSmooth('y', y, { duration: smooth ? motion.focus : 0 });
  }
}
