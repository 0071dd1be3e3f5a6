/** Where screen readers and automated tests read the app: one plain sentence, never empty. */
export interface Announcer {
  say(text: string): void;
}

/**
 * Writes into the page's live region; an empty text is ignored, so that something is always there.
 *
 * @param later runs work when the frame of a key has been made: the words need a layout, and the picture of the
 *   focus comes first. The very first words are written at once.
 */
export function createAnnouncer(
  region: HTMLElement,
  later: (work: () => void) => void = (work) => work(),
): Announcer {
  let waiting: string | undefined;
  const write = (): void => {
    if (waiting !== undefined) region.textContent = waiting;
    waiting = undefined;
  };
  return {
    say(text) {
      if (!text.trim()) return;
      // Words that still wait come first, or those of a held key would pile up behind it on a slow box.
      write();
      waiting = text;
      if (region.textContent === '') write();
      else later(write);
    },
  };
}

/** Milliseconds after which words wait for no frame any more. */
const longestFrame = 50;

/** Runs work after the next frame, or a moment later where none comes: a hidden page, a busy graphics chip. */
export function afterFrame(work: () => void): void {
  let done = false;
  const run = (): void => {
    if (done) return;
    done = true;
    work();
  };
  requestAnimationFrame(() => setTimeout(run));
  setTimeout(run, longestFrame);
}
