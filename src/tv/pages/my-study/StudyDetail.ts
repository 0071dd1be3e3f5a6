import { Lightning } from '@lightningjs/sdk';
import { ButtonRow, type ButtonSpec } from '../../ui/ButtonRow.ts';
import { label } from '../../ui/label.ts';
import { announce, part } from '../../ui/parts.ts';
import { qrCode } from '../../ui/qr-code.ts';
import { color, screen } from '../../ui/theme.ts';

const wide = screen.w - screen.safeX * 2;
const qrSize = 380;
/** Read from the sofa, and never by more than a few at a time. */
const lineType = { size: 26, line: 40, weight: '500' };

export interface DetailSpec {
  title: string;
  /** What it comes to, in a sentence. */
  summary: string;
  /** One paragraph each, the most important first. */
  lines: readonly string[];
  /** Shown as a code to be scanned, beside the lines. */
  qr?: string | undefined;
  buttons: readonly ButtonSpec[];
}

/** One thing in full over the page: why a lesson counts or not, or a code for the phone. */
export class StudyDetail extends Lightning.Component {
  static override _template(): object {
    return {
      visible: false,
      Shade: { rect: true, w: screen.w, h: screen.h, color: color.ground },
      Title: { ...label('title', { w: wide }), x: screen.safeX, y: screen.safeY },
      Summary: { ...label('heading', { w: wide, lines: 2, color: color.focus }), x: screen.safeX, y: 96 },
      Qr: { x: screen.safeX, y: 180, visible: false },
      Lines: label(lineType, { lines: 10, w: wide }),
      Buttons: { type: ButtonRow, x: screen.safeX, y: 614 },
    };
  }

  show({ title, summary, lines, qr, buttons }: DetailSpec): void {
    const x = qr === undefined ? screen.safeX : screen.safeX + qrSize + 48;
    this.patch({
      visible: true,
      Title: { text: { text: title } },
      Summary: { text: { text: summary } },
      Qr: qr === undefined ? { visible: false } : { ...qrCode(qr, qrSize), visible: true },
      Lines: { x, y: 188, text: { text: lines.join('\n'), wordWrapWidth: screen.w - screen.safeX - x } },
      Buttons: { buttons },
    });
    this._refocus();
    announce(this, [title, summary, ...lines].join(' '));
  }

  hide(): void {
    this.visible = false;
  }

  override _getFocused(): Lightning.Component {
    return part(this, 'Buttons');
  }

  // It keeps the focus: nothing behind it hears the arrows.
  override _handleUp(): boolean {
    return true;
  }

  override _handleDown(): boolean {
    return true;
  }

  override _handleLeft(): boolean {
    return true;
  }

  override _handleRight(): boolean {
    return true;
  }
}
