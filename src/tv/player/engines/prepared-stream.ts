import type Hls from 'hls.js';
import type { HlsConfig } from 'hls.js';
import type { HlsClass } from '../hls-library.ts';

interface Prepared {
  url: string;
  startAt: number;
  hls: Hls;
  forget: ReturnType<typeof setTimeout>;
}

/** Milliseconds: longer, and what looks after the stream would cost a resting screen more than it is worth. */
const keptFor = 20_000;

/** One at most: what is prepared for a card is thrown away when another one rests in the focus. */
let prepared: Prepared | undefined;

/**
 * Begins a stream before its page is there: its playlists and its first piece are fetched and taken apart, nothing
 * more (`startFragPrefetch` of hls.js). The element stays closed: opened before its engine listens, it would show the
 * beginning of a lesson that is to go on in the middle.
 *
 * @param config asks for the position at which the stream is to begin
 */
export function prepareStream(library: HlsClass, url: string, config: Partial<HlsConfig>): void {
  const startAt = config.startPosition ?? 0;
  if (prepared?.url === url && prepared.startAt === startAt) return;
  dropPrepared();
  const hls = new library(config);
  // Whoever plays it hears of the trouble: he begins a stream of his own.
  hls.on(library.Events.ERROR, dropPrepared);
  prepared = { url, startAt, hls, forget: setTimeout(dropPrepared, keptFor) };
  hls.loadSource(url);
}

/** The prepared stream, if it is the one that is wanted; it is the caller's from now on. */
export function takePrepared(library: HlsClass, url: string, startAt: number): Hls | undefined {
  const ready = prepared;
  if (ready?.url !== url || ready.startAt !== startAt) {
    dropPrepared();
    return undefined;
  }
  prepared = undefined;
  clearTimeout(ready.forget);
  ready.hls.off(library.Events.ERROR, dropPrepared);
  return ready.hls;
}

function dropPrepared(): void {
  const old = prepared;
  prepared = undefined;
  clearTimeout(old?.forget);
  old?.hls.destroy();
}
