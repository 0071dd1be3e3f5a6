import { roundedBox } from './drawn.ts';
import { Focusable } from './Focusable.ts';
import { label, middleOf } from './label.ts';
import { part, setText } from './parts.ts';
import { textWidth } from './text-width.ts';
import { color } from './theme.ts';

const height = 56;
const sidePad = 26;

/** A pill with words on it; light when focused. `width` is known at once, so a row can be laid out. */
export class Button extends Focusable {
  static readonly height = height;

  static override _template(): object {
    return { Back: {}, Words: {}, FocusRing: {} };
  }

  static widthOf(words: string): number {
    return textWidth(words, 'button') + sidePad * 2;
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
