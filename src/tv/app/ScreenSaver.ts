import { Lightning } from '@lightningjs/sdk';
import { label } from '../ui/label.ts';
import { part, setText } from '../ui/parts.ts';
import { color, screen } from '../ui/theme.ts';
import { t } from '../locales/i18n.ts';

const moveSeconds = 15;

/** A dark screen with the name that wanders, so that nothing burns in; any key wakes the page below. */
export class ScreenSaver extends Lightning.Component {
  #timer: ReturnType<typeof setInterval> | undefined;
  #step = 0;

  static override _template(): object {
    return {
      rect: true,
      w: screen.w,
      h: screen.h,
      color: 0xff000000,
      visible: false,
      zIndex: 20,
      Name: label('hero', { color: color.textSoft }),
    };
  }

  get showing(): boolean {
    return this.visible;
  }

  show(): void {
    this.visible = true;
    setText(part(this, 'Name'), t('app.name'));
    this.#move();
    this.#timer = setInterval(() => this.#move(), moveSeconds * 1000);
  }

  hide(): void {
    this.visible = false;
    clearInterval(this.#timer);
  }

  #move(): void {
    this.#step++;
    part(this, 'Name').patch({ x: 80 + ((this.#step * 389) % 900), y: 60 + ((this.#step * 233) % 540) });
  }

  override _detach(): void {
    clearInterval(this.#timer);
  }
}
