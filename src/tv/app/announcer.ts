/** Where screen readers and automated tests read the app: one plain sentence, never empty. */
export interface Announcer {
  say(text: string): void;
}

/** Writes into the page's live region; an empty text is ignored, so that something is always there. */
export function createAnnouncer(region: HTMLElement): Announcer {
  return {
    say(text) {
      if (text.trim()) region.textContent = text;
    },
  };
}
