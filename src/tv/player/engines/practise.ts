import type { HlsClass } from '../hls-library.ts';
import { hlsConfig } from './hls-config.ts';

const list = (...lines: string[]): string =>
  `data:application/vnd.apple.mpegurl,${encodeURIComponent(['#EXTM3U', ...lines].join('\n'))}`;

const rubbish = `data:video/mp2t,${'G'.repeat(564)}`;

/**
 * Takes a made-up stream up to its first piece, which is rubbish and ends it. Browsers read a function only when it
 * is first called: a weak box would do so between OK and the picture, here it does at rest.
 */
export function practise(library: HlsClass): void {
  const hls = new library(hlsConfig(0, null, true));
  hls.on(library.Events.ERROR, () => hls.destroy());
  const rendition = list('#EXT-X-TARGETDURATION:4', '#EXTINF:4,', rubbish, '#EXT-X-ENDLIST');
  hls.loadSource(list('#EXT-X-STREAM-INF:BANDWIDTH=200000,CODECS="avc1.42e01e,mp4a.40.2"', rendition));
}
