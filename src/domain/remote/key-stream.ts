/** One event that may be a key, from whichever of a box's events it came. */
export interface KeyEvent {
  /** `keydown`, `keypress`, `irkeypress`, `systemevent` or `native`. */
  type: string;
  /** The key code as text, or the key's name where it has no code. */
  code: string;
  /** Milliseconds, any monotonic clock. */
  at: number;
  /** What the browser says about it; many boxes do not. */
  repeat: boolean;
}

/** What is remembered of the events before. */
export interface KeyStream {
  /** The last event that was let through. */
  last: KeyEvent | undefined;
  /** The key has come again since it went down. */
  repeating: boolean;
  /** It has gone up since. */
  released: boolean;
}

export const newKeyStream: KeyStream = { last: undefined, repeating: false, released: true };

/** Two events of one press come within this, in milliseconds. */
const PAIR = 60;
/** Remotes begin to repeat after half a second and then at least eight times a second (Linux rc-core). */
const FIRST_REPEAT = 600;
const NEXT_REPEAT = 300;

/**
 * Takes one event. Dropped is the second event of one press: boxes send keydown and keypress, or one of their
 * own kind beside them. What comes again soon without having gone up is a repeat, whoever says so or not.
 */
export function takeKey(
  before: KeyStream,
  event: KeyEvent,
): { stream: KeyStream; pass: boolean; repeat: boolean } {
  const { last } = before;
  const since = last ? event.at - last.at : Infinity;
  const otherKind = last !== undefined && last.type !== event.type && since < PAIR;
  // A browser's keypress carries the letter typed, not the key: after a keydown it never says anything new.
  const second = otherKind && (last.code === event.code || isTyping(last, event));
  if (second) return { stream: before, pass: false, repeat: false };
  const again = !before.released && last?.code === event.code && since < patience(before);
  const repeat = event.repeat || again;
  return { stream: { last: event, repeating: repeat, released: false }, pass: true, repeat };
}

/** Milliseconds without a repeat after which the key must have gone up, where the box does not say so. */
export function patience({ repeating }: Pick<KeyStream, 'repeating'>): number {
  return repeating ? NEXT_REPEAT : FIRST_REPEAT;
}

function isTyping(last: KeyEvent, event: KeyEvent): boolean {
  return last.type === 'keydown' && event.type === 'keypress';
}
