// @vitest-environment jsdom
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { setLanguage } from '../../../../../src/tv/locales/i18n.ts';
import { part } from '../../../../../src/tv/ui/parts.ts';
import { color } from '../../../../../src/tv/ui/theme.ts';
import { focusedWords, showPage, type PageStage } from '../../../../fakes/page-stage.ts';
import { fakeServices, sampleCatalogue } from '../../../../fakes/services.ts';
import { textsUnder } from '../../../../fakes/stage.ts';

/** The colour of a key of the drawing. */
const faceOf = ({ shown }: PageStage, key: string): number =>
  part(part(part(part(shown, 'Remote'), 'Keys'), key), 'Face').color;

beforeAll(() => setLanguage('zh-CN'));

describe('the help', () => {
  it('names every key that is enough for everything', () => {
    const texts = textsUnder(showPage({ page: 'help' }, fakeServices().services).shown);
    expect(texts).toEqual(expect.arrayContaining(['方向键', '确认', '返回', '左 / 右', '数字', '学时']));
  });

  it('plays the lesson about the remote, opens the tester, and leads back', () => {
    const stage = showPage({ page: 'help' }, fakeServices().services);
    stage.press('Enter', 'Right', 'Enter', 'Right', 'Enter');
    expect(stage.notes.opened).toEqual([{ page: 'play', id: 'remote-basics' }, { page: 'remote' }]);
    expect(stage.notes.backs).toBe(1);
  });

  it('of a county without that lesson still leads back', () => {
    const catalogue = { ...sampleCatalogue(), lessons: new Map() };
    const stage = showPage({ page: 'help' }, fakeServices({ catalogue }).services);
    expect(focusedWords(stage)).toBe('遥控器不好用');
    stage.press('Right');
    expect(focusedWords(stage)).toBe('返回');
  });

  it('draws the keys that are enough in gold and those that were taught in green, and says so', () => {
    const { services, remote } = fakeServices();
    const plain = showPage({ page: 'help' }, services);
    expect(faceOf(plain, 'Back')).toBe(color.focus);
    expect(faceOf(plain, 'PlayPause')).toBe(color.track);
    expect(textsUnder(plain.shown)).not.toContain('绿色的键是在这台电视上教过的');
    remote.control.learn({ 283: 'Back', 284: 'PlayPause' });
    const stage = showPage({ page: 'help' }, services);
    expect(['Back', 'PlayPause', 'Up'].map((key) => faceOf(stage, key))).toEqual([
      color.done,
      color.done,
      color.focus,
    ]);
    expect(textsUnder(stage.shown)).toContain('绿色的键是在这台电视上教过的');
  });

  it('lights the key that is pressed, for a moment, and leaves the key to the app', () => {
    vi.useFakeTimers();
    const { services, remote } = fakeServices();
    const stage = showPage({ page: 'help' }, services);
    expect(remote.send(37)).toBe(false);
    expect(faceOf(stage, 'Left')).toBe(color.white);
    remote.send(415, { meaning: 'Play' });
    expect([faceOf(stage, 'Left'), faceOf(stage, 'PlayPause')]).toEqual([color.focus, color.white]);
    vi.advanceTimersByTime(600);
    expect(faceOf(stage, 'PlayPause')).toBe(color.track);
    stage.dispose();
    vi.useRealTimers();
  });
});
