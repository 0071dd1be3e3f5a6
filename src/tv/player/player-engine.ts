import type { Cue } from './captions.ts';
import type { PlayerError } from './player-error.ts';

/** What to play. `file` is a progressive file (mp4, webm) that the box plays without a playlist. */
export interface PlayerSource {
  url: string;
  kind: 'hls' | 'file';
  /** What is played where no engine of this box plays this. */
  instead?: PlayerSource | undefined;
}

export interface SubtitleTrack {
  id: number;
  label: string;
  /** BCP 47, empty when the stream does not say. */
  language: string;
}

/** A place on the screen in units of a 1280 × 720 picture, whatever the real resolution. */
export interface ScreenRect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface EngineCaps {
  /** Can play at another rate than 1. */
  rate: boolean;
  /** Can show the picture in a part of the screen. Some IPTV boxes only know the full screen. */
  rect: boolean;
}

/**
 * What an engine reports. Position is not among it: it is polled, because on many boxes start and
 * end events are missing while the position can be trusted.
 */
export type EngineEvent =
  /** Length known, a first picture can be shown. */
  | { type: 'ready' }
  /** Length in seconds, again whenever it proves different. */
  | { type: 'duration'; duration: number }
  /** Frames begin to advance. */
  | { type: 'playing' }
  /** The picture stands because there is nothing to show. */
  | { type: 'waiting' }
  /** A seek asked for by `seek` has arrived: the picture there is shown. */
  | { type: 'seeked' }
  /** The engine moved the position by itself, over a hole in the stream say. */
  | { type: 'jumped' }
  /** The box paused by itself. */
  | { type: 'paused' }
  /** The browser wants a key pressed before it plays. */
  | { type: 'refused' }
  | { type: 'ended' }
  | { type: 'subtitle-tracks'; tracks: SubtitleTrack[]; selected: number | null }
  /** More cues of the chosen track; a stream hands them over bit by bit. */
  | { type: 'cues'; track: number; cues: Cue[] }
  | { type: 'error'; error: PlayerError };

export type EmitEngineEvent = (event: EngineEvent) => void;

/**
 * One way of playing: hls.js, a plain video element, the players of IPTV boxes, Tizen and
 * Android. An engine plays one source in its life; `destroy` frees the decoder for the next.
 */
export interface PlayerEngine {
  readonly name: 'hlsjs' | 'native' | 'ctc' | 'avplay' | 'bridge';
  readonly caps: EngineCaps;
  /** Begins fetching at once. @param startAt seconds from the beginning */
  load(source: PlayerSource, startAt: number): void;
  play(): void;
  pause(): void;
  /** @param position seconds from the beginning */
  seek(position: number): void;
  setRate(rate: number): void;
  setRect(rect: ScreenRect): void;
  /** @param id of a reported track; null for none */
  selectSubtitles(id: number | null): void;
  /** Seconds from the beginning. Stays where it was while the engine starts afresh. */
  position(): number;
  destroy(): void;
}

/**
 * Makes the engine that fits a source on this box; null when there is none. A promise when a library
 * must first be fetched, rejected when that fails.
 */
export type OpenEngine = (
  source: PlayerSource,
  emit: EmitEngineEvent,
) => PlayerEngine | null | Promise<PlayerEngine | null>;
