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

/** Tofu boxes are all alike: two different characters that look the same mean that there is no font. */
function hasChineseFont(): boolean {
  const pictureOf = (char: string): string => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 24;
    const context = canvas.getContext('2d');
    if (!context) return char;
    context.font = '20px sans-serif';
    context.fillText(char, 2, 20);
    return canvas.toDataURL();
  };
  return pictureOf('田') !== pictureOf('课');
}
