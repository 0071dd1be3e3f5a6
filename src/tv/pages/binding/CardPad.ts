import { Lightning } from '@lightningjs/sdk';
import { cardNumbers } from '../../../domain/roster/binding-code.ts';
import { t } from '../../locales/i18n.ts';
import { Button } from '../../ui/Button.ts';
import { Grid } from '../../ui/Grid.ts';
import { label } from '../../ui/label.ts';
import { announce, part, setText } from '../../ui/parts.ts';
import { color } from '../../ui/theme.ts';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'erase', '0', 'done'] as const;
type PadKey = (typeof keys)[number];

const cell = { w: 150, h: 72 };

/** The twelve digits of a card, by a pad on the screen or the digits of the remote. */
export class CardPad extends Lightning.Component {
  /** Called with all digits. */
  declare onDone: (digits: string) => void;
  #digits = '';

  static override _template(): object {
    return { Digits: { ...label('number'), x: 0, y: 0 }, Keys: { type: Grid, x: 0, y: 108 } };
  }

  override _init(): void {
    this.patch({
      Keys: {
        spec: {
          items: keys,
          columns: 3,
          cell,
          gap: { x: 10, y: 10 },
          visibleRows: 4,
          card: { type: Button },
          show: (card: Button, key: PadKey) => (card.words = this.#wordsOf(key)),
          onEnter: (key: PadKey) => this.#press(key),
        },
      },
    });
    this.#show();
  }

  /** Empties the pad, for another try. */
  clear(): void {
    this.#digits = '';
    this.#show();
  }

  takeDigit(digit: number): void {
    if (this.#digits.length >= cardNumbers.length) return;
    this.#digits += String(digit);
    this.#show();
    if (this.#digits.length === cardNumbers.length)
      part<Grid<Button, PadKey>>(this, 'Keys').index = keys.indexOf('done');
    announce(this, t('binding.digitTyped', { digit, count: this.#digits.length }));
  }

  #press(key: PadKey): void {
    if (key === 'erase') {
      this.#digits = this.#digits.slice(0, -1);
      this.#show();
      announce(this, t('binding.digitErased', { count: this.#digits.length }));
    } else if (key !== 'done') this.takeDigit(Number(key));
    else if (this.#digits.length === cardNumbers.length) this.onDone(this.#digits);
    else announce(this, t('binding.digitsMissing', { count: cardNumbers.length - this.#digits.length }));
  }

  #wordsOf(key: PadKey): string {
    return key === 'erase' ? t('binding.erase') : key === 'done' ? t('binding.done') : key;
  }

  #show(): void {
    const padded = this.#digits.padEnd(cardNumbers.length, '_');
    const digits = part(this, 'Digits');
    setText(digits, padded.replace(/(.{4})(?=.)/g, '$1 '));
    digits.color = this.#digits === '' ? color.textSoft : color.text;
  }

  override _getFocused(): Lightning.Component {
    return part(this, 'Keys');
  }
}
