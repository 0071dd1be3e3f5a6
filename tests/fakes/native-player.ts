import type { BridgeWorld } from '../../src/tv/player/engines/bridge.ts';
import type { NativePlayerEvent } from '../../src/tv/player/engines/bridge-contract.ts';
import { createFilm, type Film } from './film.ts';

export interface FakeBridge {
  world: BridgeWorld;
  film: Film;
  open: () => number;
  rect: () => number[];
}

type Told = NativePlayerEvent extends infer E ? (E extends unknown ? Omit<E, 'id'> : never) : never;

/** The Android wrapper: answers are text, and events come as JSON a moment later, from another thread. */
export function createFakeBridge(length: number): FakeBridge {
  const film = createFilm(length);
  let loaded = 0;
  let ready = false;
  let wanted = false;
  let rect: number[] = [];
  const tell = (id: number, event: Told): void =>
    void setTimeout(() => world.__nativePlayerEvent?.(JSON.stringify({ id, ...event })), 5);
  film.onEnd = () => tell(loaded, { type: 'ended' });
  const world: BridgeWorld = {
    NativePlayer: {
      load(id, url, _kind, startAtMs) {
        loaded = id;
        ready = false;
        setTimeout(() => {
          if (loaded !== id) return;
          if (/missing/.test(url))
            return tell(id, { type: 'error', code: 'network', status: 404, detail: 'gone', fatal: true });
          ready = true;
          film.goTo(startAtMs / 1000);
          if (wanted) film.run();
          tell(id, { type: 'ready' });
        }, 300);
      },
      play() {
        wanted = true;
        if (ready) film.run();
      },
      pause() {
        wanted = false;
        film.stand();
      },
      seek(ms) {
        const id = loaded;
        setTimeout(() => {
          film.goTo(ms / 1000);
          tell(id, { type: 'seeked' });
        }, 200);
      },
      setRate: () => undefined,
      setRect: (...place) => (rect = place),
      position: () => (ready ? String(Math.round(film.position() * 1000)) : ''),
      duration: () => (ready ? String(length * 1000) : ''),
      capabilities: () => '{"rate":false,"rect":true}',
      release() {
        loaded = 0;
        ready = false;
        wanted = false;
        film.stand();
      },
    },
  };
  return { world, film, open: () => (loaded > 0 ? 1 : 0), rect: () => rect };
}
