import { Lightning } from '@lightningjs/sdk';
import { t } from '../../../locales/i18n.ts';
import { RoomButton } from '../../../ui/Button.ts';
import { ButtonRow, type ButtonSpec } from '../../../ui/ButtonRow.ts';
import { label } from '../../../ui/label.ts';
import { part, setText } from '../../../ui/parts.ts';
import { RoomTile } from '../../../ui/RoomTile.ts';
import { color, screen } from '../../../ui/theme.ts';
import { TileWindow } from '../../../ui/TileWindow.ts';

export interface Choice {
  id: string;
  words: string;
  /** At the right edge. */
  value?: string;
}

export interface ChooseSpec {
  title: string;
  /** What to press, or how much is chosen by now. */
  how: () => string;
  choices: readonly Choice[];
  columns: number;
  /** Several can be ticked; the owner keeps which. Without it one OK chooses. */
  isTicked?: (id: string) => boolean;
  /** What has the focus at first. */
  at?: string | undefined;
  onPick: (id: string) => void;
  buttons: readonly ButtonSpec[];
}

const wide = screen.w - screen.safeX * 2;
const gap = 14;
const tileH = 84;

/** Large tiles to choose one of or to tick, as the roll is called. */
export class ChooseStep extends Lightning.Component {
  declare spec: ChooseSpec;
  #onButtons = false;

  static override _template(): object {
    const x = screen.safeX;
    return {
      Title: { ...label('hero', { w: wide }), x, y: screen.safeY },
      How: { ...label('room', { w: wide, color: color.textSoft }), x, y: 98 },
      Choices: { type: TileWindow, x, y: 178 },
      Buttons: { type: ButtonRow, kind: RoomButton, x, y: 600 },
    };
  }

  get heading(): string {
    return this.spec.title;
  }

  get #choices(): TileWindow<RoomTile, Choice> {
    return part(this, 'Choices');
  }

  override _init(): void {
    const { title, choices, columns, buttons, at } = this.spec;
    const look = { w: (wide - gap * (columns - 1)) / columns, h: tileH };
    setText(part(this, 'Title'), title);
    this.patch({
      Choices: {
        spec: {
          items: choices,
          columns,
          cell: look,
          gap: { x: gap, y: gap },
          visibleRows: 4,
          card: { type: RoomTile, look },
          show: (tile: RoomTile, choice: Choice) => (tile.content = this.#contentOf(choice)),
          onEnter: ({ id }: Choice, index: number) => this.#pick(id, index),
        },
      },
      Buttons: { buttons },
    });
    this.#choices.index = Math.max(
      0,
      choices.findIndex(({ id }) => id === at),
    );
    this.#onButtons = choices.length === 0;
    this.#count();
  }

  #contentOf({ id, words, value }: Choice) {
    const ticked = this.spec.isTicked?.(id);
    const said = ticked === undefined ? '' : t(ticked ? 'afterwards.ticked' : 'afterwards.notTicked');
    return {
      words,
      ...(value === undefined ? {} : { value }),
      ticked: ticked === true,
      announcement: [words, value, said].filter(Boolean).join(' '),
    };
  }

  /** After a tick the focus goes on to the next one without, so that OK, OK, OK goes down a list. */
  #pick(id: string, index: number): void {
    const { onPick, isTicked, choices } = this.spec;
    onPick(id);
    if (!isTicked || !this.attached) return;
    this.#choices.refresh();
    this.#count();
    if (!isTicked(id)) return;
    const next = choices.findIndex((choice, at) => at > index && !isTicked(choice.id));
    if (next >= 0) this.#choices.index = next;
    else this.#onButtons = true;
    this._refocus();
  }

  #count(): void {
    setText(part(this, 'How'), this.spec.how());
  }

  override _getFocused(): Lightning.Component {
    return this.#onButtons ? part<ButtonRow>(this, 'Buttons') : this.#choices;
  }

  override _handleDown(): boolean {
    this.#onButtons = this.#onButtons || this.spec.buttons.length > 0;
    return true;
  }

  override _handleUp(): boolean {
    this.#onButtons = this.#onButtons && this.spec.choices.length === 0;
    return true;
  }
}
