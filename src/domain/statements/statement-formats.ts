import { fullFormats } from 'ajv-formats/dist/formats.js';
import { parse as parseLanguageTag } from 'bcp-47';
import { validate as isUuid } from 'uuid';

/**
 * The text formats of xAPI, by the names `statement-schema.ts` uses.
 *
 * Durations are checked by hand: the libraries at hand either know no fractions or let `P4W1D` and `P1M2Y` pass.
 *
 * Sources: RFC 3987 (IRI), RFC 4122 (UUID), ISO 8601 (timestamp, duration), RFC 3339 (timestamps of xAPI 2.0),
 * RFC 5646 (language tag), RFC 6838 (media type)
 */
export const statementFormats: Readonly<Record<string, (text: string) => boolean>> = {
  iri: (text) => /^[a-zA-Z][a-zA-Z0-9+.-]*:[^\s\p{Cc}\p{Cs}<>"{}|\\^`]+$/u.test(text),
  mailto: (text) => /^mailto:[^\s\p{Cc}\p{Cs}@<>"]+@[^\s\p{Cc}\p{Cs}@<>"]+$/u.test(text),
  uuid: isUuid,
  timestamp: (text) => !text.includes(' ') && parseTimestamp(text) !== undefined,
  'rfc-3339': (text) => isRfc3339(text) && !UNKNOWN_OFFSET.test(text),
  duration: (text) =>
    /^P(?=[\dT])(?:\d+(?:[.,]\d+)?W|(?:\d+(?:[.,]\d+)?Y)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?D)?(?:T(?=\d)(?:\d+(?:[.,]\d+)?H)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?S)?)?)$/.test(
      text,
    ),
  'language-tag': isLanguageTag,
  'media-type': (text) => /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+\s*(?:;.*)?$/.test(text),
};

const isRfc3339 = (fullFormats['date-time'] as { validate: (text: string) => boolean }).validate;

/** The offset `-00:00` means "unknown": refused, as the specification's tests want it. */
const UNKNOWN_OFFSET = /-00(?::?00)?$/;

const TIMESTAMP =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?:[Zz]|([+-])(\d{2})(?::?(\d{2}))?)?$/;

/**
 * Milliseconds since 1970 of an ISO 8601 or RFC 3339 date and time; without a zone it is UTC.
 *
 * @returns `undefined` when the text is not a moment.
 */
export function parseTimestamp(text: string): number | undefined {
  const match = TIMESTAMP.exec(text);
  if (!match) return undefined;
  const [, date, time, seconds = '00', fraction = '', sign, hours = '00', minutes = '00'] = match;
  if (sign === '-' && hours === '00' && minutes === '00') return undefined;
  const zone = sign ? `${sign}${hours}:${minutes}` : 'Z';
  const millis = fraction.slice(0, 3).padEnd(3, '0');
  const moment = Date.parse(`${date ?? ''}T${time ?? ''}:${seconds}.${millis}${zone}`);
  if (Number.isNaN(moment)) return undefined;
  // Date.parse lets 30 February through as 1 March.
  const days = new Date(Date.parse(date ?? '')).getUTCDate();
  return days === Number(date?.slice(8)) ? moment : undefined;
}

/** The library knows the grammar, but not that an extension's letter and a variant may stand only once. */
function isLanguageTag(text: string): boolean {
  const tag = parseLanguageTag(text, { normalize: false });
  if (!tag.language && !tag.irregular && !tag.regular && tag.privateuse.length === 0) return false;
  const once = [
    ...tag.extensions.map(({ singleton }) => singleton.toLowerCase()),
    ...tag.variants.map((variant) => variant.toLowerCase()),
  ];
  return new Set(once).size === once.length;
}
