/**
 * The one place for colours, sizes, durations and text styles. A theme is fixed before the first screen is
 * built; changing text size or mode starts the app anew, so components may read `theme` in their templates.
 */

/** Design units are those of a 1280×720 screen. */
export const screen = { w: 1280, h: 720, safeX: 64, safeY: 36 } as const;

export const color = {
  ground: 0xff0c1512,
  groundRaised: 0xff1f2a26,
  panel: 0xff203a31,
  panelWarm: 0xff3b2523,
  pill: 0xcc26302c,
  text: 0xfff3f1ea,
  textSoft: 0xffc9cfc8,
  ink: 0xff12201b,
  focus: 0xfff2b544,
  brick: 0xffc6503f,
  done: 0xff8fd39b,
  track: 0xff4a544f,
  bar: 0xff4f8a64,
  scrim: 0xd9060b09,
  shade: 0xb3000000,
  white: 0xffffffff,
} as const;

/** Seconds; none where nothing is to move. */
export const motion = {
  get focus(): number {
    return motionAllowed ? 0.15 : 0;
  },
  get page(): number {
    return motionAllowed ? 0.2 : 0;
  },
};

export const space = { gap: 20, radius: 14, ring: 5, ringGap: 4 } as const;

export type TextStyle =
  | 'hero'
  | 'title'
  | 'heading'
  | 'cardTitle'
  | 'body'
  | 'small'
  | 'number'
  | 'button'
  | 'room'
  | 'roomButton'
  | 'question';

export interface Type {
  size: number;
  line: number;
  weight: string;
}

const standard: Record<TextStyle, Type> = {
  number: { size: 68, line: 84, weight: 'bold' },
  hero: { size: 40, line: 54, weight: 'bold' },
  title: { size: 32, line: 44, weight: 'bold' },
  heading: { size: 26, line: 36, weight: 'bold' },
  cardTitle: { size: 22, line: 31, weight: 'bold' },
  button: { size: 23, line: 32, weight: 'bold' },
  body: { size: 22, line: 32, weight: '500' },
  small: { size: 19, line: 28, weight: '500' },
  // Read by a room full of people: body 40.
  question: { size: 56, line: 76, weight: 'bold' },
  room: { size: 40, line: 56, weight: '500' },
  roomButton: { size: 34, line: 46, weight: 'bold' },
};

export type CaptionSize = 'small' | 'medium' | 'large';

export const captionType: Record<CaptionSize, Type> = {
  small: { size: 30, line: 44, weight: '500' },
  medium: { size: 38, line: 54, weight: '500' },
  large: { size: 48, line: 68, weight: 'bold' },
};

/** System Chinese fonts first, then the bundled one, which is loaded only where there is none. */
export const fontFaces = [
  'Noto Sans CJK SC',
  'Source Han Sans SC',
  'Microsoft YaHei',
  'PingFang SC',
  'Droid Sans Fallback',
  'Field Classroom',
  'sans-serif',
];

let scale = 1;
let motionAllowed = true;

/** Fixes the theme for this run; call before the first component class is used. */
export function setTheme(options: { textScale?: number; reducedMotion?: boolean }): void {
  scale = options.textScale ?? 1;
  motionAllowed = !options.reducedMotion;
}

/** The type of a text style at the viewer's text scale. */
export function typeOf(style: TextStyle): Type {
  const { size, line, weight } = standard[style];
  return { size: Math.round(size * scale), line: Math.round(line * scale), weight };
}

/** How much a focused thing grows: by a twentieth, wide ones by no more than leaves the neighbours free. */
export function focusScale(width: number): number {
  return motionAllowed ? 1 + Math.min(0.05, 14 / width) : 1;
}
