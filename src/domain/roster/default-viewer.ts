/**
 * The account of a box's default viewer, as the box makes it up: a guest of the home. Nobody in the roster has
 * such an id, so a box that introduces itself cannot take the records of a person for its viewer's.
 */
export const defaultViewerPattern = '^v-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';

const format = new RegExp(defaultViewerPattern);

export function isDefaultViewer(person: string): boolean {
  return format.test(person);
}
