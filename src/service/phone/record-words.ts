import { createInstance } from 'i18next';
import type { LocalText } from '../../domain/catalogue/types.ts';
import en from '../locales/record.en.json' with { type: 'json' };
import zhCN from '../locales/record.zh-CN.json' with { type: 'json' };
import type { ReasonLanguage } from '../credit/reasons.ts';

const words = createInstance({
  resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
  lng: 'zh-CN',
  fallbackLng: 'zh-CN',
  interpolation: { escapeValue: false },
});
void words.init();

/** The words of a person's record, in a language. */
export function recordWords(language: ReasonLanguage) {
  return words.getFixedT(language);
}

/** A text of the content in a language, or in one that it has. */
export function inLanguage(text: LocalText, language: string): string {
  if (typeof text === 'string') return text;
  const all: Record<string, string | undefined> = text;
  return all[language] ?? all['zh-CN'] ?? Object.values(all)[0] ?? '';
}
