import { Lightning } from '@lightningjs/sdk';
import { Button } from '../../ui/Button.ts';
import { ButtonRow, type ButtonSpec } from '../../ui/ButtonRow.ts';
import { label } from '../../ui/label.ts';
import { part, setText } from '../../ui/parts.ts';
import { color, screen, type TextStyle } from '../../ui/theme.ts';

export interface PanelSpec {
  title: string;
  words: string;
  /** Short code for the technician. */
  code?: string | undefined;
  buttons: readonly ButtonSpec[];
  /** The lesson plays on below: it stays to be seen. */
  clear?: boolean;
}

/** Sizes and places of a panel's parts, in design units. */
export interface PanelLook {
  w: number;
  title: { style: TextStyle; y: number };
  words: { style: TextStyle; y: number; lines: number };
  code: { y: number };
  buttons: { kind: typeof Button; y: number };
}

/** A full-screen message over the picture with what can be done about it. */
export class Panel extends Lightning.Component {
  /** For the sofa; a room full of people has its own. */
  static readonly look: PanelLook = {
    w: 960,
    title: { style: 'hero', y: 232 },
    words: { style: 'heading', y: 330, lines: 3 },
    code: { y: 452 },
    buttons: { kind: Button, y: 500 },
  };
  #hasButtons = false;

  static override _template(): object {
    const { w, title, words, code, buttons } = this.look;
    const x = (screen.w - w) / 2;
    return {
      visible: false,
      Shade: { rect: true, w: screen.w, h: screen.h },
      Title: { ...label(title.style, { w, lines: 2 }), x, y: title.y },
      Words: { ...label(words.style, { w, lines: words.lines, color: color.textSoft }), x, y: words.y },
      Code: { ...label('small', { color: color.textSoft }), x, ...code },
      Buttons: { type: ButtonRow, x, ...buttons },
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
