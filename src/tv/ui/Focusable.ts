import { Lightning } from '@lightningjs/sdk';
import { focusRing } from './drawn.ts';
import { color, focusScale, motion, space } from './theme.ts';
import { part } from './parts.ts';

/**
 * A thing that can have the focus. It shows it in three ways at once, so that nobody depends on colour:
 * a ring, growth, and (in subclasses) brightness. What it says to a screen reader is `announcement`.
 */
export class Focusable extends Lightning.Component {
  announcement = '';
  /** The lesson that OK plays, as far as the thing itself knows. */
  lesson: string | undefined;
  onEnter: (() => void) | undefined;

  /** Gives the ring its shape; call when the size is known. */
  protected shape(w: number, h: number, radius: number): void {
    this.patch({
      w,
      h,
      pivot: 0.5,
      // Here and not with each change: Lightning would make new settings for every key.
      transitions: { scale: { duration: motion.focus } },
      FocusRing: {
        ...focusRing(w, h, radius, space.ring, space.ringGap, color.focus),
        visible: this.hasFocus(),
        zIndex: 2,
      },
    });
  }

  override _focus(): void {
    part(this, 'FocusRing').visible = true;
    this.setSmooth('scale', focusScale(this.w));
  }

  override _unfocus(): void {
    part(this, 'FocusRing').visible = false;
    this.setSmooth('scale', 1);
  }

  override _handleEnter(): boolean {
    if (!this.onEnter) return false;
    this.onEnter();
    return true;
  }
}
