// @vitest-environment jsdom
import { Lightning } from '@lightningjs/sdk';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeyMeaning } from '../../../../src/domain/remote/key-profile.ts';
import { installVolumeKeys } from '../../../../src/tv/boot/volume-runtime.ts';
import { setLanguage } from '../../../../src/tv/locales/i18n.ts';
import type { CtcMediaPlayer } from '../../../../src/tv/player/engines/ctc-world.ts';
import type { ReceivedKey } from '../../../../src/tv/remote/key-bridge.ts';
import { createCtcBox } from '../../../fakes/ctc-box.ts';
import { showOnStage, textsUnder, type TestStage } from '../../../fakes/stage.ts';

let stage: TestStage<Lightning.Component>;
beforeAll(() => setLanguage('zh-CN'));
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  stage = showOnStage(Lightning.Component);
});
afterEach(() => {
  stage.dispose();
  vi.useRealTimers();
});

function install(world: object, playing?: CtcMediaPlayer) {
  const listeners: ((key: ReceivedKey) => boolean)[] = [];
  const onKey = (listener: (key: ReceivedKey) => boolean) => {
    listeners.push(listener);
    return () => undefined;
  };
  installVolumeKeys(world, stage.shown, { onKey }, () => playing);
  return {
    listeners,
    /** @returns true when the app does not hear it */
    press: (meaning: KeyMeaning, second = false): boolean =>
      listeners
        .map((hear) => hear({ type: 'keypress', code: '259', key: '', meaning, second, repeat: false }))
        .some(Boolean),
    texts: () => textsUnder(stage.shown),
  };
}

describe('the volume of an IPTV box', () => {
  it('is turned through the player in use, step by step, and shown for a moment', () => {
    const box = createCtcBox(30, { textTimes: true });
    const playing = new box.MediaPlayer();
    const { press, texts } = install(box, playing);
    expect(texts()).toEqual([]);
    expect(press('VolumeUp')).toBe(false);
    expect(box.volume).toEqual({ level: 55, muted: 0 });
    expect(texts()).toEqual(['音量 55']);
    press('VolumeDown');
    press('VolumeDown');
    expect(texts()).toEqual(['音量 45']);
    vi.advanceTimersByTime(2500);
    expect(texts()).toEqual([]);
    expect(box.made).toBe(1);
  });

  it('is silent and loud again, and louder also ends the silence', () => {
    const box = createCtcBox(30);
    const { press, texts } = install(box);
    press('Mute');
    expect([box.volume.muted, texts()]).toEqual([1, ['静音']]);
    press('Mute');
    expect([box.volume.muted, texts()]).toEqual([0, ['音量 50']]);
    press('Mute');
    press('VolumeUp');
    expect(box.volume).toEqual({ level: 55, muted: 0 });
  });

  it('needs no player in use: one is made for it, and opens no decoder', () => {
    const box = createCtcBox(30);
    const { press } = install(box);
    press('VolumeUp');
    press('VolumeUp');
    expect([box.volume.level, box.made, box.open]).toEqual([60, 1, 0]);
  });

  it('goes on from what was set where the box does not say how loud it is', () => {
    const box = createCtcBox(30, { noVolume: true });
    const { press, texts } = install(box);
    press('VolumeUp');
    press('VolumeUp');
    expect(texts()).toEqual(['音量 60']);
  });

  it('is not turned twice by one press, nor by other keys', () => {
    const box = createCtcBox(30);
    const { press } = install(box);
    press('VolumeUp');
    press('VolumeUp', true);
    press('ChannelUp');
    expect(box.volume.level).toBe(55);
  });

  it('is left alone on other boxes', () => {
    expect(install({}).listeners).toEqual([]);
  });
});
