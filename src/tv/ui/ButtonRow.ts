import { Lightning } from '@lightningjs/sdk';
import { Button } from './Button.ts';
import { announce } from './parts.ts';
import { space } from './theme.ts';

export interface ButtonSpec {
  id: string;
  words: string;
  onEnter: () => void;
}

/** Buttons side by side; Left and Right move among them, at the ends the key goes on to the owner. */
export class ButtonRow extends Lightning.Component {
  #index = 0;
  /** What the buttons are; set before `buttons`. */
  kind: typeof Button = Button;
  #ids = '';

  set buttons(specs: readonly ButtonSpec[]) {
    const ids = specs.map(({ id }) => id).join();
    let x = 0;
    if (ids === this.#ids) {
      // Same buttons, other words: keep the components, and with them the focus.
      for (const [index, { words, onEnter }] of specs.entries()) {
        const button = this.children[index] as Button;
        if (button.announcement !== words) {
          button.words = words;
          if (button.hasFocus()) announce(button, words);
        }
        button.patch({ x, onEnter });
        x += this.kind.widthOf(words) + space.gap;
      }
      return;
    }
    const focused = this.focusedId;
    this.#ids = ids;
    this.children = specs.map(({ words, onEnter }) => {
      const template = { type: this.kind, x, words, onEnter };
      x += this.kind.widthOf(words) + space.gap;
      return template;
    });
    this.#specs = specs;
    this.#index = Math.max(
      0,
      specs.findIndex(({ id }) => id === focused),
    );
    this._refocus();
  }

  #specs: readonly ButtonSpec[] = [];

  get focusedId(): string | undefined {
    return this.#specs[this.#index]?.id;
  }

  /** Width of all buttons together. */
  static widthOf(specs: readonly ButtonSpec[]): number {
    return specs.reduce((sum, { words }) => sum + Button.widthOf(words) + space.gap, -space.gap);
  }

  focusOn(id: string): void {
    const index = this.#specs.findIndex((spec) => spec.id === id);
    if (index >= 0) this.#index = index;
    this._refocus();
  }

  override _getFocused(): Lightning.Component {
    return (this.children[this.#index] as Lightning.Component | undefined) ?? this;
  }

  override _handleLeft(): boolean {
    return this.#move(-1);
  }

  override _handleRight(): boolean {
    return this.#move(1);
  }

  #move(step: number): boolean {
    const next = this.#index + step;
    if (next < 0 || next >= this.children.length) return false;
    this.#index = next;
    return true;
  }
}
