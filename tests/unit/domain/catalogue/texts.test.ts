import { describe, expect, it } from 'vitest';
import { textIn } from '../../../../src/domain/catalogue/texts.ts';

describe('a content text', () => {
  it.each([
    ['the language itself', { 'zh-CN': '麦', en: 'wheat' }, 'en', 'wheat'],
    ['the same base language', { 'zh-CN': '麦', 'en-GB': 'wheat' }, 'en', 'wheat'],
    ['the base for a regional choice', { 'zh-CN': '麦', en: 'wheat' }, 'en-US', 'wheat'],
    ['the exact tag before another of its base', { 'zh-TW': '麥', 'zh-CN': '麦' }, 'zh-CN', '麦'],
    ['Chinese for want of the language', { en: 'wheat', 'zh-CN': '麦' }, 'fr', '麦'],
    ['whatever there is for want of Chinese', { ug: 'بۇغداي' }, 'en', 'بۇغداي'],
    ['one text for every language', '麦', 'en', '麦'],
  ])('is taken in %s', (_, text, language, words) => {
    expect(textIn(text as Parameters<typeof textIn>[0], language)).toBe(words);
  });

  it('that is not there is empty', () => {
    expect(textIn(undefined, 'zh-CN')).toBe('');
    expect(textIn({}, 'zh-CN')).toBe('');
  });
});
