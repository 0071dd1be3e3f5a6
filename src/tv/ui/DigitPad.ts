import { Lightning } from '@lightningjs/sdk';
import { t } from '../locales/i18n.ts';
import { Button } from './Button.ts';
import { Grid } from './Grid.ts';
import { label } from './label.ts';
import { announce, part, setText } from './parts.ts';
import { color } from './theme.ts';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'erase', '0', 'done'] as const;
type PadKey = (typeof keys)[number];

const cell = { w: 150, h: 72 };

export interface DigitRule {
  /** How many digits are enough. */
  least: number;
  most: number;
  /** Neither shown nor said. */
  secret: boolean;
}

/** Digits by a pad on the screen or by the digits of the remote. */
export class DigitPad extends Lightning.Component {
  /** Called with the digits when there are enough. */
  declare onDone: (digits: string) => void;
  #rule: DigitRule = { least: 1, most: 1, secret: false };
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

  set rule(rule: DigitRule) {
    this.#rule = rule;
    this.clear();
  }

  /** Empties the pad, for another try. */
  clear(): void {
    this.#digits = '';
    this.#show();
  }

  takeDigit(digit: number): void {
    if (this.#digits.length >= this.#rule.most) return;
    this.#digits += String(digit);
    this.#show();
    const count = this.#digits.length;
    if (count === this.#rule.most) part<Grid<Button, PadKey>>(this, 'Keys').index = keys.indexOf('done');
    announce(
      this,
      this.#rule.secret ? t('binding.secretTyped', { count }) : t('binding.digitTyped', { digit, count }),
    );
  }

  #press(key: PadKey): void {
    const missing = this.#rule.least - this.#digits.length;
    if (key === 'erase') {
      this.#digits = this.#digits.slice(0, -1);
      this.#show();
      announce(this, t('binding.digitErased', { count: this.#digits.length }));
    } else if (key !== 'done') this.takeDigit(Number(key));
    else if (missing <= 0) this.onDone(this.#digits);
    else announce(this, t('binding.digitsMissing', { count: missing }));
  }

  #wordsOf(key: PadKey): string {
    return key === 'erase' ? t('binding.erase') : key === 'done' ? t('binding.done') : key;
  }

  #show(): void {
    const { secret, most } = this.#rule;
    const shown = secret ? '●'.repeat(this.#digits.length) : this.#digits;
    const digits = part(this, 'Digits');
    setText(digits, shown.padEnd(most, '_').replace(/(.{4})(?=.)/g, secret ? '$1' : '$1 '));
    digits.color = this.#digits === '' ? color.textSoft : color.text;
  }

  override _getFocused(): Lightning.Component {
    return part(this, 'Keys');
  }
}
