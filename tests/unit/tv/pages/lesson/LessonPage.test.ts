// @vitest-environment jsdom
import { beforeAll, describe, expect, it } from 'vitest';
import type { Lesson } from '../../../../../src/domain/catalogue/types.ts';
import { setLanguage } from '../../../../../src/tv/locales/i18n.ts';
import { focusedWords, showPage } from '../../../../fakes/page-stage.ts';
import { begun, fakeServices, sampleCatalogue, type FakeWorld } from '../../../../fakes/services.ts';
import { textsUnder } from '../../../../fakes/stage.ts';

const lessonPage = (id = 'sheep-shed', world: Partial<FakeWorld> = {}) =>
  showPage({ page: 'lesson', id }, fakeServices(world).services);

/** The sample county with a lesson changed. */
function countyWith(id: string, change: Partial<Lesson>): FakeWorld['catalogue'] {
  const catalogue = sampleCatalogue();
  return {
    ...catalogue,
    lessons: new Map(catalogue.lessons).set(id, { ...catalogue.lessons.get(id)!, ...change }),
  };
}

beforeAll(() => setLanguage('zh-CN'));

describe('a lesson’s page', () => {
  it('says who speaks, where it comes from, when it was checked and until when it holds', () => {
    const catalogue = countyWith('sheep-shed', {
      presenter: '王站长',
      source: '县兽医站',
      reviewed: '2026-10-01',
      expires: '2027-10-01',
    });
    expect(textsUnder(lessonPage('sheep-shed', { catalogue }).shown)).toEqual(
      expect.arrayContaining([
        '主讲：王站长',
        '来源：县兽医站',
        '审核日期：2026-10-01',
        '有效到：2027-10-01',
      ]),
    );
  });

  it('has no line for what nobody has said', () => {
    const plain: Lesson = { id: 'plain', title: '课', kind: 'farming', length: 60, media: { hls: 'a.m3u8' } };
    const catalogue = { ...sampleCatalogue(), lessons: new Map([['plain', plain]]), playlists: [] };
    const texts = textsUnder(lessonPage('plain', { catalogue }).shown);
    expect(texts).toEqual(['课', '1 分钟 · 农技课 · 还没看', '播放', '返回']);
  });

  it('plays from the first key', () => {
    const stage = lessonPage();
    expect(focusedWords(stage)).toBe('播放');
    stage.press('Enter');
    expect(stage.notes.opened).toEqual([{ page: 'play', id: 'sheep-shed' }]);
  });

  it.each([
    [undefined, '播放', '还没看'],
    [begun('sheep-shed'), '接着看', '看了 45%'],
    [begun('sheep-shed', { completed: true, resumeAt: 0 }), '播放', '已看完 ✓'],
  ])('after %j offers to %s and says %s', (progress, button, state) => {
    const stage = lessonPage('sheep-shed', { watched: progress ? [progress] : [] });
    expect(focusedWords(stage)).toBe(button);
    expect(textsUnder(stage.shown).join()).toContain(state);
  });

  it('leads to its playlist and back', () => {
    const stage = lessonPage();
    stage.press('Right', 'Enter', 'Right', 'Enter');
    expect(stage.notes.opened).toEqual([{ page: 'playlist', id: 'greenhouse-and-livestock' }]);
    expect(stage.notes.backs).toBe(1);
  });

  it('of a lesson that is gone says so and leads home', () => {
    const stage = lessonPage('gone');
    expect(stage.shown.heading).toBe('这一课不在了');
    stage.press('Enter');
    expect(stage.notes.opened).toEqual([{ page: 'home' }]);
  });
});
