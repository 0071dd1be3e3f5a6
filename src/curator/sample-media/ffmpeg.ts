import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listedSegments, masterPlaylist, type Rendition } from './master-playlist.ts';
import { frameRate } from './timeline.ts';

/** Lowest first. Caps in bits per second keep the picture of a busy moment within a 1 Mbit/s line. */
const ladder = [
  { name: '360p', height: 360, profile: 'baseline', level: '3.0', crf: 32, cap: 300_000, sound: 32_000 },
  { name: '720p', height: 720, profile: 'main', level: '3.1', crf: 32, cap: 900_000, sound: 40_000 },
] as const;

/** Seconds; every segment starts with a key frame. */
const segmentSeconds = 4;

/**
 * Voice made pleasant: no rumble, the synthetic edge taken off, even loudness at -18 LUFS (speech on a TV), the
 * same in both ears.
 */
const soundFilter =
  'pan=stereo|c0=c0|c1=c0,highpass=f=85,equalizer=f=250:t=q:w=1:g=2,equalizer=f=4500:t=q:w=1.2:g=-3,lowpass=f=8500,' +
  'acompressor=threshold=-20dB:ratio=2.5:attack=8:release=120,loudnorm=I=-18:TP=-2:LRA=7,' +
  'aresample=44100';

/**
 * Encodes JPEG pictures and a WAV narration of the same length as HLS (H.264 4:2:0, AAC-LC, muxed TS) in
 * `<folder>/<rendition>/`, and writes `<folder>/master.m3u8`.
 *
 * @param pictures full-range BT.601 JPEGs, one per frame, as browsers make them
 * @returns seconds of the longer rendition by its EXTINF lines
 * @throws Error with ffmpeg's last words when it fails
 */
export async function encodeHls(
  pictures: AsyncIterable<Buffer>,
  narrationFile: string,
  folder: string,
): Promise<number> {
  const split = ladder.map((_, n) => `[p${n}]`).join('');
  const scales = ladder.map(
    ({ height }, n) =>
      `[p${n}]scale=-2:${height}:flags=lanczos:in_range=pc:out_range=tv:in_color_matrix=bt601:out_color_matrix=bt709,` +
      `setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709,setsar=1,format=yuv420p[v${n}]`,
  );
  const keyEvery = String(segmentSeconds * frameRate);
  const args = ['-hide_banner', '-loglevel', 'error', '-y'];
  args.push(
    '-f',
    'image2pipe',
    '-c:v',
    'mjpeg',
    '-framerate',
    String(frameRate),
    '-i',
    'pipe:0',
    '-i',
    narrationFile,
  );
  args.push('-filter_complex', [`[0:v]split=${ladder.length}${split}`, ...scales].join(';'));
  for (const n of ladder.keys()) args.push('-map', `[v${n}]`, '-map', '1:a');
  args.push('-af', soundFilter, '-c:a', 'aac', '-ac', '2');
  args.push('-c:v', 'libx264', '-preset', 'slow', '-x264-params', 'aq-mode=3:aq-strength=0.9');
  args.push('-g', keyEvery, '-keyint_min', keyEvery, '-sc_threshold', '0');
  // With B-frames decoding starts before showing does, and hls.js then begins the lesson a sixth of a second late.
  args.push('-bf', '0');
  ladder.forEach(({ profile, level, crf, cap, sound }, n) => {
    args.push(`-profile:v:${n}`, profile, `-level:v:${n}`, level, `-crf:v:${n}`, String(crf));
    args.push(`-maxrate:v:${n}`, String(cap), `-bufsize:v:${n}`, String(2 * cap), `-b:a:${n}`, String(sound));
  });
  args.push('-f', 'hls', '-hls_time', String(segmentSeconds), '-hls_playlist_type', 'vod');
  args.push('-hls_flags', 'independent_segments', '-hls_segment_filename', join(folder, '%v/seg_%03d.ts'));
  args.push('-var_stream_map', ladder.map(({ name }, n) => `v:${n},a:${n},name:${name}`).join(' '));
  args.push(join(folder, '%v/index.m3u8'));

  for (const { name } of ladder) mkdirSync(join(folder, name), { recursive: true });
  const ffmpeg = spawn('ffmpeg', args, { stdio: ['pipe', 'ignore', 'pipe'] });
  let complaints = '';
  ffmpeg.stderr.on('data', (text: Buffer) => (complaints = (complaints + text.toString()).slice(-600)));
  const ended = new Promise<number | null>((resolve, reject) => {
    ffmpeg.on('error', reject);
    ffmpeg.on('close', resolve);
  });
  // A dead ffmpeg closes its input; its exit code below says what happened.
  ffmpeg.stdin.on('error', () => undefined);
  for await (const picture of pictures) {
    if (ffmpeg.exitCode !== null) break;
    if (!ffmpeg.stdin.write(picture))
      await Promise.race([new Promise((resolve) => ffmpeg.stdin.once('drain', resolve)), ended]);
  }
  ffmpeg.stdin.end();
  if ((await ended) !== 0) throw new Error(`ffmpeg: ${complaints.trim()}`);

  const renditions = ladder.map(({ name }) => measure(folder, name));
  writeFileSync(join(folder, 'master.m3u8'), masterPlaylist(renditions));
  return Math.max(
    ...renditions.map(({ segments }) => segments.reduce((sum, { seconds }) => sum + seconds, 0)),
  );
}

function measure(folder: string, name: string): Rendition {
  const playlist = readFileSync(join(folder, name, 'index.m3u8'), 'utf8');
  const segments = listedSegments(playlist).map(({ uri, seconds }) => ({
    seconds,
    bytes: statSync(join(folder, name, uri)).size,
  }));
  const { streams } = JSON.parse(
    execFileSync(
      'ffprobe',
      [
        '-v',
        'error',
        '-select_streams',
        'v:0',
        '-show_streams',
        '-of',
        'json',
        join(folder, name, 'index.m3u8'),
      ],
      { encoding: 'utf8' },
    ),
  ) as { streams: { profile: string; level: number; width: number; height: number }[] };
  const video = streams[0]!;
  return {
    uri: `${name}/index.m3u8`,
    width: video.width,
    height: video.height,
    frameRate,
    videoCodec: avcCodec(video.profile, video.level),
    segments,
  };
}

/** RFC 6381 name of an H.264 stream from ffprobe's words for its profile and its level (31 is level 3.1). */
function avcCodec(profile: string, level: number): string {
  const bytes = { 'Constrained Baseline': '42C0', Main: '4D40' }[profile];
  if (!bytes) throw new Error(`unexpected H.264 profile "${profile}"`);
  return `avc1.${bytes}${level.toString(16).toUpperCase().padStart(2, '0')}`;
}
