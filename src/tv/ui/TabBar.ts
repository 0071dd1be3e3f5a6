import { Lightning } from '@lightningjs/sdk';
import { roundedBox } from './drawn.ts';
import { Focusable } from './Focusable.ts';
import { label, middleOf } from './label.ts';
import { part } from './parts.ts';
import { textWidth } from './text-width.ts';
import { color, motion } from './theme.ts';

export interface TabSpec {
  id: string;
  words: string;
  onEnter: () => void;
}

const height = 48;
const sidePad = 18;
const tabGap = 6;

/** Bold, as the tab that is shown has it: no tab changes its width. */
function widthOf(words: string): number {
  return textWidth(words, 'button') + sidePad * 2;
}

class Tab extends Focusable {
  #current = false;

  static override _template(): object {
    return { Back: {}, Words: {}, FocusRing: {} };
  }

  set look({ words, current }: { words: string; current: boolean }) {
    this.#current = current;
    this.announcement = words;
    const w = widthOf(words);
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
  #width = 0;

  static override _template(): object {
    return { Tabs: {} };
  }

  /** @param width of the place for them; more tabs than fit move along with the focus. */
  set tabs({ specs, current, width }: { specs: readonly TabSpec[]; current: string; width: number }) {
    this.#specs = specs;
    this.#width = width;
    let x = 0;
    part(this, 'Tabs').children = specs.map(({ id, words, onEnter }) => {
      const tab = { type: Tab, x, onEnter, look: { words, current: id === current } };
      x += widthOf(words) + tabGap;
      return tab;
    });
    this.focusOn(current);
  }

  get focusedId(): string | undefined {
    return this.#specs[this.#index]?.id;
  }

  focusOn(id: string): void {
    const index = this.#specs.findIndex((spec) => spec.id === id);
    if (index >= 0) this.#index = index;
    this.#scroll();
  }

  /** Total width of such tabs. */
  static widthOf(specs: readonly TabSpec[]): number {
    return specs.reduce((sum, { words }) => sum + widthOf(words) + tabGap, -tabGap);
  }

  override _getFocused(): Lightning.Component {
    return (part(this, 'Tabs').children[this.#index] as Lightning.Component | undefined) ?? this;
  }

  override _handleLeft(): boolean {
    return this.#move(-1);
  }

  override _handleRight(): boolean {
    return this.#move(1);
  }

  #move(step: number): boolean {
    const count = this.#specs.length;
    if (count < 2) return false;
    this.#index = (this.#index + step + count) % count;
    this.#scroll();
    return true;
  }

  #scroll(): void {
    const tabs = part(this, 'Tabs');
    const tab = tabs.children[this.#index];
    const over = tab ? tab.x + tab.w - this.#width : 0;
    tabs.setSmooth('x', -Math.max(0, over), { duration: motion.focus });
  }
}
