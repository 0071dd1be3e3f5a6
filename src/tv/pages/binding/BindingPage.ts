import type { Lightning } from '@lightningjs/sdk';
import { cardNumbers } from '../../../domain/roster/binding-code.ts';
import { Page } from '../../app/Page.ts';
import type { BindingState, PlaceView } from '../../identity/binding.ts';
import { t } from '../../locales/i18n.ts';
import type { Study } from '../../study/study.ts';
import { ButtonRow, type ButtonSpec } from '../../ui/ButtonRow.ts';
import { label } from '../../ui/label.ts';
import { pageHeader } from '../../ui/page-header.ts';
import { part, setText } from '../../ui/parts.ts';
import { qrCode } from '../../ui/qr-code.ts';
import { DigitPad } from '../../ui/DigitPad.ts';
import { color, screen } from '../../ui/theme.ts';

const qrSize = 300;
const wordsX = screen.safeX + qrSize + 56;
const wide = screen.w - screen.safeX * 2;

const cardRule = { least: cardNumbers.length, most: cardNumbers.length, secret: false };

type Phase = 'loading' | 'unbound' | 'code' | 'bound' | 'leaving';

/** Brings the TV to a home or an activity room: by a phone, by a card, and out again. */
export class BindingPage extends Page<{ page: 'binding' }> {
  #study: Study | undefined;
  #unsubscribe: (() => void) | undefined;
  #typing = false;
  #leaving = false;
  #spoken = '';
  #qr = '';
  #phase: Phase = 'loading';

  static override _template(): object {
    return {
      Header: {},
      Words: { ...label('heading', { w: wide, lines: 3 }), x: screen.safeX, y: 132 },
      Qr: { x: screen.safeX, y: 132, visible: false },
      Steps: {
        x: wordsX,
        y: 132,
        visible: false,
        How: label('body', { w: screen.w - wordsX - screen.safeX, lines: 3 }),
        Code: { ...label('number', { color: color.focus }), y: 112 },
        Note: {
          ...label('body', { w: screen.w - wordsX - screen.safeX, lines: 3, color: color.textSoft }),
          y: 212,
        },
      },
      Pad: { type: DigitPad, rule: cardRule, x: screen.safeX, y: 180, visible: false },
      State: { ...label('body', { w: wide, lines: 2, color: color.focus }), x: screen.safeX, y: 470 },
      Buttons: { type: ButtonRow, x: screen.safeX, y: 568 },
    };
  }

  override get heading(): string {
    return t('binding.title');
  }

  protected override build(): void {
    part<DigitPad>(this, 'Pad').onDone = (digits) => this.#redeem(digits);
    this.#show();
    this.services.study().then(
      (study) => {
        if (!this.attached) return;
        this.#study = study;
        this.#unsubscribe = study.onChange(() => this.#show());
        study.binding.look();
        this.#show();
      },
      () => this.navigator.toast(t('error.page')),
    );
  }

  override _detach(): void {
    this.#unsubscribe?.();
  }

