import type { EmitEngineEvent, ScreenRect } from '../player-engine.ts';

export interface SurfaceHooks {
  emit: EmitEngineEvent;
  /** The element reports an error of its own. */
  failed: (error: MediaError | null) => void;
}

/**
 * What engines on a `<video>` element have in common: its events told as engine events, auto-play
 * refusal, seeks before there is anything to seek in, and a position that does not fall to 0 while
 * the stream is attached anew.
 */
export class VideoSurface {
  readonly video: HTMLVideoElement;
  readonly #hooks: SurfaceHooks;
  readonly #listeners: [string, () => void][];
  /** The position to report and to go to until the element has it; null once it plays there. */
  #hold: number | null = null;
  #wanted = false;
  #ownSeek = false;
  #rate = 1;

  constructor(video: HTMLVideoElement, hooks: SurfaceHooks) {
    this.video = video;
    this.#hooks = hooks;
    const { emit } = hooks;
    this.#listeners = [
      [
        'loadedmetadata',
        () => {
          this.#goToHold();
        },
      ],
      [
        'loadeddata',
        () => {
          emit({ type: 'ready' });
        },
      ],
      [
        'durationchange',
        () => {
          this.#tellDuration();
        },
      ],
      [
        'playing',
        () => {
          this.#hold = null;
          emit({ type: 'playing' });
        },
      ],
      [
        'waiting',
        () => {
          emit({ type: 'waiting' });
        },
      ],
      [
        'seeking',
        () => {
          this.#onSeeking();
        },
      ],
      [
        'seeked',
        () => {
          this.#hold = null;
          emit({ type: 'seeked' });
        },
      ],
      [
        'pause',
        () => {
          if (this.#wanted && !video.ended) emit({ type: 'paused' });
        },
      ],
      [
        'ended',
        () => {
          emit({ type: 'ended' });
        },
      ],
      [
        'error',
        () => {
          hooks.failed(video.error);
        },
      ],
    ];
    for (const [name, listener] of this.#listeners) video.addEventListener(name, listener);
  }

  /** The next stream attached is to begin at `position` (seconds). */
  holdAt(position: number): void {
    this.#hold = position;
  }

  /** The viewer's last word was "play". */
  get wanted(): boolean {
    return this.#wanted;
  }

  position(): number {
    return this.#hold ?? this.video.currentTime;
  }

  play(): void {
    this.#wanted = true;
    // Old browsers return nothing. AbortError only says that a pause or a new source came first.
    const started = this.video.play() as Promise<void> | undefined;
    started?.catch((reason: unknown) => {
      const refused = reason instanceof DOMException && reason.name === 'NotAllowedError';
      if (refused && this.#wanted) {
        this.#wanted = false;
        this.#hooks.emit({ type: 'refused' });
      }
    });
  }

  pause(): void {
    this.#wanted = false;
    this.video.pause();
  }

  seek(position: number): void {
    if (this.video.readyState === 0) {
      this.#hold = position;
      return;
    }
    this.#hold = null;
    this.#ownSeek = true;
    this.video.currentTime = position;
  }

  setRate(rate: number): void {
    this.#rate = rate;
    // Attaching a stream resets playbackRate to the default rate.
    this.video.defaultPlaybackRate = rate;
    this.video.playbackRate = rate;
  }

  /** In parts of the parent's box, so that it fits whatever resolution the stage has. */
  setRect(rect: ScreenRect): void {
    const { style } = this.video;
    style.left = `${(rect.x / 1280) * 100}%`;
    style.top = `${(rect.y / 720) * 100}%`;
    style.width = `${(rect.width / 1280) * 100}%`;
    style.height = `${(rect.height / 720) * 100}%`;
  }

  /** Lets go of the element and empties it: the decoder is free for the next lesson. */
  release(): void {
    for (const [name, listener] of this.#listeners) this.video.removeEventListener(name, listener);
    this.video.pause();
    if (this.#rate !== 1) this.setRate(1);
    this.video.removeAttribute('src');
    this.video.load();
  }

  #goToHold(): void {
    if (this.#hold === null || Math.abs(this.video.currentTime - this.#hold) < 0.5) return;
    this.#ownSeek = true;
    this.video.currentTime = this.#hold;
  }

  #onSeeking(): void {
    if (this.#ownSeek) this.#ownSeek = false;
    else this.#hooks.emit({ type: 'jumped' });
  }

  #tellDuration(): void {
    const { duration } = this.video;
    if (Number.isFinite(duration) && duration > 0) this.#hooks.emit({ type: 'duration', duration });
  }
}
