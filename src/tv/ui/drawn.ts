import { Lightning } from '@lightningjs/sdk';

type Draw = (context: CanvasRenderingContext2D) => void;

/**
 * Template of an element whose picture is drawn once on a canvas, at the screen's real resolution, and
 * shared by all elements with the same key: rounded corners without a shader, one texture however many.
 *
 * @param key names the picture; equal keys must mean equal pictures.
 * @param w,h design units.
 */
export function drawn(
  key: string,
  w: number,
  h: number,
  draw: Draw,
): { w: number; h: number; texture: object } {
  return {
    w,
    h,
    texture: canvasTexture(`drawn:${key}:${w}x${h}`, w, h, (ready) => ready(undefined), draw),
  };
}

/**
 * A texture drawn on a canvas.
 *
 * @param load calls back with what it is drawn from, now or when that has come; the canvas is made only then, so
 *   that a key which brings a new card does not wait for it.
 */
export function canvasTexture<Material>(
  lookupId: string,
  w: number,
  h: number,
  load: (ready: (material: Material) => void) => void,
  draw: (context: CanvasRenderingContext2D, material: Material) => void,
): object {
  return {
    type: Lightning.textures.StaticCanvasTexture,
    content: {
      lookupId,
      factory: (
        callback: (error: Error | null, canvas?: HTMLCanvasElement) => void,
        stage: Lightning.Stage,
      ) => {
        load((material) => {
          const precision = stage.getRenderPrecision();
          const canvas = document.createElement('canvas');
          canvas.width = Math.ceil(w * precision);
          canvas.height = Math.ceil(h * precision);
          const context = canvas.getContext('2d');
          if (!context) return callback(new Error('no 2d canvas'));
          context.scale(precision, precision);
          draw(context, material);
          callback(null, canvas);
        });
      },
    },
  };
}

/** CSS text of a Lightning colour (0xAARRGGBB). */
export function css(argb: number): string {
  const [alpha, red, green, blue] = [argb >>> 24, (argb >> 16) & 255, (argb >> 8) & 255, argb & 255];
  return `rgba(${red},${green},${blue},${(alpha / 255).toFixed(3)})`;
}

/** Traces a rounded rectangle as the current path (CanvasRenderingContext2D.roundRect needs Chrome 99). */
export function roundedPath(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  w: number,
  h: number,
  radius: number,
): void {
  const r = Math.min(radius, w / 2, h / 2);
  context.beginPath();
  context.moveTo(x + r, y);
  context.arcTo(x + w, y, x + w, y + h, r);
  context.arcTo(x + w, y + h, x, y + h, r);
  context.arcTo(x, y + h, x, y, r);
  context.arcTo(x, y, x + w, y, r);
  context.closePath();
}

/** A filled rounded rectangle; white by default, so that the element's colour tints it. */
export function roundedBox(
  w: number,
  h: number,
  radius: number,
  fill = 0xffffffff,
): { w: number; h: number; texture: object } {
  return drawn(`box:${radius}:${fill}`, w, h, (context) => {
    roundedPath(context, 0, 0, w, h, radius);
    context.fillStyle = css(fill);
    context.fill();
  });
}

/** A rounded frame that stands `gap` outside a w×h thing: the focus ring. Placed by its own x and y. */
export function focusRing(
  w: number,
  h: number,
  radius: number,
  stroke: number,
  gap: number,
  paint: number,
): object {
  const out = gap + stroke;
  const ring = drawn(`ring:${radius}:${stroke}:${gap}:${paint}`, w + out * 2, h + out * 2, (context) => {
    const half = stroke / 2;
    roundedPath(context, half, half, w + out * 2 - stroke, h + out * 2 - stroke, radius + gap + half);
    context.lineWidth = stroke;
    context.strokeStyle = css(paint);
    context.stroke();
  });
  return { ...ring, x: -out, y: -out };
}
