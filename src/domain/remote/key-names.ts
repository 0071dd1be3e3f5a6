/** Every key the app knows, by what it means; boxes map their own codes to these names. */
export const keyNames = [
  'Up',
  'Down',
  'Left',
  'Right',
  'Enter',
  'Back',
  'Home',
  'Menu',
  'PlayPause',
  'Play',
  'Pause',
  'Stop',
  'FastForward',
  'Rewind',
  'Next',
  'Previous',
  'ChannelUp',
  'ChannelDown',
  'VolumeUp',
  'VolumeDown',
  'Mute',
  'Info',
  'Red',
  'Green',
  'Yellow',
  'Blue',
  'Digit0',
  'Digit1',
  'Digit2',
  'Digit3',
  'Digit4',
  'Digit5',
  'Digit6',
  'Digit7',
  'Digit8',
  'Digit9',
] as const;

export type KeyName = (typeof keyNames)[number];

/** The six keys that are enough for everything, with the codes that a browser gives them. */
export const standardCodes = { Up: 38, Down: 40, Left: 37, Right: 39, Enter: 13, Back: 8 } as const;

export const necessaryKeys = Object.keys(standardCodes) as (keyof typeof standardCodes)[];
