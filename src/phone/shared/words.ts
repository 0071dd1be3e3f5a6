import en from '../locales/en.json';
import zhCN from '../locales/zh-CN.json';

export type Language = 'zh-CN' | 'en';
export type WordKey = keyof typeof zhCN;

const texts: Readonly<Record<Language, Readonly<Record<WordKey, string>>>> = { 'zh-CN': zhCN, en };

/** Where a visit keeps the language that was chosen. */
const CHOSEN = 'language';

let language: Language = 'zh-CN';

/** The language chosen on another page of this visit, else the phone's, if it is one of ours, else Chinese. */
export function chooseLanguage(): void {
  const wanted = sessionStorage.getItem(CHOSEN) ?? (navigator.language || '');
  useLanguage(/^en\b/i.test(wanted) ? 'en' : 'zh-CN');
}

function useLanguage(chosen: Language): void {
  language = chosen;
  document.documentElement.lang = chosen;
}

export function changeLanguage(): void {
  useLanguage(language === 'en' ? 'zh-CN' : 'en');
  sessionStorage.setItem(CHOSEN, language);
}

export function languageNow(): Language {
  return language;
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

/** The words for a name that the content or the TV made up, or the name itself. */
export function wordsOr(key: string, name: string): string {
  return key in texts[language] ? t(key as WordKey) : name;
}
