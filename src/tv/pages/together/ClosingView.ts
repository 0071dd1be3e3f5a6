import type { Lightning } from '@lightningjs/sdk';
import { attendeesOf } from '../../../domain/groups/group-session.ts';
import { totalSeconds, union } from '../../../domain/watching/ranges.ts';
import { t } from '../../locales/i18n.ts';
import { RoomButton } from '../../ui/Button.ts';
import { ButtonRow } from '../../ui/ButtonRow.ts';
import { label } from '../../ui/label.ts';
import { part, setText } from '../../ui/parts.ts';
import { qrCode } from '../../ui/qr-code.ts';
import { color, screen } from '../../ui/theme.ts';
import { dotted, lengthWords } from '../shared/lesson-words.ts';
import { RoomView } from './room-view.ts';

const qr = 300;
const left = screen.w - screen.safeX * 2 - qr - 40;
/** Seconds between two tries to get the link for the phone. */
const askAgain = 10;

/** What came of the evening: how many, how long, whether it has arrived; and the minutes for a phone. */
export class ClosingView extends RoomView {
  #link = '';
  #seconds = 0;
  #said = '';

  static override _template(): object {
    const x = screen.safeX;
    return {
      Title: { ...label('hero', { w: left }), x, y: screen.safeY },
      People: { ...label('room', { w: left }), x, y: 120 },
      Names: { ...label('room', { w: left, lines: 3, color: color.textSoft }), x, y: 184 },
      Minutes: { ...label('room', { w: left }), x, y: 366 },
      Upload: { ...label('room', { w: left, lines: 2, color: color.focus }), x, y: 440 },
      Qr: { x: screen.w - screen.safeX - qr, y: 120 },
      QrNote: { ...label('heading', { w: qr, lines: 3 }), x: screen.w - screen.safeX - qr, y: 436 },
      Buttons: { type: ButtonRow, kind: RoomButton, x, y: 600 },
    };
  }

  override get heading(): string {
    return t('together.closed');
  }

  protected override build(): void {
    const { groups } = this.context.study;
    const persons = attendeesOf(this.session);
    const shown = this.session.showings.reduce(
      (sum, { plays }) => sum + totalSeconds(union(plays.map(({ start, end }) => ({ start, end })))),
      0,
    );
    const guests = this.session.guests + groups.phoneGuests();
    setText(part(this, 'Title'), this.heading);
    setText(
      part(this, 'People'),
      dotted(
        t('together.wereThere', { count: persons.length }),
        guests > 0 ? t('together.guests', { count: guests }) : undefined,
      ),
    );
    setText(part(this, 'Names'), persons.map((person) => this.nameOf(person)).join(t('app.comma')));
    setText(part(this, 'Minutes'), t('together.shown', { length: lengthWords(shown) }));
    this.patch({
      Buttons: { buttons: [{ id: 'done', words: t('together.done'), onEnter: () => void this.#done() }] },
    });
    this.refresh();
    this.#askLink();
  }

  override refresh(): void {
    if (!this.context.study.groups.evening()) return;
    const state = this.context.study.groups.upload(this.session.plan.id);
    const words = t(`together.upload.${state}`);
    setText(part(this, 'Upload'), words);
    if (words === this.#said) return;
    this.#said = words;
    this.context.navigator.say(words);
  }

  override tick(): void {
    this.#seconds += 1;
    if (this.#link === '' && this.#seconds % askAgain === 0) this.#askLink();
  }

  #askLink(): void {
    this.context.study.groups.service.minutesLink(this.session.plan.id).then(
      (link) => {
        if (!this.attached) return;
        this.#link = link;
        this.patch({ Qr: qrCode(link, qr) });
        setText(part(this, 'QrNote'), t('together.minutesQr'));
      },
      () => {
        if (this.attached) setText(part(this, 'QrNote'), t('together.minutesLater'));
      },
    );
  }

  async #done(): Promise<void> {
    const { study, navigator } = this.context;
    await study.groups.putAway();
    navigator.back();
  }

  override _getFocused(): Lightning.Component {
    return part<ButtonRow>(this, 'Buttons');
  }
}
