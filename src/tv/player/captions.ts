import { withinTime } from './within-time.ts';

/** One caption. Times in seconds from the lesson's beginning; lines of `text` are parted by `\n`. */
export interface Cue {
  start: number;
  end: number;
  text: string;
}

/** How long fetching a caption file may take, in milliseconds. */
const FETCH_MS = 10_000;

const TIMING = /^(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s+-->\s+(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{1,3})/;

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: '\u00a0',
  lrm: '\u200e',
  rlm: '\u200f',
};

/**
 * Reads a WebVTT file (https://www.w3.org/TR/webvtt1/, section 6) as far as drawing plain lines
 * needs: times and text; positions, styles and voices are left out. What cannot be read is skipped,
 * as the standard asks, never thrown.
 *
 * Our own, because of the small parsers on npm one throws at times without hours and keeps tags
 * (@plussub/srt-vtt-parser 2.0.5), one refuses what the standard says to skip (node-webvtt), and
 * the complete ones bring layout of several ten KB.
 */
export function parseWebVtt(file: string): Cue[] {
  const lines = file.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const cues: Cue[] = [];
  let i = 0;
  while (i < lines.length) {
    const timing = TIMING.exec(lines[i++]!.trim());
    if (!timing) continue;
    const text: string[] = [];
    // A timing line ends a caption even where the blank line before it was forgotten.
    while (i < lines.length && lines[i]!.trim() !== '' && !lines[i]!.includes('-->')) text.push(lines[i++]!);
    const start = seconds(timing, 1);
    const end = seconds(timing, 5);
    const plain = plainCueText(text.join('\n'));
    if (plain !== '' && end > start) cues.push({ start, end, text: plain });
  }
  return cues.sort((a, b) => a.start - b.start);
}

/** A caption's text without tags (`<v 老王>`, `<b>`, karaoke times, ruby readings) and with entities resolved. */
export function plainCueText(text: string): string {
  return text
    .replace(/<rt[^>]*>[^<]*(<\/rt>)?/g, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d+)|#x([\da-f]+)|([a-z]+));/gi, entity)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** What to show at `time` (seconds): the caption begun last that is not over; null for none. */
export function cueAt(cues: readonly Cue[], time: number): Cue | null {
  let found: Cue | null = null;
  for (const cue of cues) {
    if (cue.start > time) break;
    if (time < cue.end) found = cue;
  }
  return found;
}

/**
 * Fetches a caption file.
 * @throws Error when it cannot be had within 10 s or is no WebVTT
 */
export function fetchCaptions(url: string, fetcher: typeof fetch = fetch): Promise<Cue[]> {
  return withinTime(readCaptions(url, fetcher), FETCH_MS);
}

async function readCaptions(url: string, fetcher: typeof fetch): Promise<Cue[]> {
  const response = await fetcher(url);
  if (!response.ok) throw new Error(`captions: HTTP ${response.status}`);
  const file = await response.text();
  if (!/^\uFEFF?WEBVTT/.test(file)) throw new Error('captions: not a WebVTT file');
  return parseWebVtt(file);
}

function seconds(match: RegExpExecArray, from: number): number {
  const [hours = '0', minutes = '0', secs = '0', fraction = '0'] = match.slice(from, from + 4);
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(secs) + Number(`0.${fraction}`);
}

function entity(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name) return ENTITIES[name.toLowerCase()] ?? whole;
  const code = decimal ? parseInt(decimal, 10) : parseInt(hex!, 16);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
