import type { Lightning } from '@lightningjs/sdk';

/**
 * A fixed number of cards that show a window of a list of any length: item i lives in card i mod size, so
 * moving the window by one rebinds one card and leaves the others untouched.
 */
export class CardPool<Card extends Lightning.Component> {
  readonly #cards: Card[];
  readonly #bound: number[];
  readonly #count: number;
  readonly #bind: (card: Card, index: number) => void;

  /**
   * @param container gets the cards as its children.
   * @param count length of the list.
   * @param size cards to make, at most `count`.
   * @param template what a card is made from.
   * @param bind puts a card where item `index` belongs and shows it there.
   */
  constructor(
    container: Lightning.Element,
    count: number,
    size: number,
    template: object,
    bind: (card: Card, index: number) => void,
  ) {
    this.#count = count;
    this.#bind = bind;
    container.children = Array.from({ length: Math.min(size, count) }, () => ({ ...template }));
    this.#cards = container.children as unknown as Card[];
    this.#bound = this.#cards.map(() => -1);
  }

  /** The card that shows an item of the window. */
  at(index: number): Card | undefined {
    return this.#cards[index % this.#cards.length];
  }

  /** Shows all cards of the window anew: their items have changed. */
  refresh(): void {
    this.#bound.forEach((index, slot) => {
      const card = this.#cards[slot];
      if (card && index >= 0) this.#bind(card, index);
    });
  }

  /** Shows the items from `first` on, as many as there are cards. */
  showFrom(first: number): void {
    const size = this.#cards.length;
    const from = Math.max(0, Math.min(first, this.#count - size));
    for (let index = from; index < from + size; index++) {
      const slot = index % size;
      const card = this.#cards[slot];
      if (!card || this.#bound[slot] === index) continue;
      this.#bound[slot] = index;
      this.#bind(card, index);
    }
  }
}
