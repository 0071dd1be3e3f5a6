import type HlsDefault from 'hls.js';
import { fileBeside } from '../file-beside.ts';

export type HlsClass = typeof HlsDefault;

let library: HlsClass | null = null;
let coming: Promise<HlsClass> | null = null;
let worker: string | undefined;

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
  if (coming) return coming;
  void fetchWorker();
  coming = import(/* webpackChunkName: "hls" */ 'hls.js/dist/hls.min.js').then(
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

/**
 * Address of the worker that takes streams apart, once it is here. Without it hls.js makes one of its own whole
 * text, five times as long, which a weak box reads anew for every lesson.
 */
export function hlsWorker(): string | undefined {
  return worker;
}

/** Kept as a blob: a packaged app's page may not start workers from its own files. */
async function fetchWorker(): Promise<void> {
  if (worker !== undefined) return;
  const { href } = new URL('hls.js/dist/hls.worker.js', import.meta.url);
  const text = await fileBeside(href).catch(() => undefined);
  if (text) worker = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
}
