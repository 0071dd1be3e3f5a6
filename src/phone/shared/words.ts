import en from '../locales/en.json';
import zhCN from '../locales/zh-CN.json';

export type Language = 'zh-CN' | 'en';
export type WordKey = keyof typeof zhCN;

const texts: Readonly<Record<Language, Readonly<Record<WordKey, string>>>> = { 'zh-CN': zhCN, en };

let language: Language = 'zh-CN';

/** The phone's language, if it is one of ours, else Chinese. */
export function chooseLanguage(): void {
  const wanted = navigator.language || '';
  useLanguage(/^en\b/i.test(wanted) ? 'en' : 'zh-CN');
}

export function useLanguage(chosen: Language): void {
  language = chosen;
  document.documentElement.lang = chosen;
}

export function otherLanguage(): Language {
  return language === 'en' ? 'zh-CN' : 'en';
}

/** The words for a key; `{{name}}` parts are filled from `values`. */
export function t(key: WordKey, values: Readonly<Record<string, string | number>> = {}): string {
  return texts[language][key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** The words for a code of the service, or some for any trouble. */
export function troubleWords(code: string, seconds: number): string {
  const key = `trouble.${code}`;
  return key in texts[language]
    ? t(key as WordKey, { minutes: Math.max(1, Math.ceil(seconds / 60)) })
    : t('trouble.other', { code });
}
