// @vitest-environment jsdom
import { beforeAll, describe, expect, it } from 'vitest';
import { setLanguage } from '../../../../../src/tv/locales/i18n.ts';
import { focusedWords, showPage } from '../../../../fakes/page-stage.ts';
import { fakeServices, sampleCatalogue } from '../../../../fakes/services.ts';
import { textsUnder } from '../../../../fakes/stage.ts';

beforeAll(() => setLanguage('zh-CN'));

describe('the help', () => {
  it('names every key that is enough for everything', () => {
    const texts = textsUnder(showPage({ page: 'help' }, fakeServices().services).shown);
    expect(texts).toEqual(expect.arrayContaining(['方向键', '确认', '返回', '左 / 右', '数字', '学时']));
  });

  it('plays the lesson about the remote, and leads back', () => {
    const stage = showPage({ page: 'help' }, fakeServices().services);
    stage.press('Enter', 'Right', 'Enter');
    expect(stage.notes.opened).toEqual([{ page: 'play', id: 'remote-basics' }]);
    expect(stage.notes.backs).toBe(1);
  });

  it('of a county without that lesson still leads back', () => {
    const catalogue = { ...sampleCatalogue(), lessons: new Map() };
    const stage = showPage({ page: 'help' }, fakeServices({ catalogue }).services);
    expect(focusedWords(stage)).toBe('返回');
  });
});
