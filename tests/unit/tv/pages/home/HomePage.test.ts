// @vitest-environment jsdom
import { beforeAll, describe, expect, it } from 'vitest';
import type { Lesson, Playlist } from '../../../../../src/domain/catalogue/types.ts';
import { setLanguage } from '../../../../../src/tv/locales/i18n.ts';
import { focusedWords, showPage } from '../../../../fakes/page-stage.ts';
import { begun, fakeServices, sampleCatalogue, type FakeWorld } from '../../../../fakes/services.ts';
import { textsUnder } from '../../../../fakes/stage.ts';

const home = (world: Partial<FakeWorld> = {}, memory?: unknown) =>
  showPage({ page: 'home' }, fakeServices(world).services, memory);
const finished = (id: string, lastAt = 1) => begun(id, { completed: true, resumeAt: 0, coverage: 1, lastAt });

/** A county with one playlist of so many lessons. */
function countyOf(count: number): FakeWorld['catalogue'] {
  const lessons = Array.from({ length: count }, (_, index): Lesson => ({
    id: `l${index + 1}`,
    title: `第${index + 1}讲`,
    length: 600,
    kind: 'farming',
    media: { hls: 'x.m3u8' },
  }));
  const playlist: Playlist = { id: 'p', title: '一组', lessons: lessons.map(({ id }) => id) };
  return {
    county: { id: 'c', name: '县' },
    playlists: [playlist],
    lessons: new Map(lessons.map((lesson) => [lesson.id, lesson])),
    farmTalk: [],
  };
}

beforeAll(() => setLanguage('zh-CN'));

describe('the first focus of Home', () => {
  it('is this month’s farm talk on a new box', () => {
    const stage = home();
    expect(focusedWords(stage)).toContain('每月农话 · 11月新一期');
    stage.press('Enter');
    expect(stage.notes.opened).toEqual([{ page: 'play', id: 'wheat-before-winter' }]);
  });

  it('is Continue when something was begun and not finished', () => {
    const stage = home({ watched: [finished('wheat-sowing', 9), begun('sheep-shed')] });
    expect(focusedWords(stage)).toMatch(/^接着看 · /);
    stage.press('Enter');
    expect(stage.notes.opened).toEqual([{ page: 'play', id: 'sheep-shed' }]);
  });

  it('is the farm talk again when all that was begun is finished', () => {
    expect(focusedWords(home({ watched: [finished('sheep-shed')] }))).toContain('每月农话');
  });

  it('is not for a begun lesson that the county has withdrawn', () => {
    expect(focusedWords(home({ watched: [begun('withdrawn')] }))).toContain('每月农话');
  });

  it('is what there is where no farm talk is', () => {
    const stage = home({ catalogue: countyOf(3) });
    expect(focusedWords(stage)).toContain('从这里开始');
    stage.press('Enter');
    expect(stage.notes.opened).toEqual([{ page: 'play', id: 'l1' }]);
  });

  it('is where it was when Back leads here', () => {
    const stage = home();
    stage.press('Down', 'Down', 'Right', 'Right');
    const [words, memory] = [focusedWords(stage), stage.shown.remember()];
    expect(focusedWords(home({}, memory))).toBe(words);
  });
});

describe('what the card beside the farm talk offers', () => {
  const offered = (world: Partial<FakeWorld>) => {
    const stage = home(world);
    if (!/^(接着看|从这里开始|下一课)/.test(focusedWords(stage))) stage.press('Right');
    return focusedWords(stage);
  };

  it('is the newest begun lesson with what is left of it', () => {
    const watched = [begun('tomato-cold', { lastAt: 9 }), begun('sheep-shed', { lastAt: 5 })];
    const { lessons } = sampleCatalogue();
    const title = (lessons.get('tomato-cold')!.title as Record<string, string>)['zh-CN']!;
    expect(offered({ watched })).toMatch(new RegExp(`^接着看 · ${title} · 还剩 \\d+ (分钟|秒)$`));
  });

  it('is how to use the remote for whoever is new', () => {
    const title = (sampleCatalogue().lessons.get('remote-basics')!.title as Record<string, string>)['zh-CN']!;
    expect(offered({})).toContain(`从这里开始 · ${title}`);
  });

  it('is the next lesson that was not finished, for whoever is not', () => {
    const catalogue = countyOf(3);
    expect(offered({ catalogue, watched: [finished('l1')] })).toContain('下一课 · 第2讲');
  });
});

describe('the rows of Home', () => {
  it('open a lesson with its playlist, so that the next one is known', () => {
    const stage = home();
    stage.press('Down', 'Right', 'Enter');
    expect(stage.notes.opened).toEqual([{ page: 'play', id: 'wheat-cold-wave', playlist: 'winter-crops' }]);
  });

  it('leave out lessons past their date, and rows with nothing left', () => {
    const catalogue = countyOf(2);
    const lessons = [...catalogue.lessons].map(([id, lesson]): [string, Lesson] => [
      id,
      { ...lesson, ...(id === 'l1' ? { expires: '2026-11-14' } : {}) },
    ]);
    const stage = home({ catalogue: { ...catalogue, lessons: new Map(lessons) } });
    expect(textsUnder(stage.shown)).not.toContain('第1讲');
    expect(textsUnder(stage.shown)).toContain('第2讲');
    const gone = lessons.map(([id, lesson]): [string, Lesson] => [id, { ...lesson, expires: '2020-01-01' }]);
    expect(textsUnder(home({ catalogue: { ...catalogue, lessons: new Map(gone) } }).shown)).not.toContain(
      '一组',
    );
  });

  it('mark what was finished and what was begun', () => {
    const stage = home({ watched: [finished('wheat-before-winter'), begun('wheat-cold-wave')] });
    stage.press('Left', 'Down');
    expect(focusedWords(stage)).toContain('已看完');
    stage.press('Right');
    expect(focusedWords(stage)).toContain('看了 45%');
  });

  it('are picked in by number', () => {
    const stage = home({ catalogue: countyOf(9) });
    stage.press('Down', 'Down');
    expect(focusedWords(stage)).toContain('第1讲');
    stage.shown.onDigit(8);
    expect(focusedWords(stage)).toContain('第8讲');
    expect(stage.said.pop()).toContain('第8讲');
  });

  it('make no more cards than the screen shows, however long they are', () => {
    const texts = textsUnder(home({ catalogue: countyOf(200) }).shown);
    expect(texts.filter((text) => /^第\d+讲$/.test(text)).length).toBeLessThan(10);
  });
});

describe('the top of Home', () => {
  it.each([
    [1, { page: 'farm-talk' }],
    [2, { page: 'playlist', id: 'winter-crops' }],
    [3, { page: 'playlist', id: 'party-study' }],
    [4, { page: 'my-study' }],
    [5, { page: 'settings' }],
    [6, { page: 'help' }],
  ])('has at place %d %j', (place, route) => {
    const stage = home();
    stage.press('Up', ...Array<'Right'>(place).fill('Right'), 'Enter');
    expect(stage.notes.opened).toEqual([route]);
  });

  it('tells the season and the time', () => {
    expect(textsUnder(home({ now: new Date(2026, 10, 22, 9, 5) }).shown)).toContain('小雪 · 09:05');
  });

  it('says when the list of lessons is an old one, and only then', () => {
    const words = '连不上网络，先看上次的课程表';
    expect(textsUnder(home({ catalogueIsOld: true }).shown)).toContain(words);
    expect(textsUnder(home().shown)).not.toContain(words);
  });
});
