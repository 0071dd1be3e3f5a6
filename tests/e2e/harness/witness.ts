import type { BrowserContext } from 'playwright-core';
import { coveredSeconds, type Span } from './spans.ts';

/** What one load of the page has shown, as the page script tells it. */
interface Sight {
  load: string;
  spans: (Span & { lesson: string })[];
  /** Where the picture is now; null right after a jump. */
  at: { lesson: string; position: number } | null;
  jumps: number;
  ends: number;
}

/**
 * Sees with the browser's own eyes which content was shown: by the frames it presents, and between them by
 * the clock of the <video> as long as pictures are decoded. Knows nothing of the product but that the
 * address names the lesson. What it has seen is kept outside the browser, so that it outlives it.
 */
export interface Witness {
  watch(context: BrowserContext): Promise<void>;
  /** Everything shown of the lesson so far, over all loads of the page. */
  spans(lesson: string): Span[];
  /** Seconds of the lesson that were shown, each once. */
  seconds(lesson: string): number;
  /** Where the picture of the lesson is now, in seconds; null when there is none. */
  position(lesson: string): number | null;
  /** Where the newest load of the page began to show the lesson. */
  begunAt(lesson: string): number | null;
  jumps(): number;
  ends(): number;
}

export function createWitness(): Witness {
  const sights = new Map<string, Sight>();
  const newest = (): Sight | undefined => [...sights.values()].pop();
  const spans = (lesson: string): Span[] =>
    [...sights.values()].flatMap((sight) => sight.spans.filter((span) => span.lesson === lesson));
  const sum = (figure: (sight: Sight) => number): number =>
    [...sights.values()].reduce((total, sight) => total + figure(sight), 0);

  return {
    async watch(context) {
      await context.exposeBinding('tellSight', (_, sight: Sight) => {
        sights.set(sight.load, sight);
      });
      await context.addInitScript(seeFrames);
    },
    spans,
    seconds: (lesson) => coveredSeconds(spans(lesson)),
    position(lesson) {
      const at = newest()?.at;
      return at?.lesson === lesson ? at.position : null;
    },
    begunAt: (lesson) => newest()?.spans.find((span) => span.lesson === lesson)?.start ?? null,
    jumps: () => sum(({ jumps }) => jumps),
    ends: () => sum(({ ends }) => ends),
  };
}

declare global {
  interface Window {
    tellSight(sight: Sight): Promise<void>;
  }
}

/**
 * Runs in the page. Two moments belong together when playing at the current speed leads from one to the
 * other and the browser decoded pictures in between.
 */
function seeFrames(): void {
  /** Seconds; without pictures in between, more than this was not shown. */
  const LONGEST_GAP = 1;
  const TELL_EVERY_MS = 100;
  /** Seconds by which a frame may come too late on a busy machine, so that the next one seems to come too soon. */
  const SLACK = 0.5;
  const sight: Sight = { load: `${Math.random()}`, spans: [], at: null, jumps: 0, ends: 0 };
  let told = '';
  let last: { media: number; wall: number; decoded: number } | null = null;

  const tell = (): void => {
    const now = JSON.stringify(sight);
    if (now === told) return;
    told = now;
    void window.tellSight(sight);
  };
  const jumped = (): void => {
    last = null;
    sight.at = null;
  };

  document.addEventListener('DOMContentLoaded', () => {
    const video = document.querySelector('video');
    if (!video) return;
    const see = (media: number, now: number): void => {
      const lesson = /play\/([^/]+)/.exec(location.hash)?.[1] ?? '';
      const wall = now / 1000;
      const decoded = video.getVideoPlaybackQuality().totalVideoFrames;
      const span = sight.spans[sight.spans.length - 1];
      const step = last ? media - last.media : Infinity;
      // A frame that the clock of the lesson has told of already.
      if (step < 0 && step > -SLACK) return;
      const played =
        last !== null &&
        step >= 0 &&
        step <= (wall - last.wall) * video.playbackRate + SLACK &&
        // A busy machine tells late of frames, and leaves some out; the lesson went on all the same.
        step <= LONGEST_GAP * Math.max(1, (decoded - last.decoded) / 4);
      if (span?.lesson === lesson && played) span.end = media;
      else sight.spans.push({ lesson, start: media, end: media });
      last = { media, wall, decoded };
      sight.at = { lesson, position: media };
    };
    // When it was handed to the screen: this call itself may come late.
    const onFrame = (_now: number, { mediaTime, presentationTime }: VideoFrameCallbackMetadata): void => {
      see(mediaTime, presentationTime);
      video.requestVideoFrameCallback(onFrame);
    };
    /** The last frame before a stop may not have been told of yet. */
    const stopped = (): void => {
      if (last && !video.seeking) see(video.currentTime, performance.now());
      tell();
    };
    // Where it was when it was told to jump: the frames just before may not have been told of yet.
    const clock = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'currentTime')!;
    Object.defineProperty(video, 'currentTime', {
      ...clock,
      set(position: number) {
        if (last && !video.paused && !video.seeking) see(video.currentTime, performance.now());
        clock.set!.call(video, position);
      },
    });
    video.requestVideoFrameCallback(onFrame);
    video.addEventListener('seeking', () => {
      // The first picture of the new place may be told of before the jump itself.
      if (!last || Math.abs(last.media - video.currentTime) > SLACK) jumped();
      sight.jumps++;
      tell();
    });
    video.addEventListener('emptied', () => {
      tell();
      jumped();
    });
    video.addEventListener('pause', stopped);
    video.addEventListener('ended', () => {
      sight.ends++;
      stopped();
    });
    // Where drawing is slow, frames are told of late: the clock of the lesson shows what was played until now.
    setInterval(() => {
      if (last && !video.paused && !video.seeking) see(video.currentTime, performance.now());
      tell();
    }, TELL_EVERY_MS);
    window.addEventListener('pagehide', tell);
  });
}
