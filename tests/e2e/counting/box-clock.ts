declare global {
  interface Window {
    /** Milliseconds by which the box's clock is off. */
    boxClock: { shift: number };
  }
}

/**
 * Runs in the page before everything else: its wall clock is that of a box; the monotonic one is left alone.
 *
 * @param start what the clock says when the box is switched on, milliseconds since 1970; null for the right time
 */
export function boxClock(start: number | null): void {
  const RealDate = Date;
  const clock = { shift: start === null ? 0 : start - RealDate.now() };
  window.boxClock = clock;
  window.Date = new Proxy(RealDate, {
    construct: (real, args: unknown[], target: typeof RealDate) =>
      Reflect.construct(real, args.length === 0 ? [RealDate.now() + clock.shift] : args, target) as Date,
    get: (real, name) =>
      name === 'now' ? () => RealDate.now() + clock.shift : (Reflect.get(real, name) as unknown),
  });
}
