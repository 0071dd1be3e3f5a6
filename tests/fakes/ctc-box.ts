import type { CtcMediaPlayer, CtcWorld } from '../../src/tv/player/engines/ctc-world.ts';
import { createFilm, type Film } from './film.ts';

export interface CtcQuirks {
  /** Answers times as text. */
  textTimes?: boolean;
  /** Events are JavaScript, not JSON. */
  looseEvents?: boolean;
  /** Tells neither beginning nor end. */
  silent?: boolean;
  /** ZTE takes a bare address; Huawei only its list. */
  maker?: 'huawei' | 'zte';
  /** Does not say how loud it is. */
  noVolume?: boolean;
}

export interface CtcBox extends CtcWorld {
  film: Film;
  /** What is shown and where, as the box has it after the last refresh; pixels of its page. */
  shown: { mode: number; area: number[] };
  /** Decoders in use. */
  open: number;
  /** Players made. */
  made: number;
  /** How loud the box is, as it was set last. */
  volume: { level: number; muted: number };
  /** Bad calls, in words. */
  mistakes: string[];
  /** Puts an event into the queue, and key 768 tells of it. */
  event(fields: Record<string, unknown>): void;
  onNews: () => void;
}

/** A box by the China Telecom page standard, with the quirks its models are known for. */
export function createCtcBox(length: number, quirks: CtcQuirks = {}): CtcBox {
  const events: string[] = [];
  const film = createFilm(length);
  const time = (seconds: number): number | string => {
    const whole = Math.floor(seconds);
    return quirks.textTimes ? String(whole) : whole;
  };

  function event(fields: Record<string, unknown>): void {
    const json = JSON.stringify({ instance_id: 7, ...fields });
    events.push(quirks.looseEvents ? json.replace(/"(\w+)":/g, '$1:').replace(/"/g, "'") : json);
    box.onNews();
  }

  class MediaPlayer implements CtcMediaPlayer {
    #url = '';
    #mode = 1;
    #area: number[] = [];
    constructor() {
      box.made++;
    }
    getNativePlayerInstanceID = (): string => '7';
    initMediaPlayer(...given: number[]): void {
      if (given.length !== 14) box.mistakes.push(`init with ${given.length} arguments`);
      if (given[3]! > given[4]!) box.mistakes.push('height comes first');
      box.open++;
    }
    setSingleMedia(media: string): void {
      if (media.startsWith('[')) {
        const [one] = JSON.parse(media) as { mediaUrl?: string; mediaURL?: string }[];
        this.#url = one?.mediaUrl ?? one?.mediaURL ?? '';
      } else if (quirks.maker === 'zte') this.#url = media;
    }
    setAllowTrickmodeFlag = (): void => undefined;
    setNativeUIFlag = (): void => undefined;
    setCycleFlag = (): void => undefined;
    setVideoDisplayMode(mode: number): void {
      this.#mode = mode;
    }
    setVideoDisplayArea(...area: number[]): void {
      this.#area = area;
    }
    refreshVideoDisplay(): void {
      box.shown = { mode: this.#mode, area: this.#area };
    }
    #start(at: number): void {
      if (/missing/.test(this.#url) || this.#url === '')
        return void setTimeout(() => event({ type: 'EVENT_MEDIA_ERROR', error_code: 104019 }), 100);
      setTimeout(() => {
        if (box.open === 0) return;
        film.goTo(at);
        film.run();
        if (!quirks.silent) event({ type: 'EVENT_MEDIA_BEGINING' });
      }, 400);
    }
    playFromStart = (): void => this.#start(0);
    playByTime(type: number, seconds: number): void {
      if (type !== 1) box.mistakes.push('not NPT');
      this.#start(seconds);
    }
    pause = (): void => film.stand();
    resume = (): void => film.run();
    stop = (): void => film.stand();
    releaseMediaPlayer(): void {
      box.open--;
    }
    getCurrentPlayTime = (): number | string => time(film.position());
    getMediaDuration = (): number | string => time(film.length);
    getVolume = (): number | string | undefined => (quirks.noVolume ? undefined : time(box.volume.level));
    setVolume(level: number): void {
      box.volume.level = level;
    }
    getMuteFlag = (): number | string | undefined => (quirks.noVolume ? '' : time(box.volume.muted));
    setMuteFlag(muted: number): void {
      box.volume.muted = muted;
    }
    setAudioVolumeUIFlag = (): void => undefined;
    setMuteUIFlag = (): void => undefined;
  }

  const box: CtcBox = {
    MediaPlayer,
    Utility: { getEvent: () => events.shift() ?? '' },
    film,
    shown: { mode: -1, area: [] },
    open: 0,
    made: 0,
    volume: { level: 50, muted: 0 },
    mistakes: [],
    event,
    onNews: () => undefined,
  };
  film.onEnd = () => {
    if (!quirks.silent) event({ type: 'EVENT_MEDIA_END' });
  };
  return box;
}
