/**
 * The moment at which it is a day and hour somewhere, milliseconds since 1970.
 *
 * @param day `YYYY-MM-DD`
 * @param time `HH:MM`
 * @param timeZone IANA name: the phone may be set to another
 */
export function localMoment(day: string, time: string, timeZone: string): number {
  const asUtc = Date.parse(`${day}T${time}:00.000Z`);
  const shown = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hour12: false, year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  }).formatToParts(asUtc);
  const part = (type: string): number => Number(shown.filter((one) => one.type === type)[0]?.value ?? 0);
  // Some engines write midnight as 24.
  const local = Date.UTC(
    ...([part('year'), part('month') - 1, part('day'), part('hour') % 24] as const),
    ...([part('minute'), part('second')] as const),
  );
  return asUtc - (local - asUtc);
}
