/** A lesson in a box's decoder: its position runs with the clock. Seconds. */
export interface Film {
  readonly length: number;
  position(): number;
  run(): void;
  stand(): void;
  goTo(position: number): void;
  /** The line is dead: it stands though it should run. */
  freeze(frozen: boolean): void;
  /** Calls once each time the end is reached; for boxes that tell it. */
  onEnd: () => void;
}

export function createFilm(length: number): Film {
  let at = 0;
  let since: number | undefined;
  let wanted = false;
  let frozen = false;
  let ending: ReturnType<typeof setTimeout> | undefined;
  const now = (): number => performance.now() / 1000;
  const position = (): number => Math.min(length, at + (since === undefined ? 0 : now() - since));

  function settle(): void {
    at = position();
    clearTimeout(ending);
    since = wanted && !frozen ? now() : undefined;
    if (since !== undefined) ending = setTimeout(() => film.onEnd(), (length - at) * 1000);
  }

  const film: Film = {
    length,
    position,
    onEnd: () => undefined,
    run() {
      wanted = true;
      settle();
    },
    stand() {
      wanted = false;
      settle();
    },
    goTo(next) {
      since = undefined;
      at = Math.min(next, length);
      settle();
    },
    freeze(now_) {
      frozen = now_;
      settle();
    },
  };
  return film;
}
