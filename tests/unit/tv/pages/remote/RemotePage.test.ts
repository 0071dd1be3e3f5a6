// @vitest-environment jsdom
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { setLanguage } from '../../../../../src/tv/locales/i18n.ts';
import { RemotePage } from '../../../../../src/tv/pages/remote/RemotePage.ts';
import { fakeServices } from '../../../../fakes/services.ts';
import { focusedWords, showPage, type PageStage } from '../../../../fakes/page-stage.ts';
import { keyCodes, textsUnder, visibleRings, type Key } from '../../../../fakes/stage.ts';

beforeAll(() => setLanguage('zh-CN'));
beforeEach(() =>
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance'] }),
);
let stage: PageStage;
afterEach(() => {
  stage.dispose();
  vi.useRealTimers();
});

function open(teach = false) {
  const fake = fakeServices();
  stage = showPage({ page: 'remote', ...(teach ? { teach } : {}) }, fake.services);
  /** Presses as a box does: the bridge hears it first, and then the app unless it was kept. */
  const press = (...keys: (Key | number)[]): void => {
    for (const key of keys) {
      const kept = fake.remote.send(typeof key === 'number' ? key : keyCodes[key]);
      if (!kept && typeof key !== 'number') stage.press(key);
    }
  };
  return { ...fake, press, texts: () => textsUnder(stage.shown) };
}
const sevenKeys = [701, 702, 703, 704, 705, 706, 707];

describe('the remote tester', () => {
  it('shows each key: what it means, its code, its kind, and what became of it', () => {
    const { remote, press, texts } = open();
    expect(texts()).toContain('按遥控器上的任意键');
    press('Down');
    expect(texts()).toEqual(expect.arrayContaining(['下', '键码 40 · keydown']));
    remote.send(283, { type: 'irkeypress', key: 'Exit' });
    remote.send(283, { type: 'keypress', second: true });
    expect(texts()).toEqual(
      expect.arrayContaining([
        '不认识的键',
        '键码 283 · irkeypress · Exit',
        '键码 283 · keypress · 同一次按键，不算',
      ]),
    );
    expect(texts()).toContain('键码 40 · keydown');
  });

  it('names a digit and a key without code', () => {
    const { remote, texts } = open();
    remote.send('ColorF0Red', { key: 'ColorF0Red', meaning: 'Red' });
    expect(texts()).toEqual(expect.arrayContaining(['红键', '键码 ColorF0Red · keydown']));
    remote.send(53, { meaning: 'Digit5' });
    expect(texts()).toContain('数字 5');
  });

  it('leads back by the second Back, so that Back can be tried too', () => {
    const { press } = open();
    press('Back');
    expect(stage.notes.toasts).toEqual(['“返回”好用，再按一次离开']);
    expect(stage.press('Back')).toEqual(['Back']);
  });

  it('goes back by itself when no key comes', () => {
    open();
    vi.advanceTimersByTime(89_000);
    expect(stage.notes.backs).toBe(0);
    vi.advanceTimersByTime(1_000);
    expect(stage.notes.backs).toBe(1);
  });

  it('begins to teach by OK, and by a few keys that mean nothing', () => {
    const { press, texts } = open();
    press('Enter');
    expect(texts()).toContain('请按“上”');
    stage.dispose();
    const strange = open();
    strange.press(701, 702, 703, 704, 705);
    expect(strange.texts()).toContain('请按“上”');
  });
});

describe('teaching', () => {
  it('keeps seven keys by the OK among them, and leads back where it was opened for that', () => {
    const { press, remote, texts } = open(true);
    press(...sevenKeys);
    expect(texts()).toContain('按“确认”，就记住了');
    expect(remote.inUse()[701]).toBeUndefined();
    press(705);
    expect(remote.control.taught()).toEqual({
      701: 'Up',
      702: 'Down',
      703: 'Left',
      704: 'Right',
      705: 'Enter',
      706: 'Back',
      707: 'PlayPause',
    });
    expect(stage.notes.toasts).toEqual(['记住了，下次开机也管用']);
    expect(stage.notes.backs).toBe(1);
  });

  it('keeps every key from the app, and nothing covers it', () => {
    const { press } = open(true);
    expect(stage.shown.busy).toBe(true);
    press('Back', 'Enter');
    expect(stage.notes.backs).toBe(0);
    expect(stage.focused()).toBeInstanceOf(RemotePage);
  });

  it('takes a held key and the second event of a press once', () => {
    const { remote, texts } = open(true);
    remote.send(701);
    remote.send(701, { repeat: true });
    remote.send(701, { second: true, type: 'keypress' });
    expect(texts()).toEqual(expect.arrayContaining(['请按“下”', '“上”记下了']));
  });

  it('counts down, passes over what nobody presses, and leaves when nobody is there', () => {
    const { texts } = open(true);
    expect(texts()).toContain('没有这个键？等 15 秒，自动跳过');
    vi.advanceTimersByTime(5_000);
    expect(texts()).toContain('没有这个键？等 10 秒，自动跳过');
    vi.advanceTimersByTime(10_000);
    expect(texts()).toContain('请按“下”');
    vi.advanceTimersByTime(30_000);
    expect(stage.notes.toasts).toEqual(['按键没有改动']);
    expect(stage.notes.backs).toBe(1);
  });

  it('tells a conflict in plain words', () => {
    const { press, texts } = open(true);
    press(701, 701);
    expect(texts()).toContain('这个键教过了，是“上”，请按别的键。教错了？再按它一次，重教“上”');
    press(701);
    expect(texts()).toEqual(expect.arrayContaining(['请按“上”', '好，重新教“上”']));
  });

  it('begun on this page comes back to it, with a focus', () => {
    const { press, texts } = open();
    press('Enter', ...sevenKeys, 705);
    expect(stage.notes.backs).toBe(0);
    expect(texts()).toContain('忘掉教过的');
    expect(focusedWords(stage)).toBe('教遥控器');
    expect(visibleRings(stage.shown)).toHaveLength(1);
  });

  it('says when the box keeps nothing', () => {
    const { press, remote } = open(true);
    remote.keeps = false;
    press(...sevenKeys, 705);
    expect(stage.notes.toasts).toEqual(['先用着吧，关机后要重新教']);
  });
});

describe('forgetting', () => {
  it('takes a second OK, and another key in between takes it back', () => {
    const { press, remote } = open();
    remote.control.learn({ 701: 'Up' });
    press('Enter', 'Back');
    // Back in the lesson is a key like others; the lesson ends by itself.
    vi.advanceTimersByTime(15_000 * 7 + 21_000);
    press('Right', 'Enter');
    expect(focusedWords(stage)).toBe('再按一次，全部忘掉');
    press('Right', 'Left');
    expect(focusedWords(stage)).toBe('忘掉教过的');
    press('Enter', 'Enter');
    expect(remote.control.taught()).toEqual({});
    expect(stage.notes.toasts).toContain('已恢复原来的按键');
  });
});
