import type { Lesson } from '../../../domain/catalogue/types.ts';
import type { PlayerSource } from '../../player/player-engine.ts';

/** A lesson's stream, and its file for boxes without an engine for streams. @param address makes a path absolute */
export function lessonSource({ media }: Lesson, address: (path: string) => string): PlayerSource {
  const { hls, mp4 } = media;
  const file = mp4 === undefined ? undefined : ({ url: address(mp4), kind: 'file' } as const);
  return hls === undefined ? file! : { url: address(hls), kind: 'hls', instead: file };
}
