/**
 * The text formats of xAPI 1.0.3, by the names `statement-schema.ts` uses.
 *
 * Sources: RFC 3987 (IRI), RFC 4122 (UUID), ISO 8601 (timestamp, duration), RFC 5646 (language tag).
 */
export const statementFormats: Readonly<Record<string, (text: string) => boolean>> = {
  iri: (text) => /^[a-zA-Z][a-zA-Z0-9+.-]*:[^\s\p{Cc}<>"{}|\\^`]+$/u.test(text),
  mailto: (text) => /^mailto:[^\s\p{Cc}@<>"]+@[^\s\p{Cc}@<>"]+$/u.test(text),
  uuid: (text) =>
    /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$/.test(text),
  timestamp: (text) => parseTimestamp(text) !== undefined,
  duration: (text) =>
    /^P(?=[\dT])(?:\d+(?:[.,]\d+)?W|(?:\d+(?:[.,]\d+)?Y)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?D)?(?:T(?=\d)(?:\d+(?:[.,]\d+)?H)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?S)?)?)$/.test(
      text,
    ),
  'language-tag': (text) => /^(?:[a-zA-Z]{2,8}|[ixIX])(?:-[a-zA-Z0-9]{1,8})*$/.test(text),
};

const TIMESTAMP =
  /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?:[Zz]|([+-])(\d{2})(?::?(\d{2}))?)?$/;

/**
 * Milliseconds since 1970 of an ISO 8601 date and time; without a zone it is UTC. The offset `-00:00`,
 * which means "unknown", is refused as the specification's tests want it.
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
  const day = new Date(`${date ?? ''}T00:00:00Z`).toISOString().slice(0, 10);
  return day === date ? moment : undefined;
}
