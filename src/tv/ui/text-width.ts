import { fontFaces, typeOf, type TextStyle } from './theme.ts';

let context: CanvasRenderingContext2D | null | undefined;

/** Width of one line of text before it is drawn, in design units: for laying things out side by side. */
export function textWidth(text: string, style: TextStyle): number {
  const { size, weight } = typeOf(style);
  context ??= document.createElement('canvas').getContext('2d');
  // A box without a canvas shows nothing anyway; square letters are the safe guess.
  if (!context) return text.length * size;
  context.font = `${weight} ${size}px ${fontFaces.map((face) => `"${face}"`).join(',')}`.replace(
    '"sans-serif"',
    'sans-serif',
  );
  return Math.ceil(context.measureText(text).width);
}
