import { fontFaces, typeOf, color, type TextStyle, type Type } from './theme.ts';

export interface LabelOptions {
  text?: string;
  /** Width at which lines break; without it the text stays on one line. */
  w?: number;
  /** Lines shown at most; the last ends in an ellipsis. Default 1. */
  lines?: number;
  color?: number;
}

/**
 * Template of a text in one of the theme's styles. Colour is the element's tint, not the text's own, so a
 * change of colour costs no new texture. lineHeight is always set: Lightning's default lets lines overlap.
 */
export function label(style: TextStyle | Type, options: LabelOptions = {}): object {
  const { size, line, weight } = typeof style === 'string' ? typeOf(style) : style;
  return {
    color: options.color ?? color.text,
    text: {
      text: options.text ?? '',
      fontFace: fontFaces,
      fontStyle: weight,
      fontSize: size,
      lineHeight: line,
      textColor: color.white,
      ...(options.w
        ? { wordWrapWidth: options.w, maxLines: options.lines ?? 1, maxLinesSuffix: '…' }
        : { wordWrap: false }),
    },
  };
}

/** Where a line of text stands in the middle of a box: its texture is half a letter taller than its line. */
export function middleOf(h: number, style: TextStyle): number {
  return Math.round((h - typeOf(style).line) / 2);
}
