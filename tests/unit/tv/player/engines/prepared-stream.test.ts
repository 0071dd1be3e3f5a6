// @vitest-environment jsdom
import type { HlsConfig } from 'hls.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hlsConfig } from '../../../../../src/tv/player/engines/hls-config.ts';
import { createHlsEngine } from '../../../../../src/tv/player/engines/hlsjs.ts';
import { prepareStream } from '../../../../../src/tv/player/engines/prepared-stream.ts';
import type { HlsClass } from '../../../../../src/tv/player/hls-library.ts';
import { createPlayback } from '../../../../../src/tv/player/playback-shell.ts';
import { createFakeHls } from '../../../../fakes/hls.ts';
import { createFakeVideo } from '../../../../fakes/video.ts';

const url = 'http://cdn/lesson.m3u8';
const subtitles = [{ id: 0, name: '中文', lang: 'zh', default: true }];

/** A player whose streams begin in the order of `begun`, by their first second. */
function player() {
  const fake = createFakeVideo(30);
  const { library, open } = createFakeHls(fake, 30);
  const begun: number[] = [];
  class Noted extends (library as unknown as new (config: Partial<HlsConfig>) => {
    subtitleTracks: object[];
  }) {
    static readonly Events = library.Events;
    static readonly ErrorTypes = library.ErrorTypes;
    static readonly ErrorDetails = library.ErrorDetails;
    constructor(config: Partial<HlsConfig>) {
      super(config);
      this.subtitleTracks = subtitles;
      begun.push(config.startPosition ?? 0);
    }
  }
  const noted = Noted as unknown as HlsClass;
  const bandwidth = { get: () => null, set: () => undefined };
  const playback = createPlayback({
    openEngine: (_, emit) => createHlsEngine(noted, { video: fake.video, bandwidth }, emit),
    now: () => performance.now() / 1000,
    onWatch: () => undefined,
  });
  const prepare = (at: string, startAt: number): void =>
    prepareStream(noted, at, hlsConfig(startAt, null, true));
  return { playback, prepare, begun, open };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.advanceTimersByTime(20_000);
  vi.useRealTimers();
});

describe('a prepared stream', () => {
  it('is played by who asks for it, who hears what it told before', async () => {
    const { playback, prepare, begun, open } = player();
    prepare(url, 12);
    await vi.advanceTimersByTimeAsync(500);
    playback.load({ url, kind: 'hls' }, { startAt: 12 });
    await vi.advanceTimersByTimeAsync(500);
    expect(begun).toEqual([12]);
    expect(playback.state()).toMatchObject({
      phase: 'playing',
      subtitles: { tracks: [{ id: 0, label: '中文' }] },
    });
    playback.destroy();
    expect(open()).toBe(0);
  });

  it.each([
    ['another place of the lesson', url, 5],
    ['another lesson', 'http://cdn/other.m3u8', 12],
  ])('is let go for %s', async (_, wanted, startAt) => {
    const { playback, prepare, begun, open } = player();
    prepare(url, 12);
    await vi.advanceTimersByTimeAsync(500);
    playback.load({ url: wanted, kind: 'hls' }, { startAt });
    expect([begun, open()]).toEqual([[12, startAt], 1]);
    playback.destroy();
  });

  it('is one at most, made once, and let go when nobody asks for it', async () => {
    const { prepare, begun, open } = player();
    prepare(url, 0);
    prepare(url, 0);
    prepare('http://cdn/other.m3u8', 3);
    expect([begun, open()]).toEqual([[0, 3], 1]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(open()).toBe(0);
  });

  it('in trouble is let go, and who asks for it begins anew and is told', async () => {
    const { playback, prepare, begun, open } = player();
    prepare('http://cdn/missing.m3u8', 0);
    await vi.advanceTimersByTimeAsync(500);
    expect(open()).toBe(0);
    playback.load({ url: 'http://cdn/missing.m3u8', kind: 'hls' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(begun.length).toBeGreaterThan(1);
    expect(playback.state().phase).toBe('error');
    playback.destroy();
  });
});
