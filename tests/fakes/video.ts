import { createFilm } from './film.ts';

/** A `<video>` as browsers make it, with a film for what it plays; jsdom's own plays nothing. */
export interface FakeVideo {
  video: HTMLVideoElement;
  /** A stream is there: from now on it can be played. The element says so as browsers do. */
  attach(): void;
  /** What was there is gone, as by a new source. */
  detach(): void;
}

/** Milliseconds until a stream's head, and then its first picture, has come; a jump takes as long. */
const coming = 100;

/**
 * @param length of the film, seconds
 * @param onSource hears an address set on the element itself; without one it is passed over
 */
export function createFakeVideo(
  length: number,
  onSource?: (url: string, fake: FakeVideo) => void,
): FakeVideo {
  const video = document.createElement('video');
  const film = createFilm(length);
  let ready = 0;
  let paused = true;
  let ended = false;
  let seeking: ReturnType<typeof setTimeout> | undefined;
  let attached = 0;
  const tell = (...names: string[]): void =>
    names.forEach((name) => void video.dispatchEvent(new Event(name)));
  const later = (work: () => void, ms = coming): void => {
    const stream = attached;
    setTimeout(() => {
      if (stream === attached) work();
    }, ms);
  };
  const run = (): void => {
    if (paused || ready < 2 || seeking !== undefined) return;
    film.run();
    tell('playing');
  };

  function goTo(position: number): void {
    if (ready === 0) return;
    film.stand();
    film.goTo(position);
    ended = false;
    clearTimeout(seeking);
    seeking = setTimeout(() => {
      seeking = undefined;
      tell('seeked');
      run();
    }, coming);
    tell('seeking');
  }

  film.onEnd = () => {
    ended = true;
    paused = true;
    film.stand();
    tell('pause', 'ended');
  };

  const fake: FakeVideo = {
    video,
    attach() {
      fake.detach();
      later(() => {
        ready = 1;
        tell('durationchange', 'loadedmetadata');
        later(() => {
          ready = 4;
          tell('loadeddata');
          run();
        });
      });
    },
    detach() {
      attached++;
      clearTimeout(seeking);
      seeking = undefined;
      ready = 0;
      ended = false;
      film.stand();
      film.goTo(0);
    },
  };

  Object.defineProperties(video, {
    currentTime: { get: () => film.position(), set: goTo },
    duration: { get: () => (ready > 0 ? length : NaN) },
    readyState: { get: () => ready },
    paused: { get: () => paused },
    ended: { get: () => ended },
    textTracks: { value: [] },
    buffered: { get: () => ({ length: ready > 0 ? 1 : 0, start: () => 0, end: () => length }) },
    src: {
      get: () => video.getAttribute('src') ?? '',
      set(url: string) {
        video.setAttribute('src', url);
        onSource?.(url, fake);
      },
    },
    play: {
      value: () => {
        if (ended) goTo(0);
        paused = false;
        run();
        return Promise.resolve();
      },
    },
    pause: {
      value: () => {
        if (paused) return;
        paused = true;
        film.stand();
        tell('pause');
      },
    },
    load: { value: () => fake.detach() },
  });
  return fake;
}
