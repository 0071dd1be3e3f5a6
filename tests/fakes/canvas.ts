/** What jsdom lacks for Lightning's canvas renderer: a 2D context that draws nothing but measures text. */

type Context = Record<string | symbol, unknown>;

const hanziFrom = 0x2e80;

/** Every Hanzi is as wide as the font is high, every other character half as wide. */
function measure(text: string, font: string): { width: number } {
  const size = Number(/(\d+(?:\.\d+)?)px/.exec(font)?.[1] ?? 10);
  const width = [...text].reduce(
    (sum, char) => sum + (char.codePointAt(0)! < hanziFrom ? size / 2 : size),
    0,
  );
  return { width };
}

function fakeContext(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const gradient = { addColorStop: () => undefined };
  const state: Context = {
    canvas,
    font: '10px sans-serif',
    measureText: (text: string) => measure(text, String(state['font'])),
    getImageData: (_x: number, _y: number, width: number, height: number) => ({
      width,
      height,
      data: new Uint8ClampedArray(4),
    }),
    createLinearGradient: () => gradient,
    createRadialGradient: () => gradient,
  };
  const noop = (): undefined => undefined;
  return new Proxy(state, {
    get: (target, key) => (key in target ? target[key] : noop),
    set: (target, key, value) => {
      target[key] = value;
      return true;
    },
  }) as unknown as CanvasRenderingContext2D;
}

/** Gives jsdom's canvases the fake context; WebGL stays missing, so Lightning draws on canvas 2D. */
export function installFakeCanvas(): void {
  const contexts = new WeakMap<HTMLCanvasElement, CanvasRenderingContext2D>();
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string) {
    if (kind !== '2d') return null;
    const context = contexts.get(this) ?? fakeContext(this);
    contexts.set(this, context);
    return context;
  } as never;
  // Lightning asks `instanceof ImageData` of every texture source.
  const scope = globalThis as { ImageData?: unknown };
  scope.ImageData ??= class {};
}
