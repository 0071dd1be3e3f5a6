import { Lightning } from '@lightningjs/sdk';
import { textWidth } from './Button.ts';
import { roundedBox } from './drawn.ts';
import { Focusable } from './Focusable.ts';
import { label, middleOf } from './label.ts';
import { part } from './parts.ts';
import { color, typeOf } from './theme.ts';

export interface TabSpec {
  id: string;
  words: string;
  onEnter: () => void;
}

const height = 48;
const sidePad = 20;

class Tab extends Focusable {
  #current = false;

  static override _template(): object {
    return { Back: {}, Words: {}, FocusRing: {} };
  }

  set look({ words, current }: { words: string; current: boolean }) {
    this.#current = current;
    this.announcement = words;
    const w = textWidth(words, typeOf('body').size) + sidePad * 2;
    this.shape(w, height, height / 2);
    this.patch({
      Back: { ...roundedBox(w, height, height / 2), color: color.text },
      Words: {
        ...label(current ? 'button' : 'body', { text: words }),
        x: w / 2,
        y: middleOf(height, 'body'),
        mountX: 0.5,
      },
    });
    this.#paint();
  }

  override _focus(): void {
    super._focus();
    this.#paint();
  }

  override _unfocus(): void {
    super._unfocus();
    this.#paint();
  }

  #paint(): void {
    const lit = this.#current || this.hasFocus();
    part(this, 'Back').visible = this.#current;
    part(this, 'Words').color = this.#current ? color.ink : lit ? color.white : color.textSoft;
  }
}

/** The places of the app side by side; the one shown is light. */
export class TabBar extends Lightning.Component {
  #specs: readonly TabSpec[] = [];
  #index = 0;

  set tabs({ specs, current }: { specs: readonly TabSpec[]; current: string }) {
    this.#specs = specs;
    this.#index = Math.max(
      0,
      specs.findIndex(({ id }) => id === current),
    );
    let x = 0;
    this.children = specs.map(({ id, words, onEnter }) => {
      const tab = { type: Tab, x, onEnter, look: { words, current: id === current } };
      x += textWidth(words, typeOf('body').size) + sidePad * 2 + 8;
      return tab;
    });
  }

  get focusedId(): string | undefined {
    return this.#specs[this.#index]?.id;
  }

  focusOn(id: string): void {
    const index = this.#specs.findIndex((spec) => spec.id === id);
    if (index >= 0) this.#index = index;
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
    const count = this.children.length;
    if (count < 2) return false;
    this.#index = (this.#index + step + count) % count;
    return true;
  }
}
