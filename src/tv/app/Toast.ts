import { Lightning } from '@lightningjs/sdk';
import { roundedBox } from '../ui/drawn.ts';
import { label, middleOf } from '../ui/label.ts';
import { textWidth } from '../ui/text-width.ts';
import { color, screen, typeOf } from '../ui/theme.ts';

const shownSeconds = 3;

/** A message over the page that goes away by itself and never takes the focus. */
export class Toast extends Lightning.Component {
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(message: string): void {
    clearTimeout(this.#timer);
    const w = textWidth(message, 'heading') + 72;
    const h = typeOf('heading').line + 32;
    this.patch({
      visible: true,
      x: (screen.w - w) / 2,
      y: screen.h - 150,
      Back: { ...roundedBox(w, h, h / 2), color: color.text },
      Words: {
        ...label('heading', { text: message, color: color.ink }),
        x: w / 2,
        y: middleOf(h, 'heading'),
        mountX: 0.5,
      },
    });
    this.#timer = setTimeout(() => (this.visible = false), shownSeconds * 1000);
  }

  override _detach(): void {
    clearTimeout(this.#timer);
  }
}
