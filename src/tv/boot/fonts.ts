/** Family of the bundled stand-in for boxes without a Chinese font. */
const family = 'Field Classroom';
const file = 'static/fonts/field-classroom-sc.woff2';
const patienceMs = 4000;

/**
 * Loads the bundled font only where the box has no Chinese font of its own. A font that does not come in
 * time is done without: text in a plain face is better than a dark screen.
 */
export async function loadFallbackFont(): Promise<void> {
  if (hasChineseFont() || typeof FontFace !== 'function') return;
  const face = new FontFace(family, `url(${file})`);
  const late = new Promise<void>((resolve) => setTimeout(resolve, patienceMs));
  const loaded = face.load().then(
    (ready) => {
      document.fonts.add(ready);
    },
    () => undefined,
  );
  await Promise.race([loaded, late]);
}

/**
 * Tofu boxes are all alike: two very different characters with the same shape mean that there is no font. Newer
 * engines tell the size of a shape without drawing it; older ones draw, where it is read: reading from the
 * graphics chip waits for it to start.
 */
function hasChineseFont(): boolean {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 24;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return true;
  context.font = '20px sans-serif';
  const shapeOf = (char: string): string => {
    const { actualBoundingBoxAscent: above, actualBoundingBoxDescent: below } = context.measureText(
      char,
    ) as Partial<TextMetrics>;
    if (above !== undefined) return `${above} ${below}`;
    context.clearRect(0, 0, 24, 24);
    context.fillText(char, 2, 20);
    return context.getImageData(0, 0, 24, 24).data.join();
  };
  return shapeOf('一') !== shapeOf('田');
}
