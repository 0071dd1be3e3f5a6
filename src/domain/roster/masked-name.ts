/** Surnames of two characters that are still common enough to meet. */
const doubleSurnames = new Set([
  ...['欧阳', '司马', '上官', '诸葛', '夏侯', '皇甫', '尉迟', '公孙', '慕容', '长孙', '令狐', '宇文'],
  ...['司徒', '司空', '端木', '南宫', '东方', '西门', '百里', '呼延', '独孤', '轩辕', '闻人', '澹台'],
]);

/**
 * A name as anyone may see it: the surname, and a circle for each character after it, `王○○`. Of a name in
 * Latin letters the first word stays. What is masked already stays as it is.
 */
export function maskedName(name: string): string {
  if (name.endsWith('○')) return name;
  const [first = '', ...others] = name.trim().split(/[\s·]+/);
  if (others.length > 0) return `${first}${'○'.repeat(Math.min(others.length, 2))}`;
  const letters = Array.from(first);
  if (letters.every((letter) => letter <= '\u024f')) return `${letters[0] ?? ''}○○`;
  const surname = letters.length > 2 && doubleSurnames.has(letters.slice(0, 2).join('')) ? 2 : 1;
  const rest = Math.min(letters.length - surname, 2);
  return letters.slice(0, surname).join('') + '○'.repeat(Math.max(rest, 1));
}

/** A person of a list as anyone may see them. */
export interface MaskedPerson {
  id: string;
  masked: string;
  /** The end of their number, only where others of the list look the same without it. */
  tail?: string;
}

/** The names of a list, masked, so that everybody still finds their own. */
export function maskedList(people: readonly { id: string; name: string }[]): MaskedPerson[] {
  const masked = people.map(({ id, name }) => ({ id, masked: maskedName(name) }));
  return masked.map((one) => {
    const alike = masked.filter((other) => other.masked === one.masked && other.id !== one.id);
    if (alike.length === 0) return one;
    const length = [2, 3, 4].find((some) => alike.every(({ id }) => id.slice(-some) !== one.id.slice(-some)));
    return { ...one, tail: one.id.slice(-(length ?? 4)) };
  });
}
