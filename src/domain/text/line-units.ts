import LineBreaker from 'linebreak';

/**
 * Cuts one line of text into the units between which it may be broken, by UAX #14; a space is a unit of
 * its own, as Lightning's tokenizer contract wants. No unit starts with closing punctuation, none ends
 * with opening punctuation.
 *
 * @example lineUnits('看苗情，TV 好') // ['看', '苗', '情，', 'TV', ' ', '好']
 */
export function lineUnits(text: string): string[] {
  const units: string[] = [];
  const breaker = new LineBreaker(text);
  let from = 0;
  for (let next = breaker.nextBreak(); next; next = breaker.nextBreak()) {
    const piece = text.slice(from, next.position);
    const word = piece.replace(/[ \u200b]+$/, '');
    if (word) units.push(word);
    for (const char of piece.slice(word.length)) if (char === ' ') units.push(' ');
    from = next.position;
  }
  return units;
}
