/** The page the player tests drive: any number of players side by side, each with a witness of its own. */
import type { WatchEvent } from '../../../src/domain/watching/watch-events.ts';
import { createOpenEngine } from '../../../src/tv/player/choose-engine.ts';
import { createNativeEngine } from '../../../src/tv/player/engines/native.ts';
import { preloadHls } from '../../../src/tv/player/hls-library.ts';
import { createPlayback, type Playback } from '../../../src/tv/player/playback-shell.ts';
import type { Phase, PlaybackState } from '../../../src/tv/player/playback.ts';
import type { PlayerSource } from '../../../src/tv/player/player-engine.ts';
import type { Span } from './spans.ts';

export interface LabReport {
  state: PlaybackState;
  /** Phases in order, repeats left out. */
  phases: Phase[];
  /** Lengths in the order they became known. */
  durations: number[];
  watch: WatchEvent[];
  /** Frames really shown, by the browser's own account. */
  shown: Span[];
  stateChanges: number;
  /** Jumps of the picture, asked for or not. */
  seeks: number;
  /** How often a stream was attached: more than once after starting afresh. */
  attached: number;
}

interface Player {
  video: HTMLVideoElement;
  playback: Playback;
  report: LabReport;
}

const players = new Map<string, Player>();
const bandwidth = new Map<string, number>();
/** Frames further apart than this were not shown one after the other. */
const FRAME_GAP = 0.5;

function newVideo(): HTMLVideoElement {
  const box = document.createElement('div');
  box.style.cssText = 'position:relative;display:inline-block;width:160px;height:90px';
  const video = document.createElement('video');
  video.style.position = 'absolute';
  video.muted = true;
  box.append(video);
  document.body.append(box);
  return video;
}

/** Notes every frame the browser shows: the truth that watch events are held against. */
function witness(video: HTMLVideoElement, shown: Span[]): void {
  const onFrame = (_: number, frame: VideoFrameCallbackMetadata): void => {
    const last = shown[shown.length - 1];
    const gap = last ? frame.mediaTime - last.end : Infinity;
    if (last && gap >= 0 && gap < FRAME_GAP) last.end = frame.mediaTime;
    else shown.push({ start: frame.mediaTime, end: frame.mediaTime });
    video.requestVideoFrameCallback(onFrame);
  };
  video.requestVideoFrameCallback(onFrame);
}

const lab = {
  preload: async () => {
    await preloadHls();
  },
  start(
    id: string,
    url: string,
    options: { startAt?: number; native?: boolean; muted?: boolean } = {},
  ): void {
    const video = newVideo();
    if (options.muted === false) video.muted = false;
    const watch: WatchEvent[] = [];
    const memory = {
      get: () => bandwidth.get(id) ?? null,
      set: (bits: number) => void bandwidth.set(id, bits),
    };
    const playback = createPlayback({
      openEngine: options.native
        ? (_, emit) => createNativeEngine(video, emit)
        : createOpenEngine({ video, bandwidth: memory }),
      now: () => performance.now() / 1000,
      onWatch: (event) => watch.push(event),
      page: document,
    });
    playback.setRect({ x: 0, y: 0, width: 1280, height: 720 });
    const report: LabReport = {
      state: playback.state(),
      phases: [],
      durations: [],
      watch,
      shown: [],
      stateChanges: 0,
      seeks: 0,
      attached: 0,
    };
    witness(video, report.shown);
    video.addEventListener('seeking', () => report.seeks++);
    video.addEventListener('loadstart', () => report.attached++);
    playback.onState((state) => {
      report.state = state;
      report.stateChanges++;
      if (report.phases[report.phases.length - 1] !== state.phase) report.phases.push(state.phase);
      if (report.durations[report.durations.length - 1] !== state.duration)
        report.durations.push(state.duration);
    });
    players.set(id, { video, playback, report });
    playback.load(sourceOf(url), { startAt: options.startAt ?? 0 });
  },
  /** The remote's arrows and OK drive this player, as the Player page does it. */
  giveRemote(id: string): void {
    const { playback } = players.get(id)!;
    const direction = (event: KeyboardEvent) => (event.keyCode === 37 ? -1 : event.keyCode === 39 ? 1 : null);
    document.onkeydown = (event) => {
      const side = direction(event);
      if (side !== null) playback.seekBy(side);
      if (event.keyCode === 13) playback.toggle();
    };
    document.onkeyup = (event) => {
      if (direction(event) !== null) playback.commitSeek();
    };
  },
  /** Requests sent during the very turn in which `load` is called. */
  requestsInLoad(id: string, url: string): number {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its `this` below
    const { send } = XMLHttpRequest.prototype;
    let sent = 0;
    XMLHttpRequest.prototype.send = function () {
      sent++;
      send.call(this);
    };
    lab.start(id, url);
    XMLHttpRequest.prototype.send = send;
    return sent;
  },
  report: (id: string): LabReport => players.get(id)!.report,
  /** Bytes of sound decoded: none when a stream plays silently. */
  soundBytes: (id: string): number =>
    (players.get(id)!.video as HTMLVideoElement & { webkitAudioDecodedByteCount: number })
      .webkitAudioDecodedByteCount,
  bandwidth: (id: string): number | null => bandwidth.get(id) ?? null,
  player: (id: string): Playback => players.get(id)!.playback,
};

export type Lab = typeof lab;

declare global {
  interface Window {
    lab: Lab;
  }
}

window.lab = lab;

// `#<address>` plays without the test calling in: its calls count as the viewer's gesture.
if (location.hash) {
  void lab.preload().then(() => {
    lab.start('hash', location.hash.slice(1), { muted: false });
    lab.giveRemote('hash');
    lab.player('hash').onState((state) => {
      if (state.needsKey) console.info('needs a key');
    });
  });
}

/** Anything but a file is taken for a playlist. */
function sourceOf(url: string): PlayerSource {
  const path = url.split(/[?#]/, 1)[0]!;
  return { url, kind: /\.(mp4|m4v|m4a|mp3|webm)$/i.test(path) ? 'file' : 'hls' };
}
