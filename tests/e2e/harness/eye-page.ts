/** The page that looks at screenshots for the tests; see eye.ts. */
import type { Box } from './eye.ts';

export interface EyeInPage {
  rings(picture: string): Promise<Box[]>;
  difference(before: string, after: string, box: Box): Promise<number>;
  share(picture: string, box: Box, colour: number): Promise<number>;
}

declare global {
  interface Window {
    eye: EyeInPage;
  }
}

async function pixels(picture: string): Promise<ImageData> {
  const bytes = Uint8Array.from(atob(picture), (char) => char.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const canvas = new OffscreenCanvas(1280, 720);
  const context = canvas.getContext('2d')!;
  context.drawImage(bitmap, 0, 0, 1280, 720);
  return context.getImageData(0, 0, 1280, 720);
}

function near({ data }: ImageData, at: number, colour: number, tolerance: number): boolean {
  return (
    Math.abs(data[at]! - (colour >> 16)) < tolerance &&
    Math.abs(data[at + 1]! - ((colour >> 8) & 255)) < tolerance &&
    Math.abs(data[at + 2]! - (colour & 255)) < tolerance
  );
}

/** Gold areas that hang together, each as the list of its pixels. */
function goldAreas(image: ImageData): number[][] {
  const { width, height } = image;
  const gold = new Uint8Array(width * height);
  for (let i = 0; i < gold.length; i++) gold[i] = near(image, i * 4, 0xf2b544, 40) ? 1 : 0;
  const areas: number[][] = [];
  for (let first = 0; first < gold.length; first++) {
    if (!gold[first]) continue;
    const area = [first];
    gold[first] = 0;
    for (const here of area)
      for (const step of [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1])
        if (gold[here + step]) {
          gold[here + step] = 0;
          area.push(here + step);
        }
    areas.push(area);
  }
  return areas;
}

/** A frame touches its four sides along most of their length and is empty inside. */
function frameOf(area: number[], width: number): Box | undefined {
  const xs = area.map((at) => at % width);
  const ys = area.map((at) => Math.floor(at / width));
  const [left, right] = [xs.reduce((a, b) => Math.min(a, b)), xs.reduce((a, b) => Math.max(a, b))];
  const [top, bottom] = [ys.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.max(a, b))];
  const [w, h] = [right - left + 1, bottom - top + 1];
  if (w < 50 || h < 40 || area.length > w * h * 0.6) return undefined;
  const band = 10;
  const touching = (along: number[], across: number[], edge: number): number =>
    new Set(along.filter((_, i) => Math.abs(across[i]! - edge) < band)).size;
  const long = [touching(xs, ys, top) / w, touching(xs, ys, bottom) / w];
  const short = [touching(ys, xs, left) / h, touching(ys, xs, right) / h];
  const isFrame = long.every((share) => share > 0.55) && short.every((share) => share > 0.5);
  return isFrame ? { x: left, y: top, w, h } : undefined;
}

window.eye = {
  async rings(picture) {
    const image = await pixels(picture);
    return goldAreas(image)
      .filter((area) => area.length > 200)
      .map((area) => frameOf(area, image.width))
      .filter((frame) => frame !== undefined);
  },
  async difference(before, after, { x, y, w, h }) {
    const [a, b] = [await pixels(before), await pixels(after)];
    let different = 0;
    for (let row = y; row < y + h; row++)
      for (let column = x; column < x + w; column++) {
        const at = (row * a.width + column) * 4;
        const step = (k: number): number => Math.abs(a.data[at + k]! - b.data[at + k]!);
        if (step(0) + step(1) + step(2) > 60) different++;
      }
    return different / (w * h);
  },
  async share(picture, { x, y, w, h }, colour) {
    const image = await pixels(picture);
    let found = 0;
    for (let row = y; row < y + h; row++)
      for (let column = x; column < x + w; column++)
        if (near(image, (row * image.width + column) * 4, colour, 24)) found++;
    return found / (w * h);
  },
};
