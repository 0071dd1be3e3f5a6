import { Lightning } from '@lightningjs/sdk';
import { clockText } from '../../../domain/text/durations.ts';
import { t } from '../../locales/i18n.ts';
import { Grid } from '../../ui/Grid.ts';
import { label } from '../../ui/label.ts';
import { ListRow } from '../../ui/ListRow.ts';
import { part } from '../../ui/parts.ts';
import { color, screen } from '../../ui/theme.ts';

const width = 560;
const row = { w: width - 96, h: 76 };

export interface Chapter {
  /** Seconds from the beginning. */
  start: number;
  title: string;
}

/** The lesson's chapters at the right edge; OK jumps, Back closes. */
export class ChapterList extends Lightning.Component {
  static override _template(): object {
    return {
      visible: false,
      x: screen.w - width,
      Shade: { rect: true, w: width, h: screen.h, color: color.ground },
      Title: { ...label('title', {}), x: 40, y: screen.safeY + 4, color: color.text },
      List: { type: Grid, x: 32, y: 116 },
    };
  }

  open(chapters: readonly Chapter[], current: number, onPick: (chapter: Chapter) => void): void {
    this.patch({
      visible: true,
      Title: { text: { text: t('player.chapters') } },
      List: {
        spec: {
          items: chapters,
          columns: 1,
          cell: row,
          gap: { x: 0, y: 14 },
          visibleRows: 6,
          card: { type: ListRow, look: row },
          show: (card: ListRow, { title, start }: Chapter, index: number) =>
            (card.content = {
              title: t('player.chapter', { number: index + 1, title }),
              value: clockText(start),
              note: '',
              announcement: t('player.chapter', { number: index + 1, title }),
            }),
          onEnter: onPick,
        },
      },
    });
    part<Grid<ListRow, Chapter>>(this, 'List').index = Math.max(0, current);
    this._refocus();
  }

  close(): void {
    this.visible = false;
  }

  override _getFocused(): Lightning.Component {
    return part<Lightning.Component>(this, 'List');
  }

  // The list keeps the focus: nothing behind it hears the arrows.
  override _handleLeft(): boolean {
    return true;
  }

  override _handleRight(): boolean {
    return true;
  }

  override _handleUp(): boolean {
    return true;
  }

  override _handleDown(): boolean {
    return true;
  }
}
