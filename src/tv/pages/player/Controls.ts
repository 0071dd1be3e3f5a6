import { Lightning } from '@lightningjs/sdk';
import { ButtonRow, type ButtonSpec } from '../../ui/ButtonRow.ts';
import { drawn } from '../../ui/drawn.ts';
import { label } from '../../ui/label.ts';
import { part, setText } from '../../ui/parts.ts';
import { ring } from '../../ui/ring.ts';
import { roundedBox } from '../../ui/drawn.ts';
import { color, screen } from '../../ui/theme.ts';
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

/** Everything that comes and goes over the picture: title, what was studied, progress, buttons. */
export class Controls extends Lightning.Component {
  #onBar = false;
  #studied = '';

  static override _template(): object {
    return {
      visible: false,
      TopBand: band('top', 190),
      BottomBand: { ...band('bottom', 300), y: screen.h - 300 },
      Kicker: { ...label('small', { color: color.textSoft }), x: screen.safeX, y: 40 },
      Title: { ...label('title', { w: 880 }), x: screen.safeX, y: 70 },
      Studied: { y: 40, Back: {}, Ring: { x: 16, y: 12 }, Words: { ...label('body'), x: 78, y: 20 } },
      Bar: { type: ProgressBar, x: screen.safeX, y: 546 },
      Buttons: { type: ButtonRow, x: screen.safeX, y: 624 },
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
    const w = textWidth(words, 'body') + 106;
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
