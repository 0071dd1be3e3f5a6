import type { Lightning } from '@lightningjs/sdk';

/** The child with this ref; a missing one is a mistake in the template and says so. */
export function part<T extends Lightning.Element = Lightning.Element>(
  owner: Lightning.Element,
  ref: string,
): T {
  const found: unknown = owner.getByRef(ref as never);
  if (!found) throw new Error(`${owner.constructor.name} has no part ${ref}`);
  return found as T;
}

/** Sets a text only when it changes: every change costs a new texture. */
export function setText(element: Lightning.Element, text: string): void {
  const current = element.text;
  if (!current) throw new Error('not a text element');
  if (current.text !== text) current.text = text;
}

/** Tells the frame that what has the focus says something else now, with the focus where it was. */
export function announce(from: Lightning.Component, words: string): void {
  // Lightning's types let nobody add an event of his own.
  const owner = from as unknown as { fireAncestors(event: string, words: string): void };
  owner.fireAncestors('$announce', words);
}
