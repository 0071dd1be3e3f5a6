import { Lightning } from '@lightningjs/sdk';
import type { Who } from '../../identity/who.ts';
import { t } from '../../locales/i18n.ts';
import { label } from '../../ui/label.ts';
import { part } from '../../ui/parts.ts';
import { color, screen } from '../../ui/theme.ts';
import { WhoBoard } from '../who/WhoBoard.ts';

const height = 590;

/** Who is watching, over the picture, which plays on. */
export class WhoPanel extends Lightning.Component {
  static override _template(): object {
    return {
      visible: false,
      y: screen.h - height,
      Shade: { rect: true, w: screen.w, h: height, color: color.scrim },
      Title: { ...label('title'), x: screen.safeX, y: 24 },
      Board: { type: WhoBoard, x: screen.safeX, y: 96 },
    };
  }

  open(who: Who, onDone: () => void): void {
    this.patch({ visible: true, Title: { text: { text: t('who.title') } }, Board: { onPicked: onDone } });
    part<WhoBoard>(this, 'Board').show(who, true);
  }

  close(): void {
    this.visible = false;
  }

  override _getFocused(): Lightning.Component {
    return part(this, 'Board');
  }

  override _handleUp(): boolean {
    return true;
  }

  override _handleDown(): boolean {
    return true;
  }
}
