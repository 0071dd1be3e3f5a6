import type { WatchingView } from '../../identity/watching.ts';
import { t } from '../../locales/i18n.ts';

/** `王○○、李○○`, or that a guest watches. */
export function watchingWords({ people }: WatchingView): string {
  const names = people.filter(({ watching }) => watching).map(({ name }) => name);
  return names.length > 0 ? names.join(t('app.comma')) : t('who.guest');
}
