import { Lightning } from '@lightningjs/sdk';
import { clockText } from '../../../domain/text/durations.ts';
import { t } from '../../locales/i18n.ts';
import { roundedBox } from '../../ui/drawn.ts';
import { label } from '../../ui/label.ts';
import { part, setText } from '../../ui/parts.ts';
import { color, motion, screen } from '../../ui/theme.ts';

const width = screen.w - screen.safeX * 2;
const barY = 46;
const thickness = 8;

export interface ProgressView {
  /** Seconds; where a held key aims, when it does. */
  position: number;
  /** Seconds; 0 while not known. */
  length: number;
  chapter: string;
}

/** Where the lesson stands: times, chapter, bar. Focused, Left and Right move through the lesson. */
export class ProgressBar extends Lightning.Component {
  #ticks = '';
  announcement = '';

  static override _template(): object {
    return {
      Now: { ...label('body') },
      Chapter: { ...label('small', { color: color.textSoft }), x: width / 2, mountX: 0.5, y: 2 },
      Length: { ...label('body'), x: width, mountX: 1 },
      Track: { rect: true, y: barY, w: width, h: thickness, color: color.track },
      Played: { rect: true, y: barY, w: 1, h: thickness, color: color.focus },
      Ticks: {},
      Knob: { ...roundedBox(26, 26, 13), y: barY + thickness / 2, mount: 0.5 },
    };
  }

  set view({ position, length, chapter }: ProgressView) {
    const share = length > 0 ? Math.min(1, position / length) : 0;
    part(this, 'Played').w = Math.max(1, width * share);
    part(this, 'Knob').x = width * share;
    setText(part(this, 'Now'), clockText(position));
    setText(part(this, 'Length'), length > 0 ? clockText(length) : '');
    setText(part(this, 'Chapter'), chapter);
    this.announcement = t('player.at', { position: clockText(position), length: clockText(length) });
  }

  /** @param starts of chapters in seconds. */
  showTicks(starts: readonly number[], length: number): void {
    const key = `${starts.join()}/${length}`;
    if (key === this.#ticks || length <= 0) return;
    this.#ticks = key;
    part(this, 'Ticks').children = starts
      .filter((start) => start > 0 && start < length)
      .map((start) => ({
        rect: true,
        x: (width * start) / length,
        y: barY - 3,
        w: 3,
        h: thickness + 6,
        color: color.white,
      }));
  }

  override _focus(): void {
    part(this, 'Knob').patch({ color: color.focus, smooth: { scale: [1.35, { duration: motion.focus }] } });
  }

  override _unfocus(): void {
    part(this, 'Knob').patch({ color: color.white, smooth: { scale: [1, { duration: motion.focus }] } });
  }
}
