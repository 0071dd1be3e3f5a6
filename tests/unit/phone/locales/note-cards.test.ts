import { expect, it } from 'vitest';
import { noteCards } from '../../../../src/domain/groups/note-cards.ts';
import phoneEn from '../../../../src/phone/locales/en.json';
import phoneZh from '../../../../src/phone/locales/zh-CN.json';
import tvEn from '../../../../src/tv/locales/en.json';
import tvZh from '../../../../src/tv/locales/zh-CN.json';

it('every note card has words on the TV and in the printed minutes, and no words are left over', () => {
  const expected = [...noteCards].sort();
  for (const words of [tvZh, tvEn]) expect(Object.keys(words.together.note).sort()).toEqual(expected);
  for (const words of [phoneZh, phoneEn]) {
    const cards = Object.keys(words).flatMap((key) => /^minutes\.card\.(.+)$/.exec(key)?.[1] ?? []);
    expect(cards.sort()).toEqual(expected);
  }
});
