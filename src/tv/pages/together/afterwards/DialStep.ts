import { Lightning } from '@lightningjs/sdk';
import { Focusable } from '../../../ui/Focusable.ts';
import { roundedBox } from '../../../ui/drawn.ts';
import { label, middleOf } from '../../../ui/label.ts';
import { announce, part, setText } from '../../../ui/parts.ts';
import { color, screen, space } from '../../../ui/theme.ts';

export interface DialSpec {
  words: () => string;
  /** @param step 1 for Up, -1 for Down */
  turn: (step: number) => void;
}

export interface DialsSpec {
  title: string;
  /** All that is set, in one line. */
  sum: () => string;
  how: string;
  dials: readonly DialSpec[];
  /** Which dial has the focus at first. */
  at?: number;
  onDone: () => void;
}

const wide = screen.w - screen.safeX * 2;
const size = { w: 264, h: 132 };

class Dial extends Focusable {
  static override _template(): object {
    const { w, h } = size;
    return {
      More: { ...label('room', { text: '▲', color: color.focus }), x: w / 2, y: -72, mountX: 0.5 },
      Back: { ...roundedBox(w, h, space.radius), color: color.groundRaised },
      Words: { ...label('question'), x: w / 2, y: middleOf(h, 'question'), mountX: 0.5 },
      Less: { ...label('room', { text: '▼', color: color.focus }), x: w / 2, y: h + 16, mountX: 0.5 },
      FocusRing: {},
    };
  }

  override _init(): void {
    this.shape(size.w, size.h, space.radius);
    this.#arrows(this.hasFocus());
  }

  set words(words: string) {
    this.announcement = words;
    setText(part(this, 'Words'), words);
  }

  override _focus(): void {
    super._focus();
    this.#arrows(true);
  }

  override _unfocus(): void {
    super._unfocus();
    this.#arrows(false);
  }

  #arrows(shown: boolean): void {
    part(this, 'More').visible = shown;
    part(this, 'Less').visible = shown;
  }
}

/** Figures that Up and Down change; OK goes on from one to the next and then further. */
export class DialStep extends Lightning.Component {
  declare spec: DialsSpec;
  #index = 0;

  static override _template(): object {
    const x = screen.safeX;
    return {
      Title: { ...label('hero', { w: wide }), x, y: screen.safeY },
      Sum: { ...label('question', { w: wide, color: color.focus }), x, y: 108 },
      Dials: { x, y: 308 },
      How: { ...label('room', { w: wide, lines: 2, color: color.textSoft }), x, y: 560 },
    };
  }

  get heading(): string {
    return `${this.spec.title} ${this.spec.sum()}`;
  }

  override _init(): void {
    const { title, how, dials, at = 0 } = this.spec;
    this.#index = at;
    setText(part(this, 'Title'), title);
    setText(part(this, 'How'), how);
    part(this, 'Dials').children = dials.map((_, index) => ({ type: Dial, x: index * (size.w + 40) }));
    this.#show();
  }

  #show(): void {
    this.spec.dials.forEach(({ words }, index) => {
      (part(this, 'Dials').children[index] as Dial).words = words();
    });
    setText(part(this, 'Sum'), this.spec.sum());
  }

  #turn(step: number): boolean {
    this.spec.dials[this.#index]?.turn(step);
    this.#show();
    announce(this, this.spec.sum());
    return true;
  }

  #move(step: number): boolean {
    this.#index = Math.max(0, Math.min(this.spec.dials.length - 1, this.#index + step));
    return true;
  }

  override _getFocused(): Lightning.Component {
    return part(this, 'Dials').children[this.#index] as Lightning.Component;
  }

  override _handleUp(): boolean {
    return this.#turn(1);
  }

  override _handleDown(): boolean {
    return this.#turn(-1);
  }

  override _handleLeft(): boolean {
    return this.#move(-1);
  }

  override _handleRight(): boolean {
    return this.#move(1);
  }

  override _handleEnter(): boolean {
    if (this.#index < this.spec.dials.length - 1) return this.#move(1);
    this.spec.onDone();
    return true;
  }
}
