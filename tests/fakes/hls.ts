import Hls from 'hls.js';
import type { HlsClass } from '../../src/tv/player/hls-library.ts';
import type { FakeVideo } from './video.ts';

type Listener = (event: string, data: object) => void;

/**
 * As much of hls.js as the engine uses, with its own names of events and errors, over a fake `<video>`: an address
 * with "missing" is answered by 404 in the playlist's place, every other one plays.
 */
export function createFakeHls(fake: FakeVideo, length: number): { library: HlsClass; open: () => number } {
  let open = 0;

  class FakeHls {
    static readonly Events = Hls.Events;
    static readonly ErrorTypes = Hls.ErrorTypes;
    static readonly ErrorDetails = Hls.ErrorDetails;
    bandwidthEstimate = 2e6;
    subtitleTrack = -1;
    subtitleTracks: object[] = [];
    levels: object[] = [];
    latestLevelDetails: object | null = null;
    media: HTMLVideoElement | null = null;
    readonly #listeners = new Map<string, Listener[]>();
    #url = '';
    #alive = true;

    constructor() {
      open++;
    }

    on(event: string, listener: Listener): void {
      this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    }

    off(event: string, listener: Listener): void {
      const others = this.#listeners.get(event)?.filter((one) => one !== listener) ?? [];
      this.#listeners.set(event, others);
    }

    loadSource(url: string): void {
      this.#url = url;
      setTimeout(() => {
        if (!this.#alive) return;
        if (/missing/.test(this.#url)) return this.#refuse();
        this.levels = [{}];
        this.#tell(Hls.Events.MANIFEST_PARSED, {});
        const details = { edge: length, live: false, targetduration: 6, fragments: [] };
        this.latestLevelDetails = details;
        this.#tell(Hls.Events.LEVEL_UPDATED, { details });
        if (this.media) fake.attach();
      }, 100);
    }

    attachMedia(video: HTMLVideoElement): void {
      this.media = video;
      if (this.levels.length > 0) fake.attach();
    }

    destroy(): void {
      this.#alive = false;
      open--;
      if (this.media) fake.detach();
    }

    #refuse(): void {
      this.#tell(Hls.Events.ERROR, {
        type: Hls.ErrorTypes.NETWORK_ERROR,
        details: Hls.ErrorDetails.MANIFEST_LOAD_ERROR,
        fatal: true,
        error: new Error('404'),
        response: { code: 404, url: this.#url, text: '' },
      });
    }

    #tell(event: string, data: object): void {
      this.#listeners.get(event)?.forEach((listener) => listener(event, data));
    }
  }

  return { library: FakeHls as unknown as HlsClass, open: () => open };
}
