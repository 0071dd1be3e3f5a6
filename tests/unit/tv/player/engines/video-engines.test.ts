// @vitest-environment jsdom
import { afterEach, beforeEach, describe, it, vi } from 'vitest';
import { hlsConfig } from '../../../../../src/tv/player/engines/hls-config.ts';
import { createHlsEngine } from '../../../../../src/tv/player/engines/hlsjs.ts';
import { createNativeEngine } from '../../../../../src/tv/player/engines/native.ts';
import { prepareStream } from '../../../../../src/tv/player/engines/prepared-stream.ts';
import type { HlsClass } from '../../../../../src/tv/player/hls-library.ts';
import { createFakeHls } from '../../../../fakes/hls.ts';
import { createFakeVideo } from '../../../../fakes/video.ts';
import { conformance, type Subject } from './conformance.ts';

const length = 30;

/** The element alone, as on boxes without MediaSource. */
function native(): Pick<Subject, 'open' | 'decoders'> {
  const { video } = createFakeVideo(length, (url, fake) => {
    if (!/missing/.test(url)) return fake.attach();
    fake.detach();
    setTimeout(() => {
      Object.defineProperty(video, 'error', { value: { code: 4, message: 'not supported' } });
      video.dispatchEvent(new Event('error'));
    }, 100);
  });
  return {
    open: (_, emit) => createNativeEngine(video, emit),
    decoders: () => (video.hasAttribute('src') ? 1 : 0),
  };
}

/** @param ahead does what the app does when a card rests in the focus */
function hlsjs(
  ahead: (library: HlsClass, url: string) => void = () => undefined,
): Pick<Subject, 'open' | 'decoders'> {
  const fake = createFakeVideo(length);
  const { library, open } = createFakeHls(fake, length);
  const bandwidth = { get: () => null, set: () => undefined };
  return {
    open: ({ url }, emit) => {
      ahead(library, url);
      return createHlsEngine(library, { video: fake.video, bandwidth }, emit);
    },
    decoders: open,
  };
}

const prepare = (library: HlsClass, url: string): void =>
  prepareStream(library, url, hlsConfig(0, null, true));

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
  });
  // What jsdom has not.
  vi.stubGlobal('MediaError', { MEDIA_ERR_DECODE: 3 });
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 404 })));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pass = async (seconds: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(seconds * 1000);
};

describe.each([
  ['native', native],
  ['hls.js', () => hlsjs()],
  ['hls.js, prepared', () => hlsjs(prepare)],
])('%s', (_, make) => {
  it.each(conformance)('%s', async (_name, run) => {
    await run({ ...make(), good: 'http://cdn/lesson.m3u8', missing: 'http://cdn/missing.m3u8', pass });
  });
});
