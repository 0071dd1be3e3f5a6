/** The stage for a window: the largest 16:9 picture that fits, drawn at its real resolution. */
export interface Viewport {
  /** Canvas pixels. */
  w: number;
  h: number;
  /** Canvas pixels per design unit (the design is 1280×720). */
  precision: number;
  /** CSS pixels of the picture's corner, where the window is not 16:9. */
  left: number;
  top: number;
}

/** More pixels than this cost a weak box more than they show. */
const mostPixelsWide = 1920;

/** @param inner the window's size in CSS pixels. */
export function fitViewport(inner: { w: number; h: number }): Viewport & { cssW: number; cssH: number } {
  const cssW = Math.min(inner.w, Math.round((inner.h * 16) / 9)) || 1280;
  const cssH = Math.round((cssW * 9) / 16);
  const w = Math.min(cssW, mostPixelsWide);
  return {
    w,
    h: Math.round((w * 9) / 16),
    precision: w / 1280,
    cssW,
    cssH,
    left: Math.round((inner.w - cssW) / 2),
    top: Math.round((inner.h - cssH) / 2),
  };
}
