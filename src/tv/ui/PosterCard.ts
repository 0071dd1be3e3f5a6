import { roundedBox } from './drawn.ts';
import { Focusable } from './Focusable.ts';
import { label } from './label.ts';
import { part, setText } from './parts.ts';
import { posterTexture } from './poster.ts';
import { textWidth } from './text-width.ts';
import { color, space, typeOf, type TextStyle } from './theme.ts';

/** What a card shows, in words ready for the screen. */
export interface CardContent {
  id: string;
  title: string;
  /** Second line: minutes, watched mark. */
  meta: string;
  /** Absolute address of the picture. */
  poster: string | undefined;
  /** Small red flag in the corner. */
  badge?: string | undefined;
  /** 0 to 1; shown as a bar when more than nothing and less than all. */
  progress?: number | undefined;
  announcement: string;
}

export interface CardLayout {
  w: number;
  h: number;
  title: TextStyle;
  meta: TextStyle;
  titleLines: number;
  pad: number;
}

/** A picture with its title on it. */
export class PosterCard extends Focusable {
  #layout: CardLayout | undefined;
  content: CardContent | undefined;

  static override _template(): object {
    return { Base: {}, Picture: {}, Badge: {}, Title: {}, Meta: {}, Track: {}, Bar: {}, FocusRing: {} };
  }

  set layout(layout: CardLayout) {
    this.#layout = layout;
    const { w, h, pad } = layout;
    const textWidth = w - pad * 2;
    const metaLine = typeOf(layout.meta).line;
    const bottom = h - pad * 0.6;
    this.shape(w, h, space.radius);
    this.patch({
      Base: { ...roundedBox(w, h, space.radius), color: color.groundRaised },
      Picture: { w, h },
      Title: {
        ...label(layout.title, { w: textWidth, lines: layout.titleLines }),
        x: pad,
        y: bottom - metaLine,
        mountY: 1,
      },
      Meta: { ...label(layout.meta, { w: textWidth, color: color.textSoft }), x: pad, y: bottom, mountY: 1 },
      Track: { rect: true, x: pad, y: h - 10, w: textWidth, h: 5, color: color.track, visible: false },
      Bar: { rect: true, x: pad, y: h - 10, w: 1, h: 5, color: color.focus, visible: false },
    });
    part(this, 'Picture').on('txLoaded', () => (part(this, 'Base').visible = false));
  }

  /** Shows other content in the same card. */
  show(content: CardContent): void {
    const layout = this.#layout;
    if (!layout) throw new Error('a card needs its layout before its content');
    this.content = content;
    this.announcement = content.announcement;
    this.lesson = content.id;
    setText(part(this, 'Title'), content.title);
    setText(part(this, 'Meta'), content.meta);
    const { w, h, pad } = layout;
    const poster = { url: content.poster, title: content.title, w, h, radius: space.radius, scrim: 0.78 };
    const picture = part(this, 'Picture');
    // Lightning shows the old picture until the new one is there: beside another title, and if the card leaves
    // the screen meanwhile it never lets go of it.
    picture.texture = null;
    part(this, 'Base').visible = true;
    picture.patch({ texture: posterTexture(poster) });
    const share = content.progress ?? 0;
    const partial = share > 0 && share < 1;
    part(this, 'Track').visible = partial;
    const bar = part(this, 'Bar');
    bar.visible = partial;
    bar.w = Math.max(1, (w - pad * 2) * share);
    this.#showBadge(content.badge);
  }

  #showBadge(text: string | undefined): void {
    const badge = part(this, 'Badge');
    badge.visible = text !== undefined;
    if (text === undefined) return;
    const { line } = typeOf('small');
    const width = textWidth(text, 'small') + 26;
    badge.patch({
      x: 12,
      y: 12,
      Back: { ...roundedBox(width, line + 8, 8), color: color.brick },
      Words: { ...label('small', { text }), x: 13, y: 4 },
    });
  }
}
