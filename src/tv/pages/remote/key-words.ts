import type { KeyMeaning } from '../../../domain/remote/key-profile.ts';
import { t } from '../../locales/i18n.ts';
import type { ReceivedKey } from '../../remote/key-bridge.ts';
import type { KeyWords } from '../../ui/RemoteDrawing.ts';

/** What a key means to the app, in the viewer's words. */
export function meaningWords(meaning: KeyMeaning | undefined): string {
  if (meaning === undefined) return t('remote.unknown');
  const digit = /^Digit(.)$/.exec(meaning)?.[1];
  return digit ? t('remote.digit', { digit }) : t(`remote.key.${meaning}`);
}

/** Where a key came from, for whoever writes it into settings.json: code, kind of event, name, what became of it. */
export function sourceWords({ code, type, key, second, repeat }: ReceivedKey): string {
  const words = [
    t('remote.code', { code }),
    type,
    key === code ? '' : key,
    second ? t('remote.doubled') : repeat ? t('remote.held') : '',
  ];
  return words.filter(Boolean).join(' · ');
}

/** What is written on the keys of the drawing. */
export function keysWritten(): KeyWords {
  return {
    Enter: t('remote.key.Enter'),
    Back: t('remote.key.Back'),
    Home: t('remote.key.Home'),
    Info: t('remote.key.Info'),
  };
}
