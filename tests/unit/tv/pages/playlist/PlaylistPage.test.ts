// @vitest-environment jsdom
import { beforeAll, describe, expect, it } from 'vitest';
import { setLanguage } from '../../../../../src/tv/locales/i18n.ts';
import { focusedWords, showPage } from '../../../../fakes/page-stage.ts';
import { begun, fakeServices, type FakeWorld } from '../../../../fakes/services.ts';
import { textsUnder } from '../../../../fakes/stage.ts';

const playlist = (id = 'winter-crops', world: Partial<FakeWorld> = {}, memory?: unknown) =>
  showPage({ page: 'playlist', id }, fakeServices(world).services, memory);
const play = (id: string) => ({ page: 'play', id, playlist: 'winter-crops' });

beforeAll(() => setLanguage('zh-CN'));

describe('a playlist', () => {
  it('numbers its lessons and plays the one with the focus', () => {
    const stage = playlist();
    expect(focusedWords(stage)).toMatch(/^第1课 · /);
    stage.press('Right', 'Enter');
    expect(stage.notes.opened).toEqual([play('wheat-cold-wave')]);
  });

  it('plays by number, and says when there is no such lesson', () => {
    const stage = playlist();
    stage.shown.onDigit(3);
    expect(stage.notes.opened).toEqual([play('orchard-winter')]);
    stage.shown.onDigit(8);
    stage.shown.onDigit(0);
    expect(stage.notes.toasts).toEqual(['没有第 8 课', '没有第 0 课']);
    expect(stage.notes.opened).toHaveLength(1);
  });

  it('says how many are watched', () => {
    const watched = [begun('wheat-cold-wave', { completed: true }), begun('orchard-winter')];
    expect(textsUnder(playlist('winter-crops', { watched }).shown)).toContain('看完 1 / 3 课');
  });

  it('has the other playlists one key above, each in place of this one', () => {
    const stage = playlist();
    stage.press('Up');
    stage.press('Right', 'Enter');
    expect(stage.notes.replaced).toEqual([{ page: 'playlist', id: 'greenhouse-and-livestock' }]);
    stage.press('Down');
    expect(focusedWords(stage)).toMatch(/^第1课 · /);
  });

  it('finds its place again', () => {
    const stage = playlist();
    stage.press('Right', 'Right');
    expect(focusedWords(playlist('winter-crops', {}, stage.shown.remember()))).toMatch(/^第3课 · /);
  });

  it('that is not there any more says so and leads back, with the others above', () => {
    const stage = playlist('gone');
    expect(stage.shown.heading).toBe('这个课程表不在了');
    stage.press('Enter');
    expect(stage.notes.backs).toBe(1);
    stage.press('Up', 'Enter');
    expect(stage.notes.replaced).toHaveLength(1);
  });
});
