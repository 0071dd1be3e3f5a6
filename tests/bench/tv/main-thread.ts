import type { Browser, Page } from 'playwright-core';

/** An event of a trace; times in microseconds. */
interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  /** Processor time of the thread, without waits. */
  tdur?: number;
  args: { name?: string; data?: { type?: string } };
}

/** What the main thread of one page did, in order. */
export interface MainThread {
  /** Processor milliseconds between two moments of the trace (microseconds). */
  work(from: number, to: number): number;
  /** Moments at which a key went down, microseconds. */
  keys: number[];
  keyUps: number[];
  /** Ends of commits of a frame. */
  commits: number[];
  begin: number;
  end: number;
}

const categories = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
];

/**
 * Traces a page while something is done with it.
 *
 * @throws Error when the trace holds no key press: the page cannot be told from others then.
 */
export async function traceMainThread(
  browser: Browser,
  page: Page,
  action: () => Promise<void>,
): Promise<MainThread> {
  await browser.startTracing(page, { categories });
  await action();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  return readMainThread(traceEvents);
}

/** Finds the page's main thread in a trace by the keys that it got. */
export function readMainThread(events: readonly TraceEvent[]): MainThread {
  const isKey = ({ name, args }: TraceEvent, type: string): boolean =>
    name === 'EventDispatch' && args.data?.type === type;
  const first = events.find((event) => isKey(event, 'keydown'));
  if (!first) throw new Error('no key press in the trace');
  const own = events
    .filter(({ pid, tid }) => pid === first.pid && tid === first.tid)
    .sort((a, b) => a.ts - b.ts);
  const tasks = own.filter(({ name, ph }) => name === 'RunTask' && ph === 'X');
  const endOf = ({ ts, dur = 0 }: TraceEvent): number => ts + dur;
  return {
    work(from, to) {
      let sum = 0;
      for (const task of tasks) {
        const { ts, dur = 0, tdur = 0 } = task;
        const inside = Math.min(endOf(task), to) - Math.max(ts, from);
        if (inside > 0 && dur > 0) sum += (tdur * inside) / dur;
      }
      return sum / 1000;
    },
    keys: own.filter((event) => isKey(event, 'keydown')).map(({ ts }) => ts),
    keyUps: own.filter((event) => isKey(event, 'keyup')).map(({ ts }) => ts),
    commits: own.filter(({ name }) => name === 'Commit').map(endOf),
    begin: tasks[0]?.ts ?? first.ts,
    end: tasks.length > 0 ? endOf(tasks[tasks.length - 1]!) : first.ts,
  };
}
