import type { Services } from '../../../app/services.ts';
import { t } from '../../../locales/i18n.ts';

/** `11月26日 19:00`, in the box's own zone. @param at milliseconds since 1970, if a clock could tell */
export function whenWords(at: number | undefined): string {
  if (at === undefined) return t('afterwards.someDay');
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = t('date.monthDay', { month: date.getMonth() + 1, day: date.getDate() });
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Titles of lessons, one after the other; one that is not in the catalogue any more by its id. */
export function titlesOf(services: Services, lessons: readonly string[]): string {
  const known = services.catalogue().lessons;
  return lessons.map((id) => services.text(known.get(id)?.title) || id).join(t('app.comma'));
}

/** Why the service would not take something, in plain words with what to do. */
export function refusalWords(code: string): string {
  switch (code) {
    case 'sheet-known':
      return t('afterwards.refusal.known');
    case 'in-the-future':
      return t('afterwards.refusal.future');
    case 'invalid-record':
      return t('afterwards.refusal.lesson');
    case 'no-attendees':
      return t('afterwards.refusal.nobody');
    default:
      return t('afterwards.refusal.other', { code });
  }
}
