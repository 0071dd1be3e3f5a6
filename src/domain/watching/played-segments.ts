import type { Range } from './watch-events.ts';

/**
 * Ranges as the xAPI video profile writes them: `0[.]602.5[,]1216[.]1800`, seconds with at most three
 * decimals. What rounds to nothing is left out.
 *
 * Source: https://w3id.org/xapi/video/extensions/played-segments
 */
export function formatPlayedSegments(ranges: readonly Range[]): string {
  return ranges
    .map(({ start, end }) => [thousandths(start), thousandths(end)])
    .filter(([start, end]) => start !== end)
    .map((segment) => segment.join('[.]'))
    .join('[,]');
}

/**
 * The segments in the order in which they are written; they may overlap. Empty ones are left out.
 *
 * @returns `undefined` when the text is not played segments.
 */
export function parsePlayedSegments(text: string): Range[] | undefined {
  if (text === '') return [];
  const ranges: Range[] = [];
  for (const segment of text.split('[,]')) {
    const match = /^(\d{1,9}(?:\.\d{1,20})?)\[\.\](\d{1,9}(?:\.\d{1,20})?)$/.exec(segment);
    if (!match) return undefined;
    const start = Number(match[1]);
    const end = Number(match[2]);
    if (end < start) return undefined;
    if (end > start) ranges.push({ start, end });
  }
  return ranges;
}

function thousandths(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