  #redeem(digits: string): void {
    this.#typing = false;
    this.#study?.binding.useCard(digits);
  }

  #show(): void {
    const state = this.#study?.binding.state();
    const boxId = this.#study?.identity().boxId ?? '';
    const code = state?.kept.code;
    this.patch({
      Header: pageHeader(this.heading, boxId && t('binding.box', { box: boxId.slice(-4).toUpperCase() })),
      Qr: { visible: code !== undefined && !this.#typing },
      Steps: { visible: code !== undefined && !this.#typing },
      Pad: { visible: this.#typing },
      Words: { visible: code === undefined || this.#typing },
      State: { visible: !this.#typing },
      Buttons: { y: this.#typing ? 632 : 568, visible: !this.#typing, buttons: this.#buttons(state) },
    });
    if (code && this.#qr !== code.fullAddress) {
      this.#qr = code.fullAddress;
      this.patch({ Qr: qrCode(code.fullAddress, qrSize) });
    }
    if (code) {
      const steps = part(this, 'Steps');
      setText(part(steps, 'How'), t('binding.how', { address: code.address.replace(/^https?:\/\//, '') }));
      setText(part(steps, 'Code'), code.userCode);
      setText(part(steps, 'Note'), t('binding.codeNote'));
    }
    setText(part(this, 'Words'), this.#words(state));
    setText(part(this, 'State'), this.#stateWords(state));
    this.#focusFirst(state);
    this.#say(state);
    this._refocus();
  }

  #words(state: BindingState | undefined): string {
    if (this.#typing) return t('binding.cardHow');
    const view = state?.kept.view;
    if (this.#leaving) return t('binding.leaveSure');
    if (view) return t('binding.boundTo', { place: placeWords(view) });
    return t('binding.why');
  }

  #stateWords(state: BindingState | undefined): string {
    if (!state) return t('study.loading');
    const { kept, asking, trouble } = state;
    if (trouble) return t(`binding.trouble.${trouble}`);
    if (asking) return t('binding.asking');
    if (kept.code) return t('binding.waiting');
    if (kept.card !== undefined) return t('binding.asking');
    if (kept.view)
      return kept.view.state === 'home'
        ? t('binding.peopleAtHome', { count: kept.view.people.length })
        : t('binding.room', { count: kept.view.people.length });
    return t('binding.unbound');
  }

  /** What most people want next has the focus whenever something new is shown. */
  #focusFirst(state: BindingState | undefined): void {
    const { view, code } = state?.kept ?? {};
    const phase: Phase = !state
      ? 'loading'
      : this.#leaving
        ? 'leaving'
        : view
          ? 'bound'
          : code
            ? 'code'
            : 'unbound';
    if (phase === this.#phase) return;
    this.#phase = phase;
    part<ButtonRow>(this, 'Buttons').focusOn(
      phase === 'unbound' ? 'phone' : phase === 'leaving' ? 'stay' : 'back',
    );
  }

  /** What has changed is said once; the code is spelled so that it can be told to somebody. */
  #say(state: BindingState | undefined): void {
    const { code, view } = state?.kept ?? {};
    const words = [
      ...(code && !this.#typing ? [t('binding.codeIs', { code: code.userCode.split('').join(' ') })] : []),
      ...(view ? [t('binding.boundTo', { place: placeWords(view) })] : []),
      this.#typing ? t('binding.cardHow') : this.#stateWords(state),
    ].join(t('app.stop'));
    if (words === this.#spoken) return;
    this.#spoken = words;
    this.navigator.say(words);
  }

  #buttons(state: BindingState | undefined): ButtonSpec[] {
    const box = this.#study?.binding;
    const back: ButtonSpec = { id: 'back', words: t('action.back'), onEnter: () => this.navigator.back() };
    if (!box || !state) return [back];
    if (this.#leaving)
      return [
        { id: 'stay', words: t('binding.stay'), onEnter: () => this.#leave(false) },
        { id: 'leave', words: t('binding.leaveNow'), onEnter: () => void this.#unbind() },
      ];
    const { kept } = state;
    if (kept.view)
      return [back, { id: 'unbind', words: t('binding.leave'), onEnter: () => this.#leave(true) }];
    const card: ButtonSpec = { id: 'card', words: t('binding.byCard'), onEnter: () => this.#type(true) };
    const phone = { id: 'phone', onEnter: () => box.showCode() };
    if (kept.code) return [back, card, { ...phone, words: t('binding.newCode') }];
    return [{ ...phone, words: t('binding.byPhone') }, card, back];
  }

  #type(typing: boolean): void {
    this.#typing = typing;
    part<DigitPad>(this, 'Pad').clear();
    this.#show();
  }

  #leave(leaving: boolean): void {
    this.#leaving = leaving;
    this.#show();
  }

  async #unbind(): Promise<void> {
    const done = await this.#study?.binding.unbind();
    if (!this.attached) return;
    this.#leaving = false;
    this.navigator.toast(t(done ? 'binding.left' : 'binding.trouble.offline'));
    this.#show();
  }

  override onDigit(digit: number): void {
    if (this.#typing) part<DigitPad>(this, 'Pad').takeDigit(digit);
  }

  /** Back leaves the card first, then the page; a code that is shown stays good. */
  override _handleBack(): boolean {
    if (this.#typing) this.#type(false);
    else if (this.#leaving) this.#leave(false);
    else return false;
    return true;
  }

  override _getFocused(): Lightning.Component {
    return part(this, this.#typing ? 'Pad' : 'Buttons');
  }
}

/** `枣园村 · 王○○家` */
export function placeWords(view: PlaceView): string {
  return `${view.village.name} · ${view.state === 'home' ? view.home.name : view.room.name}`;
}
