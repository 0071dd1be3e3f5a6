/** What was measured of one finished rendition. */
export interface Rendition {
  /** Address of its media playlist, relative to the master. */
  uri: string;
  width: number;
  height: number;
  frameRate: number;
  /** RFC 6381, e.g. `avc1.4D401F`. */
  videoCodec: string;
  segments: Segment[];
}

export interface Segment {
  /** EXTINF, in seconds. */
  seconds: number;
  bytes: number;
}

/**
 * A multivariant playlist (RFC 8216 §4.3.4.2) with measured bit rates: what an encoder was allowed to spend is
 * several times what still slides take, and a player would never choose the better rendition on a village line.
 *
 * @param renditions lowest first
 */
export function masterPlaylist(renditions: readonly Rendition[]): string {
  const entries = renditions.map((rendition) => {
    const { peak, average } = bitRates(rendition.segments);
    const attributes = [
      `BANDWIDTH=${peak}`,
      `AVERAGE-BANDWIDTH=${average}`,
      `CODECS="${rendition.videoCodec},mp4a.40.2"`,
      `RESOLUTION=${rendition.width}x${rendition.height}`,
      `FRAME-RATE=${rendition.frameRate.toFixed(3)}`,
    ];
    return `#EXT-X-STREAM-INF:${attributes.join(',')}\n${rendition.uri}\n`;
  });
  return `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-INDEPENDENT-SEGMENTS\n${entries.join('')}`;
}

/** Bits per second, rounded up. A last segment under half the longest is too short to be a peak (RFC 8216 §4.1). */
export function bitRates(segments: readonly Segment[]): { peak: number; average: number } {
  const longest = Math.max(...segments.map(({ seconds }) => seconds));
  const counted = segments.filter(({ seconds }) => seconds >= longest / 2);
  const total = segments.reduce(
    (sum, { seconds, bytes }) => ({ seconds: sum.seconds + seconds, bytes: sum.bytes + bytes }),
    { seconds: 0, bytes: 0 },
  );
  return {
    peak: Math.ceil(Math.max(...counted.map(({ seconds, bytes }) => (bytes * 8) / seconds))),
    average: Math.ceil((total.bytes * 8) / total.seconds),
  };
}

/** The segments a media playlist lists, with their EXTINF seconds. */
export function listedSegments(mediaPlaylist: string): { uri: string; seconds: number }[] {
  const listed: { uri: string; seconds: number }[] = [];
  let seconds = 0;
  for (const line of mediaPlaylist.split(/\r?\n/)) {
    const extinf = /^#EXTINF:([0-9.]+)/.exec(line);
    if (extinf) seconds = Number(extinf[1]);
    else if (line !== '' && !line.startsWith('#')) listed.push({ uri: line, seconds });
  }
  return listed;
}
