import type { Lightning } from '@lightningjs/sdk';
import { t } from '../../locales/i18n.ts';
import { RoomButton } from '../../ui/Button.ts';
import { ButtonRow } from '../../ui/ButtonRow.ts';
import { label } from '../../ui/label.ts';
import { part, setText } from '../../ui/parts.ts';
import { color, screen } from '../../ui/theme.ts';
import { dotted, lengthWords } from '../shared/lesson-words.ts';
import { RoomView } from './room-view.ts';

const wide = screen.w - screen.safeX * 2;

/** What the host reads out before a lesson, a card after the other. */
export class CueView extends RoomView {
  #card = 0;

  static override _template(): object {
    return {
      Kicker: { ...label('room', { w: wide, color: color.textSoft }), x: screen.safeX, y: screen.safeY },
      Title: { ...label('question', { w: wide }), x: screen.safeX, y: 96 },
      Words: { ...label('question', { w: wide, lines: 4, color: color.focus }), x: screen.safeX, y: 226 },
      Buttons: { type: ButtonRow, kind: RoomButton, x: screen.safeX, y: 600 },
    };
  }

  override get heading(): string {
    return t('together.next', { title: this.context.services.text(this.lesson?.title) });
  }

  get #cards(): string[] {
    return (this.lesson?.cueCards ?? []).map((card) => this.context.services.text(card));
  }

  protected override build(): void {
    const { plan, lesson } = this.session;
    const place = t('together.lessonOf', { number: lesson + 1, all: plan.lessons.length });
    setText(part(this, 'Kicker'), dotted(place, lengthWords(this.lesson?.length ?? 0)));
    setText(part(this, 'Title'), this.context.services.text(this.lesson?.title) || t('lesson.gone'));
    this.#show();
  }

  #show(): void {
    const cards = this.#cards;
    const words = cards[this.#card] ?? t('together.ready');
    const last = this.#card >= cards.length - 1;
    const { groups } = this.context.study;
    setText(part(this, 'Words'), words);
    this.patch({
      Buttons: {
        buttons: [
          last
            ? { id: 'go', words: t('together.play'), onEnter: () => void groups.tell({ type: 'cued' }) }
            : { id: 'go', words: t('together.nextCard'), onEnter: () => this.#next() },
          { id: 'skip', words: t('together.skip'), onEnter: () => void groups.tell({ type: 'skipped' }) },
          { id: 'end', words: t('together.end'), onEnter: () => this.context.askEnd() },
        ],
      },
    });
    this.context.navigator.say(words);
  }

  #next(): void {
    this.#card += 1;
    this.#show();
  }

  override _getFocused(): Lightning.Component {
    return part<ButtonRow>(this, 'Buttons');
  }
}
