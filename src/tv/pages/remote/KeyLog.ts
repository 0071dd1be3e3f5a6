import { Lightning } from '@lightningjs/sdk';
import { t } from '../../locales/i18n.ts';
import type { ReceivedKey } from '../../remote/key-bridge.ts';
import { label } from '../../ui/label.ts';
import { part, setText } from '../../ui/parts.ts';
import { color } from '../../ui/theme.ts';
import { meaningWords, sourceWords } from './key-words.ts';

const wide = 816;
const older = 4;
const pitch = 44;
/** Where the second column begins. */
const sourceX = 260;

/** What came from the remote: the last key big, some before it small. */
export class KeyLog extends Lightning.Component {
  #keys: ReceivedKey[] = [];

  static override _template(): object {
    const row = { Means: label('body', { w: sourceX - 20 }), Source: { ...label('body'), x: sourceX } };
    return {
      Means: { ...label('number', { w: wide, color: color.focus }) },
      Source: { ...label('heading', { w: wide, lines: 2 }), y: 92 },
      Older: {
        y: 184,
        children: Array.from({ length: older }, (_, index) => ({ ...row, y: index * pitch })),
      },
    };
  }

  override _init(): void {
    this.#show();
  }

  note(key: ReceivedKey): void {
    this.#keys = [key, ...this.#keys].slice(0, older + 1);
    this.#show();
  }

  #show(): void {
    const [last, ...before] = this.#keys;
    setText(part(this, 'Means'), last ? meaningWords(last.meaning) : '…');
    setText(part(this, 'Source'), last ? sourceWords(last) : t('remote.press'));
    part(this, 'Older').children.forEach((row, index) => {
      const key = before[index];
      setText(part(row, 'Means'), key ? meaningWords(key.meaning) : '');
      setText(part(row, 'Source'), key ? sourceWords(key) : '');
      row.alpha = 0.85 - index * 0.15;
    });
  }
}
