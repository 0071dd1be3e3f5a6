import type { Preferences } from '../app/services.ts';

const key = 'field-classroom.preferences';

const defaults: Preferences = { language: 'zh-CN', captions: true, captionSize: 'medium', elder: false };

/** The viewer's choices as kept on this box; what is missing or not understood is the default. */
export function readPreferences(storage: Pick<Storage, 'getItem'> | undefined): Preferences {
  let kept: Partial<Record<keyof Preferences, unknown>> = {};
  try {
    kept = (JSON.parse(storage?.getItem(key) ?? '{}') ?? {}) as typeof kept;
  } catch {
    // Unreadable choices are no choices.
  }
  return {
    language: kept.language === 'en' ? 'en' : defaults.language,
    captions: typeof kept.captions === 'boolean' ? kept.captions : defaults.captions,
    captionSize:
      kept.captionSize === 'small' || kept.captionSize === 'large' ? kept.captionSize : defaults.captionSize,
    elder: kept.elder === true,
  };
}

/** Keeps the choices; where nothing can be kept they hold until the box is switched off. */
export function writePreferences(
  storage: Pick<Storage, 'setItem'> | undefined,
  preferences: Preferences,
): void {
  try {
    storage?.setItem(key, JSON.stringify(preferences));
  } catch {
    // Full or forbidden: the choice holds for this run.
  }
}
