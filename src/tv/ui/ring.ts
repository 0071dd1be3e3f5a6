import { css, drawn } from './drawn.ts';
import { color } from './theme.ts';

/**
 * A ring filled clockwise from the top.
 *
 * @param size outer width, design units.
 * @param share 0 to 1, drawn in steps of one in 120 so that few textures are made.
 */
export function ring(size: number, thickness: number, share: number, paint: number = color.focus): object {
  const steps = Math.round(Math.max(0, Math.min(1, share)) * 120);
  return drawn(`arc:${thickness}:${steps}:${paint}`, size, size, (context) => {
    const middle = size / 2;
    const radius = middle - thickness / 2;
    context.lineWidth = thickness;
    context.lineCap = 'round';
    context.strokeStyle = css(0x2ef3f1ea);
    context.beginPath();
    context.arc(middle, middle, radius, 0, Math.PI * 2);
    context.stroke();
    if (steps === 0) return;
    context.strokeStyle = css(paint);
    context.beginPath();
    context.arc(middle, middle, radius, -Math.PI / 2, -Math.PI / 2 + (Math.PI * 2 * steps) / 120);
    context.stroke();
  });
}
