import type { Lightning } from '@lightningjs/sdk';
import { necessaryKeys, type KeyName } from '../../../domain/remote/key-names.ts';
import { playerNews } from '../../../domain/remote/key-profile.ts';
import { Page } from '../../app/Page.ts';
import { t } from '../../locales/i18n.ts';
import { ButtonRow } from '../../ui/ButtonRow.ts';
import { label } from '../../ui/label.ts';
import { pageHeader } from '../../ui/page-header.ts';
import { part } from '../../ui/parts.ts';
import { RemoteDrawing, type KeyLook } from '../../ui/RemoteDrawing.ts';
import { color, screen } from '../../ui/theme.ts';
import { keysWritten } from '../remote/key-words.ts';

const lines = ['arrows', 'ok', 'back', 'seek', 'digits', 'credit'] as const;
const textX = 400;
const pitch = 78;

/** What each key does, beside a drawing of the remote whose keys light up when they are pressed. */
export class HelpPage extends Page<{ page: 'help' }> {
  #deaf: (() => void) | undefined;

  static override _template(): object {
    return {
      Header: {},
      Remote: { type: RemoteDrawing, x: screen.safeX + 20, y: 92 },
      Learned: { ...label('small', { color: color.done }), x: screen.safeX, y: 650 },
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
    const taught = Object.values(services.remote.taught());
    this.patch({
      Header: pageHeader(this.heading, t('help.contact')),
      Remote: { words: keysWritten(), looks: looksOf(taught) },
      Learned: { text: { text: taught.length > 0 ? t('remote.learnedHere') : '' } },
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
          {
            id: 'remote',
            words: t('help.remote'),
            onEnter: () => navigator.open({ page: 'remote' }),
          },
          { id: 'back', words: t('action.back'), onEnter: () => navigator.back() },
        ],
      },
    });
  }

  override _attach(): void {
    this.#deaf = this.services.remote.onKey(({ meaning }) => {
      if (meaning && meaning !== playerNews) part<RemoteDrawing>(this, 'Remote').press(meaning);
      return false;
    });
  }

  override _detach(): void {
    this.#deaf?.();
  }

  override _getFocused(): Lightning.Component {
    return part<ButtonRow>(this, 'Buttons');
  }
}

/** Gold are the keys that are enough for everything, green those that were taught on this box. */
function looksOf(taught: readonly string[]): Partial<Record<KeyName, KeyLook>> {
  const looks: Partial<Record<string, KeyLook>> = {};
  for (const name of necessaryKeys) looks[name] = 'needed';
  for (const name of taught) looks[name] = 'learned';
  return looks;
}
