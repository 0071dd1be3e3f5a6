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
  return {
    say(text) {
      if (!text.trim()) return;
      const write = (): void => void (region.textContent = text);
      if (region.textContent === '') write();
      else later(write);
    },
  };
}

/** Runs work after the next frame; at once where none is coming because the page is hidden. */
export function afterFrame(work: () => void): void {
  if (document.hidden) work();
  else requestAnimationFrame(() => setTimeout(work));
}
