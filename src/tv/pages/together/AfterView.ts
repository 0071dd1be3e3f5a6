import type { Lightning } from '@lightningjs/sdk';
import { noteCards, type NoteCard } from '../../../domain/groups/note-cards.ts';
import { t } from '../../locales/i18n.ts';
import { RoomButton } from '../../ui/Button.ts';
import { ButtonRow } from '../../ui/ButtonRow.ts';
import { Grid } from '../../ui/Grid.ts';
import { label } from '../../ui/label.ts';
import { part, setText } from '../../ui/parts.ts';
import { RoomTile } from '../../ui/RoomTile.ts';
import { color, screen } from '../../ui/theme.ts';
import { RollView } from './RollView.ts';
import { RoomView } from './room-view.ts';

const wide = screen.w - screen.safeX * 2;
const tile = { w: (wide - 14) / 2, h: 84 };

/** After the last lesson: what was asked, a line of note from cards, and the end. */
export class AfterView extends RoomView {
  #onCards = false;

  static override _template(): object {
    return {
      Title: { ...label('hero', { w: wide }), x: screen.safeX, y: screen.safeY },
      Asked: { ...label('room', { w: wide, lines: 2, color: color.textSoft }), x: screen.safeX, y: 104 },
      Note: { ...label('room', { w: wide }), x: screen.safeX, y: 236 },
      Cards: { type: Grid, x: screen.safeX, y: 310 },
      Words: { ...label('room', { w: wide, color: color.focus }), x: screen.safeX, y: 508 },
      Buttons: { type: ButtonRow, kind: RoomButton, x: screen.safeX, y: 600 },
    };
  }

  override get heading(): string {
    return t('together.after');
  }

  get #people(): RollView | undefined {
    return this.getByRef('People' as never) as RollView | undefined;
  }

  protected override build(): void {
    const { services, askEnd } = this.context;
    const asked = this.session.asked.map(({ lessonId, discussion }) =>
      services.text(services.catalogue().lessons.get(lessonId)?.discussion?.[discussion]?.question),
    );
    setText(part(this, 'Title'), this.heading);
    setText(
      part(this, 'Asked'),
      asked.length > 0 ? t('together.asked', { questions: asked.join(' ') }) : t('together.askedNone'),
    );
    setText(part(this, 'Note'), t('together.noteTitle'));
    this.patch({
      Cards: {
        spec: {
          items: noteCards,
          columns: 2,
          cell: tile,
          gap: { x: 14, y: 14 },
          visibleRows: 2,
          card: { type: RoomTile, look: tile },
          show: (one: RoomTile, card: NoteCard) => (one.content = this.#contentOf(card)),
          onEnter: (card: NoteCard) => void this.#choose(card),
        },
      },
      Buttons: {
        buttons: [
          { id: 'end', words: t('together.endNow'), onEnter: askEnd },
          { id: 'people', words: t('together.people'), onEnter: () => this.#openPeople() },
        ],
      },
    });
    this.refresh();
  }

  async #choose(card: NoteCard): Promise<void> {
    await this.context.study.groups.tell({ type: 'noted', card });
    if (this.attached) this.context.navigator.say(this.#contentOf(card).announcement);
  }

  #contentOf(card: NoteCard) {
    const words = t(`together.note.${card}`);
    const ticked = this.session.notes.includes(card);
    return {
      words,
      ticked,
      announcement: `${words} ${t(ticked ? 'together.chosen' : 'together.notChosen')}`,
    };
  }

  override refresh(): void {
    const { groups } = this.context.study;
    if (!groups.evening()) return;
    part<Grid<RoomTile, NoteCard>>(this, 'Cards').refresh();
    setText(part(this, 'Words'), groups.phoneWords() ?? '');
    this.#people?.refresh();
  }

  override tick(): void {
    this.#people?.tick();
  }

  override onDigit(digit: number): void {
    this.#people?.onDigit(digit);
  }

  #openPeople(): void {
    this.patch({
      People: {
        type: RollView,
        context: this.context,
        onClose: () => {
          this.patch({ People: undefined });
          this._refocus();
        },
      },
    });
    this._refocus();
  }

  override _getFocused(): Lightning.Component {
    if (this.#people) return this.#people;
    return this.#onCards ? part<Lightning.Component>(this, 'Cards') : part<ButtonRow>(this, 'Buttons');
  }

  override _handleUp(): boolean {
    this.#onCards = true;
    return true;
  }

  override _handleDown(): boolean {
    this.#onCards = false;
    return true;
  }
}
