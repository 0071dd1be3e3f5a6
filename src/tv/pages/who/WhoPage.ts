import type { Lightning } from '@lightningjs/sdk';
import { Page } from '../../app/Page.ts';
import type { HomePerson } from '../../identity/watching.ts';
import { t } from '../../locales/i18n.ts';
import type { Study } from '../../study/study.ts';
import { ButtonRow, type ButtonSpec } from '../../ui/ButtonRow.ts';
import { label } from '../../ui/label.ts';
import { pageHeader } from '../../ui/page-header.ts';
import { part, setText } from '../../ui/parts.ts';
import { color, screen } from '../../ui/theme.ts';
import { watchingWords } from '../shared/watching-words.ts';
import { PinEntry } from './PinEntry.ts';
import { WhoBoard } from './WhoBoard.ts';

const wide = screen.w - screen.safeX * 2;

/** Who of the home is watching: names to pick, and the PIN that shows a name in full. */
export class WhoPage extends Page<{ page: 'who' }> {
  #study: Study | undefined;
  #unsubscribe: (() => void) | undefined;
  #typing: HomePerson | undefined;
  #onButtons = true;

  static override _template(): object {
    return {
      Header: {},
      Words: { ...label('body', { w: wide, lines: 2, color: color.textSoft }), x: screen.safeX, y: 96 },
      Board: { type: WhoBoard, x: screen.safeX, y: 170, visible: false },
      Pin: { type: PinEntry, x: screen.safeX, y: 150, visible: false },
      Buttons: { type: ButtonRow, x: screen.safeX, y: 622 },
    };
  }

  override get heading(): string {
    return t('who.title');
  }

  protected override build(): void {
    part<WhoBoard>(this, 'Board').onPicked = (person) => this.#picked(person);
    part<PinEntry>(this, 'Pin').onLeft = () => this.#type(undefined);
    this.#show();
    this.services.study().then(
      (study) => {
        if (!this.attached) return;
        this.#study = study;
        this.#unsubscribe = study.onChange(() => this.#show());
        study.binding.look();
        this.#onButtons = this.#people.length === 0;
        this.#show(true);
      },
      () => this.navigator.toast(t('error.page')),
    );
  }

  override _detach(): void {
    this.#unsubscribe?.();
  }

  get #people(): readonly HomePerson[] {
    return this.#study?.who.view().people ?? [];
  }

  #show(fresh = false): void {
    const typing = this.#typing !== undefined;
    const people = this.#people;
    this.patch({
      Header: pageHeader(this.heading, this.#study && watchingWords(this.#study.who.view())),
      Words: { visible: !typing },
      Board: { visible: people.length > 0 && !typing },
      Pin: { visible: typing },
      Buttons: { visible: !typing, buttons: this.#buttons() },
    });
    setText(part(this, 'Words'), this.#words());
    if (this.#study && people.length > 0) part<WhoBoard>(this, 'Board').show(this.#study.who, fresh);
    this._refocus();
  }

  #words(): string {
    if (!this.#study) return t('study.loading');
    const { place, people } = this.#study.who.view();
    if (place === 'room') return t('who.room');
    if (place === 'unbound') return t('who.unbound');
    return t(people.length > 0 ? 'who.how' : 'who.nobody');
  }

  #buttons(): ButtonSpec[] {
    const { navigator } = this;
    const place = this.#study?.who.view().place;
    const unproven = this.#people.filter(({ watching, hasPin, open }) => watching && hasPin && !open);
    return [
      { id: 'back', words: t('who.done'), onEnter: () => navigator.back() },
      ...unproven.map((one) => ({
        id: one.person,
        words: t('who.pinOf', { name: one.name }),
        onEnter: () => this.#type(one),
      })),
      ...(place === 'unbound'
        ? [{ id: 'bind', words: t('who.bind'), onEnter: () => navigator.open({ page: 'binding' }) }]
        : []),
    ];
  }

  /** What most people want next: the PIN of who was picked, else to be done. */
  #picked(person: HomePerson | undefined): void {
    this.#show();
    const now = this.#people.find((one) => one.person === person?.person);
    this.navigator.say(this.#study ? watchingWords(this.#study.who.view()) : '');
    this.#onButtons = true;
    part<ButtonRow>(this, 'Buttons').focusOn(now?.watching && now.hasPin && !now.open ? now.person : 'back');
    this._refocus();
  }

  #type(person: HomePerson | undefined): void {
    this.#typing = person;
    if (person && this.#study) part<PinEntry>(this, 'Pin').open(this.#study.who, person);
    this.#onButtons = true;
    this.#show();
    if (!person) part<ButtonRow>(this, 'Buttons').focusOn('back');
  }

  override onDigit(digit: number): void {
    if (this.#typing) part<PinEntry>(this, 'Pin').takeDigit(digit);
  }

  override _handleBack(): boolean {
    if (!this.#typing) return false;
    this.#type(undefined);
    return true;
  }

  override _handleUp(): boolean {
    if (!this.#onButtons || this.#people.length === 0 || this.#typing) return false;
    this.#onButtons = false;
    return true;
  }

  override _handleDown(): boolean {
    if (this.#onButtons || this.#typing) return false;
    this.#onButtons = true;
    return true;
  }

  override _getFocused(): Lightning.Component {
    if (this.#typing) return part(this, 'Pin');
    return part(this, this.#onButtons || this.#people.length === 0 ? 'Buttons' : 'Board');
  }
}
