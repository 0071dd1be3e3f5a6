import type { KeyName } from '../../domain/remote/key-names.ts';

/** Size of the remote's body, and where its round pad has its middle; design units. */
export const body = { w: 250, h: 550, radius: 46 } as const;
export const pad = { x: body.w / 2, y: 178, outer: 96, inner: 46 } as const;

export interface DrawnKey {
  name: KeyName;
  x: number;
  y: number;
  w: number;
  h: number;
}

/** The directions of the pad, clockwise in eighths of a turn from the right. */
export const directions = { Right: 0, Down: 1, Left: 2, Up: 3 } as const;

const rowOf = (names: readonly KeyName[], y: number, w: number, h: number, gap: number): DrawnKey[] => {
  const left = (body.w - names.length * w - (names.length - 1) * gap) / 2;
  return names.map((name, index) => ({ name, x: left + index * (w + gap), y, w, h }));
};

/** Every key with straight sides that the app knows what to do with, as most remotes have them. */
export const straightKeys: readonly DrawnKey[] = [
  ...rowOf(['Info', 'Home'], 22, 78, 40, 42),
  ...rowOf(['Back'], 292, 110, 44, 0),
  ...rowOf(['Rewind', 'PlayPause', 'FastForward'], 352, 60, 34, 12),
  ...rowOf(['Digit1', 'Digit2', 'Digit3'], 402, 52, 27, 20),
  ...rowOf(['Digit4', 'Digit5', 'Digit6'], 436, 52, 27, 20),
  ...rowOf(['Digit7', 'Digit8', 'Digit9'], 470, 52, 27, 20),
  ...rowOf(['Digit0'], 504, 52, 27, 0),
];

/** Keys that many remotes have as one: which of the drawn keys stands for them. */
export const standsFor: Partial<Record<KeyName, KeyName>> = {
  Play: 'PlayPause',
  Pause: 'PlayPause',
  Menu: 'Home',
};
