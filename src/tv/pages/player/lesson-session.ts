import type { Lesson } from '../../../domain/catalogue/types.ts';
import type { WatchEvent } from '../../../domain/watching/watch-events.ts';
import type { Services } from '../../app/services.ts';
import type { Recorder } from '../../study/recorder.ts';

/** The study side of one viewing: what is watched goes to the recorder, from the very first moment. */
export interface LessonSession {
  event(event: WatchEvent): void;
  /** Share of the lesson studied so far (0 to 1) and whether that completes it. */
  studied(): { coverage: number; completed: boolean };
  /** Ends the viewing; what was watched is kept and sent. Safe to call twice. */
  finish(): void;
}

export interface SessionHooks {
  /** There is no study code: the viewing earns nothing. */
  lost: () => void;
  /** The person studies on another box now: what is shown here counts only if somebody plays on. */
  elsewhere: () => void;
  /** One of several does; the lesson goes on for the others. */
  viewerElsewhere: (name: string) => void;
}

/**
 * Begins a viewing without making the picture wait: until the study code is there, what happens is kept in
 * order and handed over then. With no study code at all the lesson plays and earns nothing, and `lost`
 * says so.
 */
export function beginSession(
  services: Services,
  lesson: Lesson,
  playlistId: string | undefined,
  { lost, elsewhere, viewerElsewhere }: SessionHooks,
): LessonSession {
  const before = services.progress(lesson.id);
  let recorder: Recorder | undefined;
  let finished = false;
  let early: WatchEvent[] = [];
  services.study().then((study) => {
    const { county, playlists } = services.catalogue();
    const playlist = playlists.find(({ id }) => id === playlistId);
    const begin = (): Recorder => {
      const onSuperseded = (): void => {
        elsewhere();
        // Should somebody play on after all, that is a viewing of its own, and the newer one.
        if (!finished) recorder = begin();
      };
      return study.begin({
        ...{ lesson, county, onSuperseded, onViewerElsewhere: viewerElsewhere },
        ...(playlist ? { playlist } : {}),
      });
    };
    const first = begin();
    recorder = first;
    for (const event of early) first.event(event);
    early = [];
    if (finished) void first.finish();
  }, lost);
  return {
    event(event) {
      if (recorder) recorder.event(event);
      else early.push(event);
    },
    studied() {
      const { coverage, completed } = recorder?.progress() ?? before ?? { coverage: 0, completed: false };
      return { coverage, completed };
    },
    finish() {
      if (finished) return;
      finished = true;
      void recorder?.finish();
    },
  };
}
