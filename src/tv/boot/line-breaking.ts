import { TextTokenizer } from '@lightningjs/core';
import { lineUnits } from '../../domain/text/line-units.ts';

/** Makes Lightning break Chinese where UAX #14 allows; text in Latin letters alone keeps its own way. */
export function installLineBreaking(): void {
  TextTokenizer.setCustomTokenizer((line) => [{ tokens: lineUnits(line) }], true);
}
