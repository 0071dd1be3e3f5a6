import { expect, it } from 'vitest';
import { spokenText } from '../../../../src/curator/sample-media/espeak.ts';

it('gives the voice pinyin for misread words, the longest word first', () => {
  const words = { 地: 'di4', 种地: 'zhong4di4' };
  expect(spokenText({ zh: '种地看地。', en: '' }, words)).toBe(' zhong4di4 看 di4 。');
});

it('prefers the words meant for the voice', () => {
  expect(spokenText({ zh: 'OK 键', say: '确认键', en: '' }, {})).toBe('确认键');
});
