import { roundedBox } from './drawn.ts';
import { Focusable } from './Focusable.ts';
import { label, middleOf } from './label.ts';
import { part, setText } from './parts.ts';
import { textWidth } from './text-width.ts';
import { color, space } from './theme.ts';

export interface RoomTileContent {
  words: string;
  /** Ticked: with a mark before the words and on green. */
  ticked?: boolean;
  /** At the right edge. */
  value?: string;
  announcement: string;
}

const pad = 24;
const tick = '✓ ';
const green = 0xff2f6b42;
const greenLit = 0xff3d8454;
const lit = 0xff2e3d37;

/** A large tile with a word or two, for a room full of people. */
export class RoomTile extends Focusable {
  #ticked = false;

  static override _template(): object {
    return { Back: {}, Words: {}, Value: {}, FocusRing: {} };
  }

  set look({ w, h }: { w: number; h: number }) {
    this.shape(w, h, space.radius);
    this.patch({
      Back: roundedBox(w, h, space.radius),
      Words: { ...label('room', { w: w - pad * 2 }), x: pad, y: middleOf(h, 'room') },
      Value: { ...label('room', { color: color.focus }), x: w - pad, y: middleOf(h, 'room'), mountX: 1 },
    });
    this.#paint(this.hasFocus());
  }

  set content({ words, ticked = false, value = '', announcement }: RoomTileContent) {
    this.announcement = announcement;
    this.#ticked = ticked;
    setText(part(this, 'Words'), (ticked ? tick : '') + words);
    // A long title gives way to the value: it ends in an ellipsis.
    const right = value ? textWidth(value, 'room') + pad : 0;
    part(this, 'Words').patch({ text: { wordWrapWidth: this.w - pad * 2 - right } });
    setText(part(this, 'Value'), value);
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
    part(this, 'Back').color = this.#ticked
      ? focused
        ? greenLit
        : green
      : focused
        ? lit
        : color.groundRaised;
  }
}
