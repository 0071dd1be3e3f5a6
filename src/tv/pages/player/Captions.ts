import { Lightning } from '@lightningjs/sdk';
import { roundedBox } from '../../ui/drawn.ts';
import { label } from '../../ui/label.ts';
import { part } from '../../ui/parts.ts';
import { captionType, color, screen, type CaptionSize } from '../../ui/theme.ts';

const padX = 22;
const padY = 10;
const widest = 1040;
const bottom = screen.h - 56;

/** One caption on a dark plate, bottom centre; the words are laid out before the plate is sized to them. */
export class Captions extends Lightning.Component {
  #words = '';
  #size: CaptionSize | undefined;

  static override _template(): object {
    return { x: screen.w / 2, y: bottom, Plate: { mountX: 0.5, mountY: 1 }, Words: { mountX: 0.5 } };
  }

  /** Makes room for what lies below. */
  set liftedBy(height: number) {
    this.y = bottom - height;
  }

  set size(size: CaptionSize) {
    if (size === this.#size) return;
    this.#size = size;
    this.patch({ Words: label(captionType[size], { w: widest, lines: 3 }) });
    const words = part(this, 'Words');
    words.on('txLoaded', () => this.#fitPlate());
    this.#words = '';
    this.words = '';
  }

  /** Empty for no caption. */
  set words(words: string) {
    if (words === this.#words && this.visible === (words !== '')) return;
    this.#words = words;
    this.visible = words !== '';
    if (words === '') return;
    const text = part(this, 'Words').text;
    if (text) text.text = words;
  }

  #fitPlate(): void {
    const words = part(this, 'Words');
    const { line } = captionType[this.#size ?? 'medium'];
    const { lines } = words.texture?.source?.renderInfo as { lines: unknown[] };
    const w = Math.ceil(words.renderWidth) + padX * 2;
    const h = lines.length * line + padY * 2;
    words.y = padY - h;
    part(this, 'Plate').patch({ ...roundedBox(w, h, 10), color: color.shade });
  }
}
