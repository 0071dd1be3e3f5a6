import type { Lesson } from '../../../domain/catalogue/types.ts';
import type { Services } from '../../app/services.ts';
import { cueAt, type Cue } from '../../player/captions.ts';

type Track = NonNullable<Lesson['captions']>[number];

/** The captions of a lesson: its own file in the viewer's language, else what the stream carries. */
export class CaptionFeed {
  readonly #track: Track | undefined;
  #cues: readonly Cue[] | undefined;

  constructor(services: Services, lesson: Lesson) {
    this.#track = trackFor(lesson.captions ?? [], services.preferences().language);
    // A lesson without its captions is still a lesson: the file missing is not worth a message.
    if (this.#track)
      services.captions(this.#track.src).then(
        (cues) => (this.#cues = cues),
        () => undefined,
      );
  }

  /** True when there is something to switch on. */
  available(streamTracks: readonly unknown[]): boolean {
    return this.#track !== undefined || streamTracks.length > 0;
  }

  /** The caption at a moment. @param fromStream cues the engine found in the stream */
  at(position: number, fromStream: readonly Cue[]): string {
    return cueAt(this.#cues ?? fromStream, position)?.text ?? '';
  }
}

function trackFor(tracks: readonly Track[], language: string): Track | undefined {
  const base = language.split('-')[0];
  return (
    tracks.find(({ lang }) => lang === language) ??
    tracks.find(({ lang }) => lang.split('-')[0] === base) ??
    tracks[0]
  );
}
