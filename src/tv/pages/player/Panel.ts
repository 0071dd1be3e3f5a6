import { Lightning } from '@lightningjs/sdk';
import { ButtonRow, type ButtonSpec } from '../../ui/ButtonRow.ts';
import { label } from '../../ui/label.ts';
import { part, setText } from '../../ui/parts.ts';
import { color, screen } from '../../ui/theme.ts';

export interface PanelSpec {
  title: string;
  words: string;
  /** Short code for the technician. */
  code?: string | undefined;
  buttons: readonly ButtonSpec[];
  /** The lesson plays on below: it stays to be seen. */
  clear?: boolean;
}

/** A full-screen message over the picture with what can be done about it. */
export class Panel extends Lightning.Component {
  #hasButtons = false;

  static override _template(): object {
    const w = 960;
    const x = (screen.w - w) / 2;
    return {
      visible: false,
      Shade: { rect: true, w: screen.w, h: screen.h },
      Title: { ...label('hero', { w, lines: 2 }), x, y: 232 },
      Words: { ...label('heading', { w, lines: 3, color: color.textSoft }), x, y: 330 },
      Code: { ...label('small', { color: color.textSoft }), x, y: 452 },
      Buttons: { type: ButtonRow, x, y: 500 },
    };
  }

  show({ title, words, code, buttons, clear = false }: PanelSpec): void {
    this.#hasButtons = buttons.length > 0;
    this.patch({
      visible: true,
      Shade: { color: clear ? color.shade : 0xf20c1512 },
      Title: { text: { text: title } },
      Words: { text: { text: words } },
      Code: { text: { text: code ?? '' } },
      Buttons: { buttons },
    });
    this._refocus();
  }

  /** Other words under the same title. */
  say(words: string): void {
    setText(part(this, 'Words'), words);
  }

  hide(): void {
    this.visible = false;
  }

  /** All it says, for the live region. */
  get message(): string {
    const words = (ref: string): string => part(this, ref).text?.text ?? '';
    return [words('Title'), words('Words'), words('Code')].filter(Boolean).join(' ');
  }

  override _getFocused(): Lightning.Component {
    return this.#hasButtons ? part<ButtonRow>(this, 'Buttons') : this;
  }
}
