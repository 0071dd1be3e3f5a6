import { roundedBox } from '../../../ui/drawn.ts';
import { Focusable } from '../../../ui/Focusable.ts';
import { label } from '../../../ui/label.ts';
import { part, setText } from '../../../ui/parts.ts';
import { color, screen, space } from '../../../ui/theme.ts';

export interface RecordRowContent {
  title: string;
  note: string;
  /** At the right edge: how it came, or that it waits. */
  value: string;
  waits: boolean;
}

export const rowSize = { w: screen.w - screen.safeX * 2, h: 106 } as const;
const pad = 24;
const valueW = 300;

/** A session of the room: when and how many, and under it what was seen. */
export class RecordRow extends Focusable {
  static override _template(): object {
    const { w, h } = rowSize;
    return {
      Back: { ...roundedBox(w, h, space.radius), color: color.groundRaised },
      Title: { ...label('room', { w: w - pad * 2 - valueW }), x: pad, y: 8 },
      Note: { ...label('heading', { w: w - pad * 2, color: color.textSoft }), x: pad, y: 62 },
      Value: { ...label('roomButton'), x: w - pad, y: 12, mountX: 1 },
      FocusRing: {},
    };
  }

  override _init(): void {
    this.shape(rowSize.w, rowSize.h, space.radius);
  }

  set content({ title, note, value, waits }: RecordRowContent) {
    this.announcement = [title, note, value].join(' ');
    setText(part(this, 'Title'), title);
    setText(part(this, 'Note'), note);
    setText(part(this, 'Value'), value);
    part(this, 'Value').color = waits ? color.focus : color.textSoft;
  }

  override _focus(): void {
    super._focus();
    part(this, 'Back').color = 0xff2e3d37;
  }

  override _unfocus(): void {
    super._unfocus();
    part(this, 'Back').color = color.groundRaised;
  }
}
