/** Counts whole seconds down; told of each, and of the end. One at a time. */
export class Countdown {
  #timer: ReturnType<typeof setInterval> | undefined;

  get running(): boolean {
    return this.#timer !== undefined;
  }

  /** @param onSecond hears the seconds left, the first at once */
  start(seconds: number, onSecond: (left: number) => void, onEnd: () => void): void {
    this.stop();
    let left = seconds;
    onSecond(left);
    this.#timer = setInterval(() => {
      left -= 1;
      if (left > 0) return onSecond(left);
      this.stop();
      onEnd();
    }, 1000);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
