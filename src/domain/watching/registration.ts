import { v5 } from 'uuid';

/** Fixed for ever: another namespace would let every lesson count a second time. */
const NAMESPACE = '5d0b7c0a-93a4-4e3f-9d0e-6a1f2b9c7e44';

/**
 * The id under which all of a person's viewings of a lesson within a credit period belong together. It
 * follows from its parts, so that a box that lost its storage makes the same one.
 *
 * @param period the calendar year of the viewing's start in the county's time zone, e.g. `2026`.
 */
export function registrationId(person: string, lessonId: string, period: string): string {
  return v5(`${person}|${lessonId}|${period}`, NAMESPACE);
}
