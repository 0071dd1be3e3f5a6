import i18next from 'i18next';
import zhCN from './zh-CN.json';

export type Language = 'zh-CN' | 'en';

/** Words without values, looked up once: i18next looks for values in them at every call, also between two keys. */
const plain = new Map<string, string>();

/** Makes the words of a language ready; Chinese comes with the app, others are loaded when chosen. */
export async function setLanguage(language: Language): Promise<void> {
  if (!i18next.isInitialized)
    await i18next.init({
      lng: 'zh-CN',
      fallbackLng: 'zh-CN',
      resources: { 'zh-CN': { translation: zhCN } },
      interpolation: { escapeValue: false },
    });
  if (language === 'en' && !i18next.hasResourceBundle('en', 'translation')) {
    const { default: en } = await import(/* webpackChunkName: "en" */ './en.json');
    i18next.addResourceBundle('en', 'translation', en);
  }
  await i18next.changeLanguage(language);
  plain.clear();
  document.documentElement.lang = language;
}

/** The words for a key, e.g. `t('home.continue')`; `{{name}}` parts are filled from `values`. */
export function t(key: string, values?: Record<string, string | number>): string {
  if (values) return i18next.t(key, values);
  const words = plain.get(key) ?? i18next.t(key);
  plain.set(key, words);
  return words;
}
