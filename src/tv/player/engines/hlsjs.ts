import type Hls from 'hls.js';
import type { ErrorData, Fragment, LevelDetails, MediaPlaylist } from 'hls.js';
import { plainCueText, type Cue } from '../captions.ts';
import type { HlsClass } from '../hls-library.ts';
import type {
  EmitEngineEvent,
  EngineCaps,
  PlayerEngine,
  PlayerSource,
  ScreenRect,
} from '../player-engine.ts';
import { decodeFault, stalledFault, type Fault } from '../player-error.ts';
import { hlsConfig } from './hls-config.ts';
import { hlsFault, isHopeless, isRefusal } from './hls-faults.ts';
import { takePrepared } from './prepared-stream.ts';
import { lookForStall, newStallWatch, restartWait, type StallVerdict } from './stall-watchdog.ts';
import { VideoSurface } from './video-surface.ts';

/** Remembers the measured line speed, bits per second, over lessons and power cuts. */
export interface BandwidthMemory {
  get(): number | null;
  set(bitsPerSecond: number): void;
}

export interface HlsDeps {
  video: HTMLVideoElement;
  bandwidth: BandwidthMemory;
  worker?: boolean;
}

/** Least time between two recoveries of the decoder, in seconds; a second error sooner starts afresh. */
const RECOVER_EVERY = 5;
/** Waits before asking again after hls.js gave up on the network, in milliseconds. */
const RESTART_MS = [2_000, 4_000, 8_000, 16_000, 30_000];
/** How often the line speed is remembered, in looks of the watchdog (seconds). */
const REMEMBER_EVERY = 30;

export function createHlsEngine(library: HlsClass, deps: HlsDeps, emit: EmitEngineEvent): PlayerEngine {
  return new HlsEngine(library, deps, emit);
}

class HlsEngine implements PlayerEngine {
  readonly name = 'hlsjs';
  readonly caps: EngineCaps = { rate: true, rect: true };

  readonly #library: HlsClass;
  readonly #deps: HlsDeps;
  readonly #emit: EmitEngineEvent;
  readonly #surface: VideoSurface;
  #source: PlayerSource | null = null;
  #hls: Hls | null = null;
  #details: LevelDetails | null = null;
  /** Seconds; when an open-ended playlist last grew. */
  #grewAt = 0;
  #everPlayed = false;
  #over = false;

  /** Bytes of finished fragments, and the fragments on their way. */
  #received = 0;
  readonly #loading = new Set<Fragment>();
  /** Fragments of picture or sound that the server refused or that are rubbish. */
  readonly #unusable = new Map<string, Fragment>();
  #lastFault: Fault | null = null;

  #watch = newStallWatch(0, 0);
  #looks: ReturnType<typeof setInterval> | null = null;
  #lookCount = 0;
  #restart: ReturnType<typeof setTimeout> | null = null;
  #restarts = 0;
  #recoveredAt = -Infinity;
  #subtitles: number | null = null;

