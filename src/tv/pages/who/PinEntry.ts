import { Lightning } from '@lightningjs/sdk';
import type { HomePerson } from '../../identity/watching.ts';
import type { PinAnswer, Who } from '../../identity/who.ts';
import { t } from '../../locales/i18n.ts';
import { DigitPad } from '../../ui/DigitPad.ts';
import { label } from '../../ui/label.ts';
import { announce, part, setText } from '../../ui/parts.ts';
import { color } from '../../ui/theme.ts';

const wordsX = 560;

/** Asks somebody for their PIN and says in plain words what came of it. */
export class PinEntry extends Lightning.Component {
  /** It was right, or it cannot be looked at now. */
  declare onLeft: (open: boolean) => void;
  #asked = '';

  static override _template(): object {
    return {
      Pad: { type: DigitPad, rule: { least: 4, most: 6, secret: true } },
      Title: { ...label('title', { w: 560, lines: 2 }), x: wordsX, y: 16 },
      State: { ...label('heading', { w: 560, lines: 4, color: color.focus }), x: wordsX, y: 130 },
      Note: { ...label('body', { w: 560, lines: 3, color: color.textSoft }), x: wordsX, y: 300 },
    };
  }

  open(who: Who, { person, name }: HomePerson): void {
    this.#asked = person;
    part<DigitPad>(this, 'Pad').clear();
    part<DigitPad>(this, 'Pad').onDone = (pin) => void this.#check(who, person, pin);
    setText(part(this, 'Title'), t('who.pinTitle', { name }));
    setText(part(this, 'State'), '');
    setText(part(this, 'Note'), t('who.pinNote'));
    announce(this, t('who.pinTitle', { name }));
  }

  takeDigit(digit: number): void {
    part<DigitPad>(this, 'Pad').takeDigit(digit);
  }

  async #check(who: Who, person: string, pin: string): Promise<void> {
    this.#say(t('binding.asking'));
    const answer = await who.checkPin(person, pin);
    if (!this.attached || this.#asked !== person) return;
    part<DigitPad>(this, 'Pad').clear();
    this.#say(answerWords(answer));
    if (answer.type === 'right') this.onLeft(true);
  }

  #say(words: string): void {
    setText(part(this, 'State'), words);
    announce(this, words);
  }

  override _getFocused(): Lightning.Component {
    return part(this, 'Pad');
  }
}

function answerWords(answer: PinAnswer): string {
  switch (answer.type) {
    case 'right':
      return t('who.pinRight', { name: answer.name });
    case 'wrong':
      return t('who.pinWrong', { count: answer.triesLeft });
    case 'locked':
      return answer.seconds < 100
        ? t('who.pinLockedSeconds', { count: answer.seconds })
        : t('who.pinLockedMinutes', { count: Math.ceil(answer.seconds / 60) });
    case 'no-pin':
      return t('who.noPin');
    case 'offline':
      return t('who.pinOffline');
  }
}
