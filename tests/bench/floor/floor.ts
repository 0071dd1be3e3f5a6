/**
 * The least that shows what Home shows: Lightning and its SDK, the same cards in the same places with the same
 * pictures and words, the focus moved by the arrows, and nothing else. What the app's figures are compared with.
 */
import { Launch, Lightning } from '@lightningjs/sdk';
import { part } from '../../../src/tv/ui/parts.ts';
import type { FloorCard, FloorRow, LetterSize } from './floor-rows.ts';

declare global {
  interface Window {
    /** What has the focus, for whoever watches. */
    floorFocus?: string;
  }
}

const safe = { x: 64, y: 36 };
const headerHeight = 74;
const heading = { size: 26, line: 36 };
/** Milliseconds: held keys move as fast as in the app. */
const repeatGap = 100;
const move = { duration: 0.15 };

const words = ({ size, line }: LetterSize, w: number, maxLines: number): object => ({
  text: {
    text: '',
    fontSize: size,
    lineHeight: line,
    wordWrapWidth: w,
    wordBreak: true,
    maxLines,
    maxLinesSuffix: '…',
  },
});

class Card extends Lightning.Component {
  static override _template(): object {
    return { Picture: {}, Title: { mountY: 1 }, Meta: { mountY: 1 }, Ring: { visible: false } };
  }

  words = '';

  set size({ w, h, title, meta }: FloorRow['cards']) {
    this.patch({
      w,
      h,
      pivot: 0.5,
      Picture: { w, h },
      Title: { ...words(title, w - 32, 2), x: 16, y: h - meta.line - 10 },
      Meta: { ...words(meta, w - 32, 1), x: 16, y: h - 10 },
      Ring: { texture: Lightning.Tools.getRoundRect(w, h, 14, 5, 0xfff2b544, false, 0) },
    });
  }

  show({ title, meta, poster }: FloorCard): void {
    this.words = title;
    this.patch({
      Picture: poster ? { src: poster } : { rect: true, color: 0xff203a31 },
      Title: { text: { text: title } },
      Meta: { text: { text: meta } },
    });
  }

  override _focus(): void {
    part(this, 'Ring').visible = true;
    this.setSmooth('scale', 1.05, move);
    window.floorFocus = this.words;
  }

  override _unfocus(): void {
    part(this, 'Ring').visible = false;
    this.setSmooth('scale', 1, move);
  }
}

class Row extends Lightning.Component {
  static override _template(): object {
    return { Title: {}, Cards: {} };
  }

  #row!: FloorRow;
  #index = 0;
  #first = 0;

  set row(row: FloorRow) {
    this.#row = row;
    const { cards, title, visible } = row;
    const pool = Math.min(visible + 2, cards.list.length);
    this.patch({
      Title: title ? words(heading, 1152, 1) : {},
      Cards: {
        y: title ? heading.line + 12 : 0,
        children: Array.from({ length: pool }, () => ({ type: Card, size: cards })),
      },
    });
    if (title) part(this, 'Title').patch({ text: { text: title } });
    for (let index = 0; index < pool; index++) this.#bind(index);
  }

  #cardAt(index: number): Card {
    const { children } = part(this, 'Cards');
    return children[index % children.length] as Card;
  }

  #bind(index: number): void {
    const { cards } = this.#row;
    const card = this.#cardAt(index);
    card.x = index * (cards.w + cards.gap);
    card.show(cards.list[index]!);
  }

  override _getFocused(): Lightning.Component {
    return this.#cardAt(this.#index);
  }

  override _handleRight(): boolean {
    return this.#step(1);
  }

  override _handleLeft(): boolean {
    return this.#step(-1);
  }

  #step(step: number): boolean {
    const { cards, visible } = this.#row;
    const next = this.#index + step;
    if (next < 0 || next >= cards.list.length) return false;
    this.#index = next;
    if (next >= this.#first + visible) {
      this.#first = next - visible + 1;
      if (next + 1 < cards.list.length) this.#bind(next + 1);
    } else if (next < this.#first) {
      this.#first = next;
      if (next > 0) this.#bind(next - 1);
    } else return true;
    part(this, 'Cards').setSmooth('x', -this.#first * (cards.w + cards.gap), move);
    return true;
  }
}

class Floor extends Lightning.Component {
  static rows: FloorRow[];

  #row = 0;
  #key = 0;
  #keyAt = 0;

  static override _template(): object {
    const rows = Floor.rows.map((row) => ({ type: Row, x: row.x, y: headerHeight + row.y, row }));
    return { Rows: { ...safe, children: rows } };
  }

  get #rows(): Row[] {
    return part(this, 'Rows').children as Row[];
  }

  override _getFocused(): Lightning.Component {
    return this.#rows[this.#row]!;
  }

  override _captureKey({ keyCode, timeStamp }: KeyboardEvent): boolean {
    if (keyCode === this.#key && timeStamp - this.#keyAt < repeatGap) return true;
    this.#key = keyCode;
    this.#keyAt = timeStamp;
    return false;
  }

  override _handleDown(): boolean {
    return this.#step(1);
  }

  override _handleUp(): boolean {
    return this.#step(-1);
  }

  #step(step: number): boolean {
    const next = this.#row + step;
    const row = this.#rows[next];
    if (!row) return false;
    this.#row = next;
    const { cards, title } = Floor.rows[next]!;
    const below = row.y + cards.h + (title ? heading.line + 12 : 0) + 40 - (720 - safe.y * 2);
    part(this, 'Rows').setSmooth('y', safe.y - Math.max(0, below), move);
    return true;
  }
}

async function start(): Promise<void> {
  const [rows, settings] = await Promise.all(
    ['rows.json', '../settings.json'].map(async (file) => (await fetch(file)).json() as Promise<unknown>),
  );
  Floor.rows = rows as FloorRow[];
  const { appSettings } = settings as { appSettings: { stage: object } };
  // The app's own settings of the stage, with Lightning's own loop.
  const stage = { ...appSettings.stage, w: 1280, h: 720, precision: 1, autostart: true };
  const app = Launch(Floor, { stage } as never, {}, undefined);
  document.body.appendChild((app as unknown as { stage: Lightning.Stage }).stage.getCanvas());
}

void start();
