import { Lightning } from '@lightningjs/sdk';
import { RoomButton } from '../../ui/Button.ts';
import { ButtonRow, type ButtonSpec } from '../../ui/ButtonRow.ts';
import { label } from '../../ui/label.ts';
import { part } from '../../ui/parts.ts';
import { color, screen } from '../../ui/theme.ts';

const wide = screen.w - screen.safeX * 2;

/** Big words over the picture that stands still: a question to talk about, or where the lesson goes on. */
export class Question extends Lightning.Component {
  static override _template(): object {
    return {
      visible: false,
      Shade: { rect: true, w: screen.w, h: screen.h, color: 0xf20c1512 },
      Title: { ...label('room', { w: wide, color: color.focus }), x: screen.safeX, y: 110 },
      Words: { ...label('question', { w: wide, lines: 4 }), x: screen.safeX, y: 200 },
      Buttons: { type: ButtonRow, kind: RoomButton, x: screen.safeX, y: 580 },
    };
  }

  show(title: string, words: string, buttons: readonly ButtonSpec[]): void {
    this.patch({
      visible: true,
      Title: { text: { text: title } },
      Words: { text: { text: words } },
      Buttons: { buttons },
    });
  }

  override _getFocused(): Lightning.Component {
    return part<ButtonRow>(this, 'Buttons');
  }
}
