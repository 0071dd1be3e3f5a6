/** The layer under the page in which a box's own player shows its picture. */
export interface VideoPlane {
  /** Opens the view through the page to the picture. */
  uncover(): void;
  /** The page is opaque again. */
  cover(): void;
}

/**
 * The canvas is clear where nothing is drawn, so the picture shows wherever the page behind it is clear too:
 * its background and the empty `<video>` go away while the box plays.
 */
export function createVideoPlane(page: HTMLElement[], video: HTMLElement): VideoPlane {
  return {
    uncover() {
      for (const { style } of page) style.background = 'transparent';
      video.style.display = 'none';
    },
    cover() {
      for (const { style } of page) style.background = '';
      video.style.display = '';
    },
  };
}
