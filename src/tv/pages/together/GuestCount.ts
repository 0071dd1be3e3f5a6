import { Lightning } from '@lightningjs/sdk';
import { MOST_GUESTS } from '../../../domain/groups/group-session.ts';
import { t } from '../../locales/i18n.ts';
import { label } from '../../ui/label.ts';
import { announce, part, setText } from '../../ui/parts.ts';
import { color, screen } from '../../ui/theme.ts';

const wide = 960;
const x = (screen.w - wide) / 2;

export interface GuestCountSpec {
  /** Shown first. */
  count: number;
  onDone: (count: number) => void;
}

/** How many are there who are on no list: by the arrows or the digits of the remote. */
export class GuestCount extends Lightning.Component {
  declare spec: GuestCountSpec;
  #count = 0;
  #typed = false;
  announcement = '';

  static override _template(): object {
    return {
      Shade: { rect: true, w: screen.w, h: screen.h, color: 0xf20c1512 },
      Title: { ...label('hero', { w: wide }), x, y: 180 },
      Count: { ...label('question', { color: color.focus }), x: screen.w / 2, y: 290, mountX: 0.5 },
      How: { ...label('room', { w: wide, lines: 3, color: color.textSoft }), x, y: 420 },
    };
  }

  get heading(): string {
    return [t('together.guestsTitle'), t('together.guestsHow')].join(' ');
  }

  override _init(): void {
    this.#count = this.spec.count;
    setText(part(this, 'Title'), t('together.guestsTitle'));
    setText(part(this, 'How'), t('together.guestsHow'));
    this.#show();
  }

  onDigit(digit: number): void {
    this.#set(this.#typed ? this.#count * 10 + digit : digit);
    this.#typed = true;
  }

  #set(count: number): void {
    this.#count = Math.max(0, Math.min(MOST_GUESTS, count));
    this.#show();
    announce(this, this.announcement);
  }

  #show(): void {
    this.announcement = t('together.guests', { count: this.#count });
    setText(part(this, 'Count'), `◀  ${this.#count}  ▶`);
  }

  override _handleLeft(): boolean {
    this.#set(this.#count - 1);
    return true;
  }

  override _handleRight(): boolean {
    this.#set(this.#count + 1);
    return true;
  }

  override _handleUp(): boolean {
    this.#set(this.#count + 10);
    return true;
  }

  override _handleDown(): boolean {
    this.#set(this.#count - 10);
    return true;
  }

  override _handleEnter(): boolean {
    return this.done();
  }

  /** @returns true: the key is used */
  done(): boolean {
    this.spec.onDone(this.#count);
    return true;
  }
}
