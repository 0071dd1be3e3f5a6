import { roundedBox } from './drawn.ts';
import { Focusable } from './Focusable.ts';
import { label } from './label.ts';
import { part, setText } from './parts.ts';
import { color, space, typeOf } from './theme.ts';

export interface PanelContent {
  kicker: string;
  title: string;
  note: string;
  /** 0 to 1; a bar between title and note. */
  progress?: number | undefined;
  announcement: string;
  /** The lesson that OK plays. */
  lesson?: string | undefined;
}

/** A card of words: what it is, its title, one more line. */
export class PanelCard extends Focusable {
  #w = 0;

  static override _template(): object {
    return { Back: {}, Kicker: {}, Title: {}, Track: {}, Bar: {}, Note: {}, FocusRing: {} };
  }

  set look({ w, h, paint }: { w: number; h: number; paint: number }) {
    const pad = 22;
    const small = typeOf('small').line;
    this.#w = w - pad * 2;
    this.shape(w, h, space.radius);
    this.patch({
      Back: { ...roundedBox(w, h, space.radius), color: paint },
      Kicker: { ...label('small', { w: this.#w, color: color.textSoft }), x: pad, y: 14 },
      Title: { ...label('heading', { w: this.#w }), x: pad, y: 14 + small + 4 },
      Track: { rect: true, x: pad, y: h - small - 26, w: this.#w, h: 6, color: color.track, visible: false },
      Bar: { rect: true, x: pad, y: h - small - 26, w: 1, h: 6, color: color.focus, visible: false },
      Note: { ...label('small', { w: this.#w, color: color.textSoft }), x: pad, y: h - small - 12 },
    });
  }

  set content({ kicker, title, note, progress, announcement, lesson }: PanelContent) {
    this.announcement = announcement;
    this.lesson = lesson;
    setText(part(this, 'Kicker'), kicker);
    setText(part(this, 'Title'), title);
    setText(part(this, 'Note'), note);
    const barred = progress !== undefined;
    part(this, 'Track').visible = barred;
    part(this, 'Bar').visible = barred;
    part(this, 'Bar').w = Math.max(1, this.#w * (progress ?? 0));
  }
}
