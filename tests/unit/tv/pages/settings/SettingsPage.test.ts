// @vitest-environment jsdom
import { beforeAll, describe, expect, it } from 'vitest';
import { setLanguage } from '../../../../../src/tv/locales/i18n.ts';
import { focusedWords, showPage } from '../../../../fakes/page-stage.ts';
import { fakeServices, type FakeWorld } from '../../../../fakes/services.ts';
import { textsUnder, visibleRings, type Key } from '../../../../fakes/stage.ts';

const rows = [
  'language',
  'captions',
  'captionSize',
  'elder',
  'network',
  'upload',
  'binding',
  'remote',
  'about',
] as const;

function settings(world: Partial<FakeWorld> = {}) {
  const fake = fakeServices(world);
  const stage = showPage({ page: 'settings' }, fake.services);
  /** Goes to a row and presses OK there so often. */
  const change = (row: (typeof rows)[number], times = 1): void => {
    stage.press(...Array<Key>(9).fill('Up'), ...Array<Key>(rows.indexOf(row)).fill('Down'));
    stage.press(...Array<Key>(times).fill('Enter'));
  };
  return { ...fake, stage, change };
}
const arrived = () => new Promise((resolve) => setTimeout(resolve));

beforeAll(() => setLanguage('zh-CN'));

describe('settings', () => {
  it('keep the language that is chosen, there and back', () => {
    const { world, change } = settings();
    change('language');
    expect(world.preferences.language).toBe('en');
    // The app builds the page anew in the other language.
    const again = settings({ preferences: world.preferences });
    again.change('language');
    expect(again.world.preferences.language).toBe('zh-CN');
  });

  it('switch captions, and say so', () => {
    const { world, change, stage } = settings();
    change('captions');
    expect(world.preferences.captions).toBe(false);
    expect(stage.notes.said.pop()).toBe('字幕 关');
    expect(focusedWords(stage)).toBe('字幕 关');
    change('captions');
    expect(world.preferences.captions).toBe(true);
    expect(stage.notes.said.pop()).toBe('字幕 开');
  });

  it('go through the caption sizes and round', () => {
    const { world, change } = settings();
    const seen = [1, 2, 3].map(() => {
      change('captionSize');
      return world.preferences.captionSize;
    });
    expect(seen).toEqual(['large', 'small', 'medium']);
  });

  it('remember elder mode', () => {
    const { world, change } = settings();
    change('elder');
    expect(world.preferences.elder).toBe(true);
  });

  it('change nothing else', () => {
    const { world, change } = settings();
    const before = world.preferences;
    change('captions');
    expect(world.preferences).toEqual({ ...before, captions: false });
  });

  it('keep the focus on the row that was changed', () => {
    const { stage, change } = settings();
    change('captionSize', 2);
    expect(focusedWords(stage)).toContain('字幕大小');
    expect(visibleRings(stage.shown)).toHaveLength(1);
  });
});

describe('the network check', () => {
  it('says that it runs and then what it found', async () => {
    const { stage, change } = settings();
    change('network');
    expect(stage.notes.said).toEqual(['网络检查 正在检查… ']);
    await arrived();
    expect(stage.notes.said.pop()).toBe('网络检查 网络正常 应答 12 毫秒，速度约 4000 千比特/秒');
  });

  it('says what to do when there is no connection', async () => {
    const { stage, change } = settings({
      network: { service: false, delayMs: undefined, kbps: undefined },
    });
    change('network');
    await arrived();
    expect(stage.notes.said.pop()).toBe('网络检查 连不上 看看网线和路由器，再试一次');
  });

  it('is not started twice', async () => {
    const fake = settings();
    let checks = 0;
    fake.services.checkNetwork = () => {
      checks++;
      return Promise.resolve(fake.world.network);
    };
    fake.change('network', 3);
    await arrived();
    expect(checks).toBe(1);
  });

  it('that ends after the page was left disturbs nobody', async () => {
    const { stage, change } = settings();
    change('network');
    stage.dispose();
    await arrived();
    expect(stage.notes.said).toHaveLength(1);
  });
});

describe('the study records', () => {
  it('tell how many wait, and are sent by OK', async () => {
    const fake = settings({ waiting: { count: 3, saved: true, quarantined: 0 } });
    await arrived();
    expect(textsUnder(fake.stage.shown)).toEqual(
      expect.arrayContaining(['3 条等待上传，不会丢', '按确认键马上上传']),
    );
    fake.change('upload');
    expect(fake.retries()).toBe(1);
    expect(fake.stage.notes.toasts).toEqual(['正在上传…']);
  });

  it('tell when they change while the page is open', async () => {
    const fake = settings({ waiting: { count: 3, saved: true, quarantined: 0 } });
    await arrived();
    fake.world.waiting = { count: 0, saved: true, quarantined: 0 };
    fake.studyChanged();
    expect(textsUnder(fake.stage.shown)).toContain('记录都已上传');
  });

  it.each([
    [{ count: 2, saved: false, quarantined: 0 }, '本机存不住记录，请别关电视，等上传完'],
    [{ count: 0, saved: true, quarantined: 2 }, '2 条被退回，请找管理员'],
  ])('with %j say %s', async (waiting, words) => {
    const { stage } = settings({ waiting });
    await arrived();
    expect(textsUnder(stage.shown)).toContain(words);
  });

  it('that cannot be opened are told of', async () => {
    const { stage } = settings({ study: 'lost' });
    await arrived();
    expect(stage.notes.toasts).toEqual(['打不开，请检查网络再试']);
  });
});

describe('about', () => {
  it('tells the version and mistakes in the content, and leads to the help', () => {
    const { stage, change } = settings({ catalogueProblems: 2 });
    expect(textsUnder(stage.shown)).toContain('版本 0.0.0');
    expect(textsUnder(stage.shown)).toContain('有 2 处课程内容有误，已略过，请管理员检查');
    change('about');
    expect(stage.notes.opened).toEqual([{ page: 'help' }]);
  });
});
