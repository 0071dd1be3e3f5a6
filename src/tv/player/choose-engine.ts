import { createHlsEngine, type BandwidthMemory } from './engines/hlsjs.ts';
import { createNativeEngine } from './engines/native.ts';
import { hlsIfLoaded, preloadHls, type HlsClass } from './hls-library.ts';
import type { OpenEngine } from './player-engine.ts';

export interface EngineDeps {
  /** The one picture of the app; engines take turns with it. Its parent is the stage's box. */
  video: HTMLVideoElement;
  bandwidth: BandwidthMemory;
  /** False on boxes whose browser cannot run hls.js in a worker. */
  worker?: boolean;
}

/**
 * Engines for this box: hls.js wherever it can run, else the box's own player. Not the other way
 * round: Chromium from 147 says it plays HLS by itself and fails on half of the odd streams that
 * hls.js plays, as do many WebViews.
 */
export function createOpenEngine(deps: EngineDeps): OpenEngine {
  return (source, emit) => {
    const native = () => {
      const type = source.kind === 'hls' ? 'application/vnd.apple.mpegurl' : 'video/mp4';
      return deps.video.canPlayType(type) === '' ? null : createNativeEngine(deps.video, emit);
    };
    // Without MediaSource the library is not worth fetching.
    if (source.kind === 'file' || !hasMediaSource()) return native();
    const choose = (Hls: HlsClass) => (Hls.isSupported() ? createHlsEngine(Hls, deps, emit) : native());
    const Hls = hlsIfLoaded();
    return Hls ? choose(Hls) : preloadHls().then(choose);
  };
}

function hasMediaSource(): boolean {
  return ['MediaSource', 'ManagedMediaSource', 'WebKitMediaSource'].some((name) => name in window);
}
