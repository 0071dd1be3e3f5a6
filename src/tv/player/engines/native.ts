import type {
  EmitEngineEvent,
  EngineCaps,
  PlayerEngine,
  PlayerSource,
  ScreenRect,
} from '../player-engine.ts';
import {
  decodeFault,
  networkFault,
  stalledFault,
  timeoutFault,
  unsupportedFault,
  type Fault,
} from '../player-error.ts';
import { TimeUp, withinTime } from '../within-time.ts';
import { lookForStall, newStallWatch, restartWait } from './stall-watchdog.ts';
import { VideoSurface } from './video-surface.ts';

/** How long asking why a file cannot be played may take, in milliseconds. */
const PROBE_MS = 5_000;

/** The box's own player behind a plain `<video>`: files, and playlists where there is no MediaSource. */
export function createNativeEngine(video: HTMLVideoElement, emit: EmitEngineEvent): PlayerEngine {
  return new NativeEngine(video, emit);
}

class NativeEngine implements PlayerEngine {
  readonly name = 'native';
  readonly caps: EngineCaps = { rate: true, rect: true };

  readonly #emit: EmitEngineEvent;
  readonly #surface: VideoSurface;
  #source: PlayerSource | null = null;
  #watch = newStallWatch(0, 0);
  #looks: ReturnType<typeof setInterval> | null = null;

  constructor(video: HTMLVideoElement, emit: EmitEngineEvent) {
    this.#emit = emit;
    this.#surface = new VideoSurface(video, {
      emit: (event) => {
        if (event.type === 'ended') this.#stopLooking();
        emit(event);
      },
      failed: (error) => {
        if (error && this.#source) void this.#failed(error, this.#source);
      },
    });
  }

  load(source: PlayerSource, startAt: number): void {
    this.#source = source;
    this.#watch = newStallWatch(seconds(), startAt);
    this.#attach(startAt);
  }

  play(): void {
    this.#watch = restartWait(this.#watch, seconds(), this.position());
    this.#surface.play();
    this.#looks ??= setInterval(() => {
      this.#look();
    }, 1_000);
  }

  pause(): void {
    this.#stopLooking();
    this.#surface.pause();
  }

  seek(position: number): void {
    this.#watch = restartWait(this.#watch, seconds(), position);
    this.#surface.seek(position);
  }

  setRate(rate: number): void {
    this.#surface.setRate(rate);
  }

  setRect(rect: ScreenRect): void {
    this.#surface.setRect(rect);
  }

  /** Browsers' own players do not tell reliably which tracks a stream has; none are offered. */
  selectSubtitles(): void {
    this.#hideTextTracks();
  }

  position(): number {
    return this.#surface.position();
  }

  destroy(): void {
    this.#stopLooking();
    this.#source = null;
    this.#surface.release();
  }

  #attach(startAt: number): void {
    const { video } = this.#surface;
    this.#surface.holdAt(startAt);
    video.preload = 'auto';
    video.src = this.#source!.url;
    this.#hideTextTracks();
    if (this.#surface.wanted) this.#surface.play();
  }

  #hideTextTracks(): void {
    const { textTracks } = this.#surface.video;
    for (let i = 0; i < textTracks.length; i++) textTracks[i]!.mode = 'disabled';
  }

  #look(): void {
    const { video } = this.#surface;
    const { buffered } = video;
    const { watch, verdict } = lookForStall(this.#watch, {
      at: seconds(),
      position: this.position(),
      // Bytes are not told here; what is buffered grows with them.
      received: buffered.length > 0 ? buffered.end(buffered.length - 1) : 0,
      holeEnd: null,
      atEnd: false,
    });
    this.#watch = watch;
    if (verdict.type === 'rebuild') this.#attach(this.position());
    if (verdict.type === 'give-up') this.#giveUp(stalledFault('no progress after starting afresh'));
  }

  async #failed(error: MediaError, source: PlayerSource): Promise<void> {
    const fault = await mediaFault(error, source.url);
    if (this.#source === source) this.#giveUp(fault);
  }

  #giveUp(fault: Fault): void {
    this.#stopLooking();
    this.#emit({ type: 'error', error: { ...fault, fatal: true } });
  }

  #stopLooking(): void {
    if (this.#looks !== null) clearInterval(this.#looks);
    this.#looks = null;
  }
}

/** The element calls a missing file "not supported"; asking the server tells the two apart. */
async function mediaFault(error: MediaError, url: string): Promise<Fault> {
  if (error.code === MediaError.MEDIA_ERR_DECODE) return decodeFault('3', error.message);
  try {
    const response = await withinTime(fetch(url, { headers: { Range: 'bytes=0-0' } }), PROBE_MS);
    if (!response.ok) return networkFault(response.status, error.message);
    return unsupportedFault('SRC', error.message);
  } catch (reason) {
    return reason instanceof TimeUp ? timeoutFault(error.message) : networkFault(0, String(reason));
  }
}

function seconds(): number {
  return performance.now() / 1000;
}
