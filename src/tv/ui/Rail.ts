import { Lightning } from '@lightningjs/sdk';
import { CardPool } from './CardPool.ts';
import { label } from './label.ts';
import { announce, part } from './parts.ts';
import { PosterCard, type CardContent, type CardLayout } from './PosterCard.ts';
import { textWidth } from './text-width.ts';
import { color, motion, screen, typeOf } from './theme.ts';

export interface RailSpec {
  /** Empty for a row without a title line. */
  title: string;
  /** Words after the title, smaller. */
  note: string;
  cards: readonly CardContent[];
  layout: CardLayout;
  /** Distance between cards. */
  gap: number;
  /** Cards that fit on the screen. */
  visible: number;
  onEnter: (card: CardContent) => void;
}

const width = screen.w - screen.safeX * 2;

function titleHeight(): number {
  return typeOf('heading').line + 12;
}

/** A titled row of cards of any length; at either end it goes round. */
export class Rail extends Lightning.Component {
  #spec: RailSpec | undefined;
  #pool: CardPool<PosterCard> | undefined;
  #index = 0;
  #first = 0;

  static override _template(): object {
    return { Title: {}, Note: {}, Cards: {} };
  }

  /** Height of a rail with cards of this height. */
  static heightOf(layout: CardLayout): number {
    return titleHeight() + layout.h;
  }

  set spec(spec: RailSpec) {
    this.#spec = spec;
    const noteX = textWidth(spec.title, 'heading') + 14;
    this.patch({
      Title: label('heading', { text: spec.title }),
      Note: {
        ...label('small', { text: spec.note, color: color.textSoft, w: width - noteX }),
        x: noteX,
        y: 6,
      },
      Cards: { y: spec.title ? titleHeight() : 0 },
    });
    const { cards, layout, gap, visible } = spec;
    this.#pool = new CardPool(
      part(this, 'Cards'),
      cards.length,
      visible + 2,
      { type: PosterCard, layout },
      (card, index) => {
        card.x = index * (layout.w + gap);
        card.show(cards[index]!);
      },
    );
    this.#pool.showFrom(0);
  }

  get index(): number {
    return this.#index;
  }

  set index(index: number) {
    const count = this.#spec?.cards.length ?? 0;
    this.#moveTo(Math.max(0, Math.min(index, count - 1)), false);
  }

  override _getFocused(): Lightning.Component {
    return this.#pool?.at(this.#index) ?? this;
  }

  override _handleLeft(): boolean {
    return this.#move(-1);
  }

  override _handleRight(): boolean {
    return this.#move(1);
  }

  override _handleEnter(): boolean {
    const card = this.#spec?.cards[this.#index];
    if (!card) return false;
    this.#spec?.onEnter(card);
    return true;
  }

  #move(step: number): boolean {
    const count = this.#spec?.cards.length ?? 0;
    if (count < 2) return false;
    const next = (this.#index + step + count) % count;
    const round = Math.abs(next - this.#index) > 1;
    this.#moveTo(next, !round);
    return true;
  }

  /** A far item may live in the very card that has the focus: no change of focus tells of it, so it is told here. */
  #moveTo(index: number, smooth: boolean): void {
    const before = this.#pool?.at(this.#index);
    this.#index = index;
    this.#scroll(smooth);
    const card = this.#pool?.at(index);
    if (card && card === before && card.hasFocus()) announce(card, card.announcement);
  }

  #scroll(smooth: boolean): void {
    const spec = this.#spec;
    if (!spec) return;
    const before = this.#first;
    if (this.#index < this.#first) this.#first = this.#index;
    if (this.#index >= this.#first + spec.visible) this.#first = this.#index - spec.visible + 1;
    if (this.#first === before) return;
    this.#pool?.showFrom(this.#first - 1);
    const x = -this.#first * (spec.layout.w + spec.gap);
    // Also the jump is a transition: a value set past a running one would be overwritten by it.
    part(this, 'Cards').setSmooth('x', x, { duration: smooth ? motion.focus : 0 });
  }
}
