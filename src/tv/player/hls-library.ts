import type HlsDefault from 'hls.js';

export type HlsClass = typeof HlsDefault;

let library: HlsClass | null = null;
let coming: Promise<HlsClass> | null = null;

/**
 * Fetches hls.js, which is a file of its own in the build: call it in idle time, so that the first
 * lesson need not wait. Fails when the file cannot be had; the next call tries again.
 *
 * The full bundle (189 KB gzip against 119), because alternate audio and subtitles inside a stream
 * must play: the light one plays a stream whose audio is apart without sound and without an error,
 * and finds no subtitle track (both tried with the test streams). The UMD file, because it is ES5 and
 * brings its worker; the ES module has none and would take streams apart on the main thread. The
 * chunk's name keeps the build from minifying it once more, which would break that worker.
 */
export function preloadHls(): Promise<HlsClass> {
  coming ??= import(/* webpackChunkName: "hls" */ 'hls.js/dist/hls.min.js').then(
    (module) => (library = module.default),
    (reason: unknown) => {
      coming = null;
      throw reason;
    },
  );
  return coming;
}

/** hls.js if it is here already: then a lesson starts in the same turn as the key. */
export function hlsIfLoaded(): HlsClass | null {
  return library;
}
