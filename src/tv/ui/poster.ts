import { canvasTexture, css, roundedPath } from './drawn.ts';
import { color, fontFaces } from './theme.ts';

export interface PosterOptions {
  /** Absolute address; without one, or when it cannot be loaded, a card is drawn instead. */
  url: string | undefined;
  w: number;
  h: number;
  radius: number;
  /** What the drawn card is about: fixes its colour, and its first character is shown. */
  title: string;
  /** Share of the height, from below, that darkens so that text on it can be read. */
  scrim: number;
}

/**
 * A texture with the poster cut to the shown size (a village box has no memory for more), its corners
 * rounded and its scrim drawn in: one quad and no shader per card.
 */
export function posterTexture(options: PosterOptions): object {
  const { url, w, h, radius, title, scrim } = options;
  const id = `poster:${url ?? title}:${w}x${h}:${radius}:${scrim}`;
  const load = (ready: (image: HTMLImageElement | undefined) => void): void => {
    if (url) loadImage(url, ready);
    else ready(undefined);
  };
  return canvasTexture(id, w, h, load, (context, image) => {
    roundedPath(context, 0, 0, w, h, radius);
    context.clip();
    if (image) drawCover(context, image, w, h);
    else drawStandIn(context, title, w, h);
    drawScrim(context, w, h, scrim);
  });
}

function loadImage(url: string, done: (image: HTMLImageElement | undefined) => void): void {
  const image = new Image();
  // Without CORS a picture from a mirror would taint the canvas and could not become a texture.
  image.crossOrigin = 'anonymous';
  image.onload = () => done(image);
  image.onerror = () => done(undefined);
  image.src = url;
}

function drawCover(context: CanvasRenderingContext2D, image: HTMLImageElement, w: number, h: number): void {
  const zoom = Math.max(w / image.width, h / image.height);
  const [width, height] = [image.width * zoom, image.height * zoom];
  context.drawImage(image, (w - width) / 2, (h - height) / 2, width, height);
}

function drawStandIn(context: CanvasRenderingContext2D, title: string, w: number, h: number): void {
  let seed = 0;
  for (const char of title) seed = (seed * 31 + char.charCodeAt(0)) % 360;
  const gradient = context.createLinearGradient(0, 0, w, h);
  gradient.addColorStop(0, `hsl(${seed},35%,42%)`);
  gradient.addColorStop(1, `hsl(${(seed + 40) % 360},35%,24%)`);
  context.fillStyle = gradient;
  context.fillRect(0, 0, w, h);
  context.font = `bold ${Math.round(h * 0.5)}px ${fontFaces.map((face) => `"${face}"`).join(',')}`;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.fillStyle = 'rgba(255,255,255,.28)';
  context.fillText([...title][0] ?? '', w - h * 0.12, h * 0.42);
}

function drawScrim(context: CanvasRenderingContext2D, w: number, h: number, share: number): void {
  if (share <= 0) return;
  const top = h * (1 - share);
  const gradient = context.createLinearGradient(0, top, 0, h);
  gradient.addColorStop(0, 'rgba(6,11,9,0)');
  gradient.addColorStop(0.38, 'rgba(6,11,9,.64)');
  gradient.addColorStop(1, css(color.scrim));
  context.fillStyle = gradient;
  context.fillRect(0, top, w, h - top);
}
