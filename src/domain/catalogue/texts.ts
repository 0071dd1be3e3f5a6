import type { LocalText } from './types.ts';

/**
 * A content text in the viewer's language; the same base language, then Chinese, then whatever there is
 * stand in.
 *
 * @param language BCP 47 tag, e.g. `zh-CN`.
 */
export function textIn(text: LocalText | undefined, language: string): string {
  if (text === undefined) return '';
  if (typeof text === 'string') return text;
  const base = language.split('-')[0];
  const near = Object.keys(text).find((tag) => tag.split('-')[0] === base);
  return text[language] ?? (near ? text[near] : undefined) ?? text['zh-CN'] ?? Object.values(text)[0] ?? '';
}
