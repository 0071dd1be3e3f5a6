import { describe, expect, it } from 'vitest';
import {
  bitRates,
  listedSegments,
  masterPlaylist,
} from '../../../../src/curator/sample-media/master-playlist.ts';

describe('master playlist', () => {
  it('declares the measured peak and average', () => {
    const segments = [
      { seconds: 4, bytes: 50_000 },
      { seconds: 4, bytes: 100_000 },
      { seconds: 2, bytes: 10_000 },
    ];
    const rendition = {
      uri: '360p/index.m3u8',
      width: 640,
      height: 360,
      frameRate: 15,
      videoCodec: 'avc1.42C01E',
      segments,
    };
    expect(masterPlaylist([rendition])).toBe(
      '#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-INDEPENDENT-SEGMENTS\n' +
        '#EXT-X-STREAM-INF:BANDWIDTH=200000,AVERAGE-BANDWIDTH=128000,CODECS="avc1.42C01E,mp4a.40.2",' +
        'RESOLUTION=640x360,FRAME-RATE=15.000\n360p/index.m3u8\n',
    );
  });

  it('takes no peak from a last segment that is too short to be one', () => {
    expect(
      bitRates([
        { seconds: 4, bytes: 50_000 },
        { seconds: 0.1, bytes: 9_000 },
      ]).peak,
    ).toBe(100_000);
  });

  it('reads the segments of a media playlist', () => {
    const playlist =
      '#EXTM3U\n#EXTINF:4.000000,\nseg_000.ts\r\n#EXTINF:1.5,title\nseg_001.ts\n#EXT-X-ENDLIST\n';
    expect(listedSegments(playlist)).toEqual([
      { uri: 'seg_000.ts', seconds: 4 },
      { uri: 'seg_001.ts', seconds: 1.5 },
    ]);
  });
});
