/** Work that did not end in its time. */
export class TimeUp extends Error {
  override readonly name = 'TimeUp';
}

/**
 * The outcome of `work`, or a rejection with {@link TimeUp} after `ms` milliseconds. The work is not
 * stopped: AbortController is younger than the oldest browser promised.
 */
export function withinTime<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new TimeUp(`no answer within ${ms} ms`));
    }, ms);
    const stop = () => {
      clearTimeout(timer);
    };
    work.then(resolve, reject).then(stop, stop);
  });
}
