import { Lightning } from '@lightningjs/sdk';
import { RoomButton } from '../../../ui/Button.ts';
import { ButtonRow, type ButtonSpec } from '../../../ui/ButtonRow.ts';
import { label } from '../../../ui/label.ts';
import { part, setText } from '../../../ui/parts.ts';
import { screen } from '../../../ui/theme.ts';

export interface SaySpec {
  title: string;
  lines: readonly string[];
  buttons: readonly ButtonSpec[];
}

const wide = screen.w - screen.safeX * 2;

/** Large words and what can be done about them. */
export class SayStep extends Lightning.Component {
  declare spec: SaySpec;

  static override _template(): object {
    const x = screen.safeX;
    return {
      Title: { ...label('hero', { w: wide }), x, y: screen.safeY },
      Lines: { ...label('room', { w: wide, lines: 8 }), x, y: 116 },
      Buttons: { type: ButtonRow, kind: RoomButton, x, y: 600 },
    };
  }

  get heading(): string {
    return [this.spec.title, ...this.spec.lines].join(' ');
  }

  override _init(): void {
    const { title, lines, buttons } = this.spec;
    setText(part(this, 'Title'), title);
    setText(part(this, 'Lines'), lines.join('\n'));
    this.patch({ Buttons: { buttons } });
  }

  override _getFocused(): Lightning.Component {
    return part<ButtonRow>(this, 'Buttons');
  }
}
