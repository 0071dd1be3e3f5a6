import { v5 } from 'uuid';

/** Fixed for ever: another namespace would let every lesson count a second time. */
const NAMESPACE = '5d0b7c0a-93a4-4e3f-9d0e-6a1f2b9c7e44';

/**
 * The id under which all of a person's viewings of a lesson within a credit period belong together. It
 * follows from its parts, so that a box that lost its storage makes the same one.
 *
 * @param period as {@link creditPeriod} gives it.
 */
export function registrationId(person: string, lessonId: string, period: string): string {
  return v5(`${person}|${lessonId}|${period}`, NAMESPACE);
}

/**
 * The credit period a moment belongs to: the calendar year in the county's time zone.
 *
 * @param ms milliseconds since 1970, UTC.
 * @param timeZone IANA name, e.g. `Asia/Shanghai`.
 */
export function creditPeriod(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric' }).format(ms);
}
