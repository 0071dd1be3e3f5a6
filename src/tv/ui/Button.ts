import { roundedBox } from './drawn.ts';
import { Focusable } from './Focusable.ts';
import { label, middleOf } from './label.ts';
import { part, setText } from './parts.ts';
import { textWidth } from './text-width.ts';
import { color, type TextStyle } from './theme.ts';

/** A pill with words on it; light when focused. `width` is known at once, so a row can be laid out. */
export class Button extends Focusable {
  static readonly height: number = 56;
  static readonly pad: number = 26;
  static readonly style: TextStyle = 'button';

  static override _template(): object {
    return { Back: {}, Words: {}, FocusRing: {} };
  }

  static widthOf(words: string): number {
    return textWidth(words, this.style) + this.pad * 2;
  }

  get #kind(): typeof Button {
    return this.constructor as typeof Button;
  }

  set words(words: string) {
    this.announcement = words;
    const { height, style } = this.#kind;
    const w = this.#kind.widthOf(words);
    this.shape(w, height, height / 2);
    this.patch({
      Back: { ...roundedBox(w, height, height / 2), color: color.pill },
      Words: { ...label(style, { text: words }), x: w / 2, y: middleOf(height, style), mountX: 0.5 },
    });
    setText(part(this, 'Words'), words);
    this.#paint(this.hasFocus());
  }

  override _focus(): void {
    super._focus();
    this.#paint(true);
  }

  override _unfocus(): void {
    super._unfocus();
    this.#paint(false);
  }

  #paint(focused: boolean): void {
    part(this, 'Back').color = focused ? color.text : color.pill;
    part(this, 'Words').color = focused ? color.ink : color.text;
  }
}

/** The same for a room full of people. */
export class RoomButton extends Button {
  static override readonly height = 76;
  static override readonly pad = 30;
  static override readonly style: TextStyle = 'roomButton';
}
