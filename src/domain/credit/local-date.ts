const formats = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, string>();
/** No zone changes its day but at a quarter of an hour. */
const QUARTER = 900_000;
const REMEMBERED = 4000;

/**
 * The calendar day at a moment, as `YYYY-MM-DD`.
 *
 * @param moment milliseconds since 1970 (UTC).
 * @param timeZone IANA name, e.g. `Asia/Shanghai`.
 * @throws RangeError for an unknown time zone.
 */
export function localDate(moment: number, timeZone: string): string {
  const key = `${Math.floor(moment / QUARTER)} ${timeZone}`;
  let day = known.get(key);
  if (day === undefined) {
    day = formatDate(moment, timeZone);
    if (known.size >= REMEMBERED) known.clear();
    known.set(key, day);
  }
  return day;
}

/** The calendar year at a moment; see {@link localDate}. */
export function localYear(moment: number, timeZone: string): number {
  return Number(localDate(moment, timeZone).slice(0, 4));
}

/** Some ten times slower than looking it up, and asked for every link of every session. */
function formatDate(moment: number, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of format.formatToParts(moment)) parts[type] = value;
  return `${(parts.year ?? '').padStart(4, '0')}-${parts.month ?? ''}-${parts.day ?? ''}`;
}
