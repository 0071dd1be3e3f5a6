import { css, drawn, roundedPath } from '../../ui/drawn.ts';
import { color, fontFaces } from '../../ui/theme.ts';

const w = 250;
const h = 500;

/** A remote control as most boxes have it, its six necessary keys in wheat gold. */
export function remoteDrawing(words: { ok: string; back: string }): object {
  return drawn(`remote:${words.ok}:${words.back}`, w, h, (context) => {
    roundedPath(context, 2, 2, w - 4, h - 4, 46);
    context.fillStyle = css(color.groundRaised);
    context.fill();
    context.lineWidth = 3;
    context.strokeStyle = css(color.track);
    context.stroke();
    drawPad(context, w / 2, 180, words.ok);
    key(context, w / 2 - 42, 318, 84, 44, color.focus, words.back, color.ink);
    for (let digit = 0; digit < 9; digit++)
      key(
        context,
        50 + (digit % 3) * 54,
        384 + Math.floor(digit / 3) * 36,
        42,
        28,
        color.track,
        String(digit + 1),
        color.textSoft,
      );
    context.fillStyle = css(color.brick);
    context.beginPath();
    context.arc(w / 2, 46, 14, 0, Math.PI * 2);
    context.fill();
  });
}

function drawPad(context: CanvasRenderingContext2D, x: number, y: number, ok: string): void {
  context.fillStyle = css(color.focus);
  context.beginPath();
  context.arc(x, y, 96, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = css(color.ground);
  for (const [dx, dy] of [
    [0, -1],
    [1, 0],
    [0, 1],
    [-1, 0],
  ] as const) {
    const [cx, cy] = [x + dx * 72, y + dy * 72];
    context.beginPath();
    context.moveTo(cx + dx * 13, cy + dy * 13);
    context.lineTo(cx - dx * 8 - dy * 15, cy - dy * 8 - dx * 15);
    context.lineTo(cx - dx * 8 + dy * 15, cy - dy * 8 + dx * 15);
    context.fill();
  }
  context.beginPath();
  context.arc(x, y, 44, 0, Math.PI * 2);
  context.fillStyle = css(color.text);
  context.fill();
  write(context, ok, x, y, 26, color.ink);
}

function key(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  paint: number,
  words: string,
  ink: number,
): void {
  roundedPath(context, x, y, width, height, height / 2);
  context.fillStyle = css(paint);
  context.fill();
  write(context, words, x + width / 2, y + height / 2, Math.min(22, height * 0.62), ink);
}

function write(
  context: CanvasRenderingContext2D,
  words: string,
  x: number,
  y: number,
  size: number,
  ink: number,
): void {
  context.font = `bold ${size}px ${fontFaces.map((face) => `"${face}"`).join(',')}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = css(ink);
  context.fillText(words, x, y + 1);
}
