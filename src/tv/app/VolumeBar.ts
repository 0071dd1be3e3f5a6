import { Lightning } from '@lightningjs/sdk';
import type { Volume } from '../../domain/remote/volume-steps.ts';
import { roundedBox } from '../ui/drawn.ts';
import { label, middleOf } from '../ui/label.ts';
import { part, setText } from '../ui/parts.ts';
import { color, screen } from '../ui/theme.ts';

const w = 520;
const h = 64;
const track = { x: 196, w: 292, h: 12 };
const shownSeconds = 2.5;

/** How loud it is, for a moment, over whatever is shown; it never takes the focus. */
export class VolumeBar extends Lightning.Component {
  #timer: ReturnType<typeof setTimeout> | undefined;

  static override _template(): object {
    const y = (h - track.h) / 2;
    return {
      visible: false,
      zIndex: 11,
      x: (screen.w - w) / 2,
      y: screen.safeY,
      Back: { ...roundedBox(w, h, h / 2), color: color.ink },
      Words: { ...label('heading'), x: 30, y: middleOf(h, 'heading') },
      Track: { ...roundedBox(track.w, track.h, track.h / 2), x: track.x, y, color: color.track },
      Fill: { rect: true, x: track.x, y, h: track.h, w: 0, color: color.focus },
    };
  }

  /** @param words for the level, or for silence */
  show({ level, muted }: Volume, words: string): void {
    clearTimeout(this.#timer);
    this.visible = true;
    setText(part(this, 'Words'), words);
    part(this, 'Fill').w = muted ? 0 : (track.w * level) / 100;
    this.#timer = setTimeout(() => (this.visible = false), shownSeconds * 1000);
  }

  override _detach(): void {
    clearTimeout(this.#timer);
  }
}
