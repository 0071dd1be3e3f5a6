import { roundedBox } from './drawn.ts';
import { Focusable } from './Focusable.ts';
import { label, middleOf } from './label.ts';
import { part, setText } from './parts.ts';
import { color, typeOf } from './theme.ts';

const height = 56;
const sidePad = 26;

/** Width of a line of text before it is drawn: Hanzi are square, other characters about half as wide. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const char of text) width += char > '\u2e7f' ? size : size * 0.56;
  return Math.ceil(width);
}

/** A pill with words on it; light when focused. `width` is known at once, so a row can be laid out. */
export class Button extends Focusable {
  static readonly height = height;

  static override _template(): object {
    return { Back: {}, Words: {}, FocusRing: {} };
  }

  static widthOf(words: string): number {
    return textWidth(words, typeOf('button').size) + sidePad * 2;
  }

  set words(words: string) {
    this.announcement = words;
    const w = Button.widthOf(words);
    this.shape(w, height, height / 2);
    this.patch({
      Back: { ...roundedBox(w, height, height / 2), color: color.pill },
      Words: { ...label('button', { text: words }), x: w / 2, y: middleOf(height, 'button'), mountX: 0.5 },
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
