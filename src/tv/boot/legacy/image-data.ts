/** Engines before Chromium 42 have the type but let nobody construct it; Lightning does on a 2D canvas. */
function isConstructible(): boolean {
  try {
    return new ImageData(1, 1).width === 1;
  } catch {
    return false;
  }
}

function constructed(pixels: Uint8ClampedArray, width: number, height: number): ImageData {
  const image = document.createElement('canvas').getContext('2d')!.createImageData(width, height);
  image.data.set(pixels);
  return image;
}

if (!isConstructible()) {
  // What the old engine makes by itself must stay an instance of it.
  constructed.prototype = ImageData.prototype;
  (window as { ImageData: unknown }).ImageData = constructed;
}
