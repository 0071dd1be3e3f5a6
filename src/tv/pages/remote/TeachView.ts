import { Lightning } from '@lightningjs/sdk';
import type { TeachNote, Teaching } from '../../../domain/remote/teach-keys.ts';
import { t } from '../../locales/i18n.ts';
import { roundedBox } from '../../ui/drawn.ts';
import { label } from '../../ui/label.ts';
import { part, setText } from '../../ui/parts.ts';
import { color } from '../../ui/theme.ts';
import { meaningWords } from './key-words.ts';

const wide = 816;
const bar = { w: 640, h: 14 } as const;

/** Which key is to be pressed now, what the last one brought, and how long there is left. */
export class TeachView extends Lightning.Component {
  static override _template(): object {
    return {
      Left: label('heading', { w: wide, color: color.textSoft }),
      Ask: { ...label('question', { w: wide, color: color.focus }), y: 48 },
      Note: { ...label('heading', { w: wide, lines: 4 }), y: 152 },
      Track: { ...roundedBox(bar.w, bar.h, bar.h / 2), y: 336, color: color.track },
      Fill: { rect: true, w: bar.w, h: bar.h, y: 336, color: color.focus },
      How: { ...label('heading', { w: wide, lines: 2 }), y: 366 },
    };
  }

  /** @param left seconds until it goes on by itself, of `all` */
  show(teaching: Teaching, left: number, all: number): void {
    const { waiting, note } = teaching;
    setText(part(this, 'Left'), waiting.length > 0 ? t('remote.toGo', { count: waiting.length }) : '');
    setText(part(this, 'Ask'), askWords(teaching));
    setText(part(this, 'Note'), note ? noteWords(note) : '');
    part(this, 'Note').color = note?.type === 'taken' || note?.type === 'lost' ? color.focus : color.done;
    part(this, 'Fill').w = Math.max(1, (bar.w * left) / all);
    setText(
      part(this, 'How'),
      waiting.length > 0 ? t('remote.skip', { seconds: left }) : t('remote.keepHow', { seconds: left }),
    );
  }
}

/** What is to be done now. */
export function askWords({ waiting }: Teaching): string {
  return waiting.length > 0 ? t('remote.ask', { key: meaningWords(waiting[0]) }) : t('remote.keep');
}

/** What the last key brought. */
export function noteWords(note: TeachNote): string {
  const key = meaningWords(note.name);
  switch (note.type) {
    case 'learned':
      return t('remote.learned', { key });
    case 'taken':
      return t('remote.taken', { key });
    case 'again':
      return t('remote.again', { key });
    case 'lost':
      return t('remote.lost', { key });
    case 'tried':
      return note.name === undefined ? key : t('remote.tried', { key });
  }
}