  constructor(library: HlsClass, deps: HlsDeps, emit: EmitEngineEvent) {
    this.#library = library;
    this.#deps = deps;
    this.#emit = emit;
    this.#surface = new VideoSurface(deps.video, {
      emit: (event) => {
        if (event.type === 'playing') this.#everPlayed = true;
        if (event.type === 'ended') this.#finish();
        else if (event.type !== 'duration' || this.#details === null) emit(event);
      },
      failed: (error) => {
        if (error) this.#recoverMedia(decodeFault(String(error.code), error.message));
      },
    });
  }

  load(source: PlayerSource, startAt: number): void {
    this.#source = source;
    this.#build(startAt);
  }

  play(): void {
    this.#over = false;
    this.#watch = restartWait(this.#watch, seconds(), this.position());
    this.#surface.play();
    this.#keepLooking();
  }

  pause(): void {
    this.#surface.pause();
    this.#keepLooking();
  }

  seek(position: number): void {
    this.#over = false;
    this.#watch = restartWait(this.#watch, seconds(), position);
    this.#surface.seek(position);
    this.#keepLooking();
  }

  setRate(rate: number): void {
    this.#surface.setRate(rate);
  }

  setRect(rect: ScreenRect): void {
    this.#surface.setRect(rect);
  }

  selectSubtitles(id: number | null): void {
    this.#subtitles = id;
    if (this.#hls) this.#hls.subtitleTrack = id ?? -1;
  }

  position(): number {
    return this.#surface.position();
  }

  destroy(): void {
    this.#remember();
    this.#stopLooking();
    this.#cancelRestart();
    this.#drop();
    this.#surface.release();
    this.#source = null;
  }

  /** Starts hls.js, afresh if need be, and asks for the playlist before anything else is done. */
  #build(startAt: number): void {
    this.#drop();
    const { bandwidth, worker = true } = this.#deps;
    this.#surface.holdAt(startAt);
    const { url } = this.#source!;
    const prepared = takePrepared(this.#library, url, startAt);
    const hls = prepared ?? new this.#library(hlsConfig(startAt, bandwidth.get(), worker));
    this.#hls = hls;
    if (!prepared) hls.loadSource(url);
    this.#listen(hls);
    hls.attachMedia(this.#surface.video);
    if (prepared) this.#catchUp(hls);
    if (this.#surface.wanted) this.#surface.play();
  }

  /** What a prepared stream has told before anybody listened. */
  #catchUp(hls: Hls): void {
    if (hls.levels.length === 0) return;
    this.#listCame();
    if (hls.latestLevelDetails) this.#playlistCame(hls.latestLevelDetails);
    this.#subtitlesCame(hls.subtitleTracks);
  }

  #drop(): void {
    const old = this.#hls;
    this.#hls = null;
    this.#details = null;
    this.#loading.clear();
    this.#unusable.clear();
    old?.destroy();
  }

  #listen(hls: Hls): void {
    const { Events } = this.#library;
    hls.on(Events.MANIFEST_PARSED, () => {
      this.#listCame();
    });
    hls.on(Events.LEVEL_UPDATED, (_, data) => {
      this.#playlistCame(data.details);
    });
    hls.on(Events.LEVEL_PTS_UPDATED, (_, data) => {
      this.#playlistCame(data.details);
    });
    hls.on(Events.BUFFER_EOS, () => {
      this.#tellDuration();
    });
    hls.on(Events.FRAG_LOADING, (_, data) => {
      this.#loading.add(data.frag);
    });
    hls.on(Events.FRAG_LOADED, (_, data) => {
      this.#received += data.frag.stats.loaded;
      this.#loading.delete(data.frag);
      this.#restarts = 0;
    });
    // The element does not always say so itself.
    hls.on(Events.MEDIA_ENDED, (_, data) => {
      if (data.stalled) this.#finish();
    });
    hls.on(Events.SUBTITLE_TRACKS_UPDATED, (_, data) => {
      this.#subtitlesCame(data.subtitleTracks);
    });
    hls.on(Events.CUES_PARSED, (_, data) => {
      if (data.type !== 'subtitles' || !data.subtitleTrack) return;
      const cues = (data.cues as VTTCue[]).map(plainCue).filter((cue) => cue.text !== '');
      this.#emit({ type: 'cues', track: data.subtitleTrack.id, cues });
    });
    hls.on(Events.ERROR, (_, data) => {
      this.#onError(data);
    });
  }

  #listCame(): void {
    this.#watch = newOrOngoing(this.#watch, this.position());
    this.#keepLooking();
  }

  #playlistCame(details: LevelDetails): void {
    if (!this.#details || details.edge > this.#details.edge + 0.01) this.#grewAt = seconds();
    this.#details = details;
    this.#tellDuration();
  }

  /** A playlist may claim a length that its fragments prove wrong; at the end the element knows. */
  #tellDuration(): void {
    const { video } = this.#surface;
    const known = this.#details ? this.#details.edge : 0;
    const duration = Number.isFinite(video.duration) ? Math.min(video.duration, known || Infinity) : known;
    if (duration > 0) this.#emit({ type: 'duration', duration });
  }

  #subtitlesCame(tracks: readonly MediaPlaylist[]): void {
    if (tracks.length === 0) return;
    this.#subtitles ??= (tracks.find((track) => track.default) ?? tracks[0]!).id;
    if (this.#hls) this.#hls.subtitleTrack = this.#subtitles;
    this.#emit({
      type: 'subtitle-tracks',
      tracks: tracks.map(({ id, name, lang }) => ({ id, label: name, language: lang ?? '' })),
      selected: this.#subtitles,
    });
  }

  #onError(data: ErrorData): void {
    const fault = hlsFault(data);
    const { frag } = data;
    if (frag) this.#loading.delete(frag);
    const rubbish = data.details === this.#library.ErrorDetails.FRAG_PARSING_ERROR;
    const network = data.type === this.#library.ErrorTypes.NETWORK_ERROR;
    if (rubbish || network) this.#lastFault = fault;
    // Without its key nothing of the stream can be shown; hls.js would ask for it for ever.
    const keyRefused = data.details === this.#library.ErrorDetails.KEY_LOAD_ERROR && isRefusal(fault);
    if (keyRefused) {
      this.#giveUp(fault);
      return;
    }
    if (frag && (rubbish || isRefusal(fault))) {
      if (isShown(frag)) this.#unusable.set(partKey(frag), frag);
      // The watchdog goes round it when playback gets there.
      return;
    }
    if (!data.fatal || this.#hls === null) return;
    if (isHopeless(fault)) this.#giveUp(fault);
    else if (network) this.#restartNetwork(fault);
    else if (data.type === this.#library.ErrorTypes.MEDIA_ERROR) this.#recoverMedia(fault);
    else this.#startAfresh(fault);
  }

  /** hls.js has ended its own tries. Before the first picture that is the answer; later the line may return. */
  #restartNetwork(fault: Fault): void {
    if (!this.#everPlayed || this.#restarts >= RESTART_MS.length) {
      this.#giveUp(fault);
      return;
    }
    this.#cancelRestart();
    this.#restart = setTimeout(() => {
      if (this.#details) this.#hls?.startLoad(this.position());
      else this.#build(this.position());
    }, RESTART_MS[this.#restarts++]);
  }

  #recoverMedia(fault: Fault): void {
    const now = seconds();
    if (now - this.#recoveredAt < RECOVER_EVERY) {
      // The same place chokes the decoder again: go on behind it.
      this.#startAfresh(fault, this.#fragmentEnd());
      return;
    }
    this.#recoveredAt = now;
    this.#emit({ type: 'error', error: { ...fault, fatal: false } });
    this.#surface.holdAt(this.position());
    this.#hls?.recoverMediaError();
    // Attaching anew has paused the element.
    if (this.#surface.wanted) this.#surface.play();
  }

  /** Counts as one of the watchdog's measures, so that an unplayable stream ends. */
  #startAfresh(fault: Fault, from = this.position()): void {
    if (this.#watch.rebuilds >= 3) {
      this.#giveUp(fault);
      return;
    }
    this.#watch = { ...this.#watch, rebuilds: this.#watch.rebuilds + 1, playedSince: 0 };
    this.#emit({ type: 'error', error: { ...fault, fatal: false } });
    this.#build(from);
  }

  /** End of the fragment at the present position, in seconds. */
  #fragmentEnd(): number {
    const position = this.position() + 0.1;
    const here = this.#details?.fragments.find((frag) => frag.start <= position && position < frag.end);
    return here ? here.end + 0.1 : position;
  }

  #giveUp(fault: Fault): void {
    this.#stopLooking();
    this.#cancelRestart();
    this.#emit({ type: 'error', error: { ...fault, fatal: true } });
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    this.#stopLooking();
    this.#emit({ type: 'ended' });
  }

  /** The watchdog looks only while the picture should be moving. */
  #keepLooking(): void {
    const wanted = this.#surface.wanted && this.#hls !== null && !this.#over;
    if (wanted)
      this.#looks ??= setInterval(() => {
        this.#look();
      }, 1_000);
    else this.#stopLooking();
  }

  #stopLooking(): void {
    if (this.#looks !== null) clearInterval(this.#looks);
    this.#looks = null;
  }

  #look(): void {
    if (++this.#lookCount % REMEMBER_EVERY === 0) this.#remember();
    const hole = this.#holeEnd();
    const nothingBehind =
      hole !== null && this.#everPlayed && hole >= (this.#details?.edge ?? Infinity) - 0.3;
    const { watch, verdict } = lookForStall(this.#watch, {
      at: seconds(),
      position: this.position(),
      received: this.#bytes(),
      holeEnd: hole,
      atEnd: nothingBehind || this.#atOpenEnd(),
    });
    // What went wrong earlier is not why it would stand next time.
    if (watch.playedSince > this.#watch.playedSince) this.#lastFault = null;
    this.#watch = watch;
    this.#obey(verdict);
  }

  #obey(verdict: StallVerdict): void {
    switch (verdict.type) {
      case 'fine':
        return;
      case 'struggling':
        if (this.#lastFault) this.#emit({ type: 'error', error: { ...this.#lastFault, fatal: false } });
        return;
      case 'finished':
        this.#surface.pause();
        this.#finish();
        return;
      case 'skip':
        // Not the viewer's seek: the surface tells it as a jump.
        this.#surface.video.currentTime = verdict.to;
        // hls.js is waiting, up to 8 s, to ask for the refused fragment once more.
        this.#hls?.stopLoad();
        this.#hls?.startLoad(verdict.to, true);
        return;
      case 'rebuild':
        this.#build(this.position());
        return;
      case 'give-up':
        this.#giveUp(this.#lastFault ?? stalledFault('no progress after starting afresh'));
        return;
    }
  }

  #bytes(): number {
    let bytes = this.#received;
    for (const frag of this.#loading) bytes += frag.stats.loaded;
    return bytes;
  }

  /**
   * End of the unusable fragment that playback has run up to, if nothing else is on its way for it.
   * What is buffered decides, because another rendition may have had the fragment and because hls.js
   * calls rubbish buffered, too.
   */
  #holeEnd(): number | null {
    if (this.#unusable.size === 0) return null;
    const edge = bufferedUntil(this.#surface.video, this.position());
    for (const [key, frag] of this.#unusable) {
      const reached = edge >= frag.start - 0.5 && edge < frag.end - 0.1;
      if (reached && !this.#isLoading(key)) return frag.end + 0.1;
    }
    return null;
  }

  #isLoading(key: string): boolean {
    for (const frag of this.#loading) if (partKey(frag) === key && !frag.stats.aborted) return true;
    return false;
  }

  #atOpenEnd(): boolean {
    const details = this.#details;
    if (!details?.live) return false;
    const grown = seconds() - this.#grewAt < 3 * details.targetduration;
    return !grown && this.position() >= details.edge - 1;
  }

  #remember(): void {
    const measured = this.#hls?.bandwidthEstimate;
    if (this.#everPlayed && measured && Number.isFinite(measured)) {
      this.#deps.bandwidth.set(Math.round(measured));
    }
  }

  #cancelRestart(): void {
    if (this.#restart !== null) clearTimeout(this.#restart);
    this.#restart = null;
  }
}

function isShown(frag: Fragment): boolean {
  return frag.type.toString() !== 'subtitle';
}

/** The same part of the lesson in every rendition. */
function partKey(frag: Fragment): string {
  return `${frag.type} ${frag.sn}`;
}

function seconds(): number {
  return performance.now() / 1000;
}

function newOrOngoing(watch: ReturnType<typeof newStallWatch>, position: number) {
  return watch.movedAt === 0 ? newStallWatch(seconds(), position) : watch;
}

function bufferedUntil(video: HTMLVideoElement, position: number): number {
  const { buffered } = video;
  for (let i = 0; i < buffered.length; i++) {
    if (buffered.start(i) - 0.5 <= position && position <= buffered.end(i)) return buffered.end(i);
  }
  return position;
}

function plainCue(cue: VTTCue): Cue {
  return { start: cue.startTime, end: cue.endTime, text: plainCueText(cue.text) };
}
