import type { Lightning } from '@lightningjs/sdk';
import { Page } from '../../app/Page.ts';
import { t } from '../../locales/i18n.ts';
import { ButtonRow } from '../../ui/ButtonRow.ts';
import { label } from '../../ui/label.ts';
import { pageHeader } from '../../ui/page-header.ts';
import { part } from '../../ui/parts.ts';
import { color, screen } from '../../ui/theme.ts';
import { remoteDrawing } from './remote-drawing.ts';

const lines = ['arrows', 'ok', 'back', 'seek', 'digits', 'credit'] as const;
const textX = 400;
const pitch = 78;

/** What each key does, beside a drawing of the remote. */
export class HelpPage extends Page<{ page: 'help' }> {
  static override _template(): object {
    return {
      Header: {},
      Remote: { x: screen.safeX + 20, y: 120 },
      Lines: { x: textX, y: 120 },
      Buttons: { type: ButtonRow, x: textX, y: 608 },
    };
  }

  override get heading(): string {
    return t('help.title');
  }

  protected override build(): void {
    const { navigator, services } = this;
    const lesson = services.catalogue().lessons.get('remote-basics');
    const width = screen.w - screen.safeX - textX;
    this.patch({
      Header: pageHeader(this.heading, t('help.contact')),
      Remote: remoteDrawing({ ok: t('help.keyOk'), back: t('help.keyBack') }),
      Lines: {
        children: lines.map((name, index) => ({
          y: index * pitch,
          Key: label('heading', { text: t(`help.${name}.key`), color: color.focus }),
          Does: {
            ...label('body', { text: t(`help.${name}.does`), w: width - 170, lines: 2 }),
            x: 170,
            y: 3,
          },
        })),
      },
      Buttons: {
        buttons: [
          ...(lesson
            ? [
                {
                  id: 'watch',
                  words: t('help.watch'),
                  onEnter: () => navigator.open({ page: 'play', id: lesson.id }),
                },
              ]
            : []),
          { id: 'back', words: t('action.back'), onEnter: () => navigator.back() },
        ],
      },
    });
  }

  override _getFocused(): Lightning.Component {
    return part<ButtonRow>(this, 'Buttons');
  }
}
