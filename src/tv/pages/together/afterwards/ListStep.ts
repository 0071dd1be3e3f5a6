import { Lightning } from '@lightningjs/sdk';
import { RoomButton } from '../../../ui/Button.ts';
import { ButtonRow, type ButtonSpec } from '../../../ui/ButtonRow.ts';
import { label } from '../../../ui/label.ts';
import { part, setText } from '../../../ui/parts.ts';
import { color, screen } from '../../../ui/theme.ts';
import { TileWindow } from '../../../ui/TileWindow.ts';
import { RecordRow, rowSize, type RecordRowContent } from './RecordRow.ts';

export interface ListedRecord extends RecordRowContent {
  id: string;
}

export interface ListSpec {
  title: string;
  /** Said where something is amiss: no network, nothing there. */
  note: string;
  records: readonly ListedRecord[];
  at?: string | undefined;
  onOpen: (id: string) => void;
  buttons: readonly ButtonSpec[];
}

const wide = screen.w - screen.safeX * 2;

/** The sessions of a room, newest first, and the buttons under them. */
export class ListStep extends Lightning.Component {
  declare spec: ListSpec;
  #onButtons = false;

  static override _template(): object {
    const x = screen.safeX;
    return {
      Title: { ...label('hero', { w: wide }), x, y: screen.safeY },
      Note: { ...label('room', { w: wide, lines: 2, color: color.textSoft }), x, y: 104 },
      Records: { type: TileWindow, x, y: 112 },
      Buttons: { type: ButtonRow, kind: RoomButton, x, y: 608 },
    };
  }

  get heading(): string {
    return [this.spec.title, this.spec.note].filter(Boolean).join(' ');
  }

  get focusedId(): string | undefined {
    return this.#onButtons ? undefined : this.spec.records[this.#records.index]?.id;
  }

  get #records(): TileWindow<RecordRow, ListedRecord> {
    return part(this, 'Records');
  }

  override _init(): void {
    const { title, note, records, at, onOpen, buttons } = this.spec;
    setText(part(this, 'Title'), title);
    setText(part(this, 'Note'), note);
    this.patch({
      Records: {
        y: note === '' ? 112 : 228,
        spec: {
          items: records,
          columns: 1,
          cell: rowSize,
          gap: { x: 0, y: 14 },
          visibleRows: note === '' ? 4 : 3,
          card: { type: RecordRow },
          show: (row: RecordRow, record: ListedRecord) => (row.content = record),
          onEnter: ({ id }: ListedRecord) => onOpen(id),
        },
      },
      Buttons: { buttons },
    });
    this.#records.index = Math.max(
      0,
      records.findIndex(({ id }) => id === at),
    );
    this.#onButtons = records.length === 0;
  }

  override _getFocused(): Lightning.Component {
    return this.#onButtons ? part<ButtonRow>(this, 'Buttons') : this.#records;
  }

  override _handleDown(): boolean {
    this.#onButtons = true;
    return true;
  }

  override _handleUp(): boolean {
    this.#onButtons = this.spec.records.length === 0;
    return true;
  }
}
