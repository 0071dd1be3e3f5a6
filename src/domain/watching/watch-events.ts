/**
 * What a watch session hears from playback. `at` is the box's monotonic clock in seconds (restarts at 0
 * with every boot), `position` is seconds from the lesson's beginning.
 *
 * Source: the design's rule that a segment is open only while the engine really plays.
 */
export type WatchEvent =
  | { type: 'started'; at: number; position: number; rate: number }
  | { type: 'moved'; at: number; position: number }
  | { type: 'stopped'; at: number; position: number; why: StopReason };

export type StopReason = 'pause' | 'seek' | 'stall' | 'hidden' | 'rate' | 'end' | 'error' | 'leave';

/** A half-open span of content that was played, in seconds: `[start, end)`. */
export interface Range {
  start: number;
  end: number;
}
