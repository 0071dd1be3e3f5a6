import type { Avplay } from '../../src/tv/player/engines/avplay.ts';
import { createFilm, type Film } from './film.ts';

export interface FakeAvplay {
  avplay: Avplay;
  film: Film;
  open: () => number;
  rect: () => number[];
}

/** Tizen's player with its states: a call in the wrong one throws. Milliseconds, and places of 1920×1080. */
export function createFakeAvplay(length: number): FakeAvplay {
  const film = createFilm(length);
  let state: ReturnType<Avplay['getState']> = 'NONE';
  let listener: Parameters<Avplay['setListener']>[0] = {};
  let url = '';
  let rect: number[] = [];
  const need = (...states: (typeof state)[]): void => {
    if (!states.includes(state)) throw new DOMException(`in ${state}`, 'InvalidStateError');
  };
  film.onEnd = () => listener.onstreamcompleted?.();
  const avplay: Avplay = {
    open(address) {
      need('NONE', 'IDLE');
      url = address;
      state = 'IDLE';
    },
    setListener: (next) => (listener = next),
    setStreamingProperty: () => need('IDLE'),
    setDisplayRect(...place) {
      need('IDLE', 'READY', 'PLAYING', 'PAUSED');
      rect = place;
    },
    prepareAsync(done, failed) {
      need('IDLE');
      setTimeout(() => {
        if (state !== 'IDLE') return;
        if (/missing/.test(url)) return failed({ name: 'PLAYER_ERROR_CONNECTION_FAILED' });
        state = 'READY';
        film.goTo(0);
        done();
      }, 300);
    },
    play() {
      need('READY', 'PLAYING', 'PAUSED');
      state = 'PLAYING';
      film.run();
    },
    pause() {
      need('PLAYING', 'PAUSED');
      state = 'PAUSED';
      film.stand();
    },
    seekTo(ms, done) {
      need('READY', 'PLAYING', 'PAUSED');
      setTimeout(() => {
        film.goTo(ms / 1000);
        done();
      }, 200);
    },
    stop() {
      need('READY', 'PLAYING', 'PAUSED');
      state = 'IDLE';
      film.stand();
    },
    close() {
      need('IDLE', 'READY', 'PLAYING', 'PAUSED');
      state = 'NONE';
      listener = {};
    },
    suspend: () => need('READY', 'PLAYING', 'PAUSED'),
    restore: () => undefined,
    getState: () => state,
    getCurrentTime() {
      need('IDLE', 'READY', 'PLAYING', 'PAUSED');
      return Math.round(film.position() * 1000);
    },
    getDuration() {
      need('READY', 'PLAYING', 'PAUSED');
      return length * 1000;
    },
  };
  return { avplay, film, open: () => (state === 'NONE' ? 0 : 1), rect: () => rect };
}
