import type { StopReason, WatchEvent } from '../../../src/domain/watching/watch-events.ts';

/** A span of content in seconds, and how it ended when watch events tell of it. */
export interface Span {
  start: number;
  end: number;
  why?: StopReason;
}

/**
 * The spans that watch events tell of.
 * @throws Error when they are out of order: a span opened twice, closed twice, or time going back
 */
export function spansOf(events: readonly WatchEvent[]): Span[] {
  const spans: Span[] = [];
  let open: Span | null = null;
  let at = -Infinity;
  for (const event of events) {
    if (event.at < at) throw new Error(`time goes back at ${JSON.stringify(event)}`);
    at = event.at;
    if ((event.type === 'started') !== (open === null)) {
      throw new Error(`${event.type} while ${open ? 'open' : 'closed'}: ${JSON.stringify(event)}`);
    }
    if (event.type === 'started') open = { start: event.position, end: event.position };
    else open!.end = event.position;
    if (event.type === 'stopped') {
      spans.push({ ...open!, why: event.why });
      open = null;
    }
  }
  if (open) spans.push(open);
  return spans;
}

/** Seconds of content covered, what was played twice counted once. */
export function coveredSeconds(spans: readonly Span[]): number {
  let covered = 0;
  let reached = -Infinity;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    covered += Math.max(0, span.end - Math.max(span.start, reached));
    reached = Math.max(reached, span.end);
  }
  return covered;
}

/** Seconds of `[start, end]` that the spans cover. */
export function secondsWithin(spans: readonly Span[], start: number, end: number): number {
  return coveredSeconds(
    spans
      .map((span) => ({ start: Math.max(span.start, start), end: Math.min(span.end, end) }))
      .filter((span) => span.end > span.start),
  );
}
