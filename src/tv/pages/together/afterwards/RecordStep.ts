import { Lightning } from '@lightningjs/sdk';
import { t } from '../../../locales/i18n.ts';
import { RoomButton } from '../../../ui/Button.ts';
import { ButtonRow, type ButtonSpec } from '../../../ui/ButtonRow.ts';
import { label } from '../../../ui/label.ts';
import { part, setText } from '../../../ui/parts.ts';
import { qrCode } from '../../../ui/qr-code.ts';
import { RoomTile } from '../../../ui/RoomTile.ts';
import { color, screen } from '../../../ui/theme.ts';
import { TileWindow } from '../../../ui/TileWindow.ts';
import type { Choice } from './ChooseStep.ts';

export interface RecordSpec {
  title: string;
  /** How many were there, and whether something of it still waits. */
  count: string;
  /** Who was counted, as the screen may name them. */
  people: readonly Choice[];
  /** Later changes, newest first. */
  corrections: readonly string[];
  /** OK on a name. */
  onPerson: (id: string) => void;
  buttons: readonly ButtonSpec[];
}

const qr = 240;
const rightX = screen.w - screen.safeX - 340;
const tile = { w: 252, h: 84 };

/** One session of the room: who was counted, what was put right later, and the minutes for a phone. */
export class RecordStep extends Lightning.Component {
  declare spec: RecordSpec;
  #onButtons = true;

  static override _template(): object {
    const x = screen.safeX;
    const right = { w: 340 };
    return {
      Title: { ...label('hero', { w: screen.w - x * 2 }), x, y: screen.safeY },
      Count: { ...label('room', { w: rightX - x - 20 }), x, y: 98 },
      People: { type: TileWindow, x, y: 174 },
      Qr: { x: rightX, y: 108 },
      QrNote: {
        ...label('heading', { ...right, lines: 2, text: t('afterwards.minutesLater') }),
        x: rightX,
        y: 360,
      },
      Changes: { ...label('heading', { ...right, lines: 4, color: color.textSoft }), x: rightX, y: 440 },
      Buttons: { type: ButtonRow, kind: RoomButton, x, y: 600 },
    };
  }

  get heading(): string {
    return [this.spec.title, this.spec.count].join(' ');
  }

  get #people(): TileWindow<RoomTile, Choice> {
    return part(this, 'People');
  }

  override _init(): void {
    const { title, count, people, corrections, onPerson, buttons } = this.spec;
    setText(part(this, 'Title'), title);
    setText(part(this, 'Count'), count);
    setText(part(this, 'Changes'), corrections.join('\n'));
    this.#people.spec = {
      items: people,
      columns: 3,
      cell: tile,
      gap: { x: 14, y: 14 },
      visibleRows: 4,
      card: { type: RoomTile, look: tile },
      show: (card: RoomTile, { words }: Choice) => (card.content = { words, announcement: words }),
      onEnter: ({ id }: Choice) => onPerson(id),
    };
    this.patch({ Buttons: { buttons } });
  }

  /** The link to the minutes has come. */
  set link(address: string) {
    this.patch({ Qr: qrCode(address, qr) });
    setText(part(this, 'QrNote'), t('afterwards.minutesQr'));
  }

  override _getFocused(): Lightning.Component {
    return this.#onButtons ? part<ButtonRow>(this, 'Buttons') : this.#people;
  }

  override _handleDown(): boolean {
    this.#onButtons = true;
    return true;
  }

  override _handleUp(): boolean {
    this.#onButtons = this.spec.people.length === 0;
    return true;
  }
}
