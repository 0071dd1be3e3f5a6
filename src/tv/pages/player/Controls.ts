import { Lightning } from '@lightningjs/sdk';
import { Button } from '../../ui/Button.ts';
import { ButtonRow, type ButtonSpec } from '../../ui/ButtonRow.ts';
import { drawn } from '../../ui/drawn.ts';
import { label, middleOf } from '../../ui/label.ts';
import { part, setText } from '../../ui/parts.ts';
import { ring } from '../../ui/ring.ts';
import { roundedBox } from '../../ui/drawn.ts';
import { color, screen, typeOf, type TextStyle } from '../../ui/theme.ts';
import { textWidth } from '../../ui/text-width.ts';
import { ProgressBar } from './ProgressBar.ts';

/** A band that darkens towards one edge, drawn four pixels wide and stretched. */
function band(edge: 'top' | 'bottom', h: number): object {
  const picture = drawn(`band:${edge}`, 4, h, (context) => {
    const gradient = context.createLinearGradient(0, edge === 'top' ? h : 0, 0, edge === 'top' ? 0 : h);
    gradient.addColorStop(0, 'rgba(4,10,8,0)');
    gradient.addColorStop(0.55, 'rgba(4,10,8,.78)');
    gradient.addColorStop(1, 'rgba(4,10,8,.97)');
    context.fillStyle = gradient;
    context.fillRect(0, 0, 4, h);
  });
  return { ...picture, w: screen.w };
}

/** Sizes and places of what is written over the picture, in design units. */
export interface ControlsLook {
  kicker: TextStyle;
  title: { style: TextStyle; w: number };
  studied: TextStyle;
  bar: { y: number };
  buttons: { kind: typeof Button; y: number };
}

/** Everything that comes and goes over the picture: title, what was studied, progress, buttons. */
export class Controls extends Lightning.Component {
  /** For the sofa; a room full of people has its own. */
  static readonly look: ControlsLook = {
    kicker: 'small',
    title: { style: 'title', w: 880 },
    studied: 'body',
    bar: { y: 546 },
    buttons: { kind: Button, y: 624 },
  };
  #onBar = false;
  #studied = '';

  static override _template(): object {
    const { kicker, title, studied, bar, buttons } = this.look;
    return {
      visible: false,
      TopBand: band('top', 190),
      BottomBand: { ...band('bottom', 300), y: screen.h - 300 },
      Kicker: { ...label(kicker, { color: color.textSoft }), x: screen.safeX, y: screen.safeY },
      Title: {
        ...label(title.style, { w: title.w }),
        x: screen.safeX,
        y: screen.safeY + typeOf(kicker).line + 4,
      },
      Studied: {
        y: 40,
        Back: {},
        Ring: { x: 16, y: 12 },
        Words: { ...label(studied), x: 78, y: middleOf(72, studied) },
      },
      Bar: { type: ProgressBar, x: screen.safeX, ...bar },
      Buttons: { type: ButtonRow, x: screen.safeX, ...buttons },
    };
  }

  set titles({ kicker, title }: { kicker: string; title: string }) {
    setText(part(this, 'Kicker'), kicker);
    setText(part(this, 'Title'), title);
  }

  set buttons(buttons: readonly ButtonSpec[]) {
    this.patch({ Buttons: { buttons } });
  }

  get bar(): ProgressBar {
    return part(this, 'Bar');
  }

  get onBar(): boolean {
    return this.#onBar;
  }

  /** @param share 0 to 1 of the lesson that was studied. */
  showStudied(words: string, share: number): void {
    const key = `${words}/${Math.round(share * 120)}`;
    if (key === this.#studied) return;
    this.#studied = key;
    const { look } = this.constructor as typeof Controls;
    const w = textWidth(words, look.studied) + 106;
    part(this, 'Studied').patch({
      x: screen.w - screen.safeX - w,
      Back: { ...roundedBox(w, 72, 36), color: color.shade },
      Ring: ring(48, 9, share, color.done),
      Words: { text: { text: words } },
    });
  }

  focusBar(): void {
    this.#onBar = true;
    this._refocus();
  }

  focusButton(id: string): void {
    this.#onBar = false;
    part<ButtonRow>(this, 'Buttons').focusOn(id);
    this._refocus();
  }

  override _getFocused(): Lightning.Component {
    return this.#onBar ? this.bar : part<ButtonRow>(this, 'Buttons');
  }

  override _handleUp(): boolean {
    this.#onBar = true;
    return true;
  }

  override _handleDown(): boolean {
    this.#onBar = false;
    return true;
  }
}
