import { roundedBox } from './drawn.ts';
import { Focusable } from './Focusable.ts';
import { label, middleOf } from './label.ts';
import { part, setText } from './parts.ts';
import { textWidth } from './text-width.ts';
import { color, space, typeOf } from './theme.ts';

export interface RowContent {
  /** A short word on a coloured tag before the title. */
  tag?: { words: string; paint: number } | undefined;
  title: string;
  /** Of names that are to be read from afar. */
  big?: boolean;
  /** At the right edge: what it is worth, or what is set. */
  value: string;
  valueColor?: number | undefined;
  /** Under the value, or under the title where there is no tag: more about it. */
  note: string;
  announcement: string;
}

/** One line of a list: tag, title, value and note. */
export class ListRow extends Focusable {
  #w = 0;
  #h = 0;

  static override _template(): object {
    return { Back: {}, Tag: { Back: {}, Words: {} }, Title: {}, Value: {}, Note: {}, FocusRing: {} };
  }

  set look({ w, h }: { w: number; h: number }) {
    const pad = 24;
    this.#w = w;
    this.#h = h;
    this.shape(w, h, space.radius);
    this.patch({
      Back: { ...roundedBox(w, h, space.radius), color: color.groundRaised },
      Title: { ...label('body', { w: w - pad * 2 }), x: pad, y: middleOf(h, 'body') },
      Value: { ...label('heading'), x: w - pad, mountX: 1 },
      Note: { ...label('small', { color: color.textSoft }), x: w - pad, mountX: 1 },
    });
  }

  set content({ tag, title, big = false, value, valueColor, note, announcement }: RowContent) {
    const pad = 24;
    this.announcement = announcement;
    const [valueLine, noteLine] = [typeOf('heading').line, typeOf('small').line];
    const tagged = tag ? this.#showTag(tag) : 0;
    part(this, 'Tag').visible = tag !== undefined;
    const right = Math.max(textWidth(value, 'heading'), textWidth(note, 'small'));
    const top = note ? (this.#h - valueLine - noteLine) / 2 : (this.#h - valueLine) / 2;
    const titleStyle = big ? 'title' : 'body';
    part(this, 'Title').patch({
      ...label(titleStyle, { w: this.#w - pad * 3 - tagged - right, text: title }),
      x: pad + tagged,
      y: middleOf(this.#h, titleStyle),
    });
    part(this, 'Value').patch({ y: top, color: valueColor ?? color.text });
    part(this, 'Note').y = top + valueLine;
    setText(part(this, 'Value'), value);
    setText(part(this, 'Note'), note);
  }

  /** @returns how far the tag pushes the title to the right. */
  #showTag({ words, paint }: { words: string; paint: number }): number {
    const w = textWidth(words, 'small') + 24;
    const h = typeOf('small').line + 6;
    part(this, 'Tag').patch({
      x: 24,
      y: (this.#h - h) / 2,
      Back: { ...roundedBox(w, h, 8), color: paint },
      Words: { ...label('small', { text: words }), x: 12, y: middleOf(h, 'small') },
    });
    return w + 18;
  }

  override _focus(): void {
    super._focus();
    part(this, 'Back').color = 0xff2e3d37;
  }

  override _unfocus(): void {
    super._unfocus();
    part(this, 'Back').color = color.groundRaised;
  }
}
