// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { css, roundedPath } from '../../../../src/tv/ui/drawn.ts';
import { posterTexture } from '../../../../src/tv/ui/poster.ts';
import { ring } from '../../../../src/tv/ui/ring.ts';
import { focusScale, setTheme, typeOf } from '../../../../src/tv/ui/theme.ts';
import { installFakeCanvas } from '../../../fakes/canvas.ts';

installFakeCanvas();
afterEach(() => {
  setTheme({});
  vi.unstubAllGlobals();
});

interface Texture {
  texture: {
    content: {
      lookupId: string;
      factory: (done: (error: Error | null, canvas?: HTMLCanvasElement) => void, stage: object) => void;
    };
  };
}
const lookup = (template: object): string => (template as Texture).texture.content.lookupId;

describe('a Lightning colour in CSS', () => {
  it.each([
    [0xff000000, 'rgba(0,0,0,1.000)'],
    [0x80f2b544, 'rgba(242,181,68,0.502)'],
    [0x00ffffff, 'rgba(255,255,255,0.000)'],
  ])('%d is %s', (argb, text) => {
    expect(css(argb)).toBe(text);
  });
});

describe('a rounded rectangle', () => {
  it('never has corners larger than the rectangle', () => {
    const radii: number[] = [];
    const context = new Proxy(
      {},
      {
        get: (_, name) => (name === 'arcTo' ? (...args: number[]) => radii.push(args[4]!) : () => undefined),
      },
    );
    roundedPath(context as CanvasRenderingContext2D, 0, 0, 40, 20, 99);
    expect(radii).toEqual([10, 10, 10, 10]);
  });
});

describe('the ring of a year', () => {
  it('is one picture for shares that look the same, and another for others', () => {
    expect(lookup(ring(274, 26, 0.5))).toBe(lookup(ring(274, 26, 0.5001)));
    expect(lookup(ring(274, 26, 0.5))).not.toBe(lookup(ring(274, 26, 0.6)));
  });

  it('is never fuller than full nor emptier than empty', () => {
    expect(lookup(ring(274, 26, 3))).toBe(lookup(ring(274, 26, 1)));
    expect(lookup(ring(274, 26, -1))).toBe(lookup(ring(274, 26, 0)));
  });
});

describe('a poster', () => {
  const options = { w: 214, h: 150, radius: 14, title: '冬小麦', scrim: 0.72 };
  const stageOf = { getRenderPrecision: () => 1.5 };
  /** Draws the poster. @returns the canvas it became */
  const draw = (url: string | undefined) =>
    new Promise<HTMLCanvasElement>((resolve, reject) => {
      const { content } = posterTexture({ ...options, url }) as Texture['texture'];
      content.factory((error, canvas) => (error ? reject(error) : resolve(canvas!)), stageOf);
    });

  it('is drawn at the size it is shown, not at that of the picture', async () => {
    const canvas = await draw(undefined);
    expect([canvas.width, canvas.height]).toEqual([321, 225]);
  });

  it.each(['onload', 'onerror'] as const)('is there after %s of its picture', async (event) => {
    const asked: string[] = [];
    vi.stubGlobal(
      'Image',
      class {
        width = 640;
        height = 360;
        onload?: () => void;
        onerror?: () => void;
        set src(url: string) {
          asked.push(url);
          queueMicrotask(() => this[event]?.());
        }
      },
    );
    const canvas = await draw('http://box.test/poster.jpg');
    expect(asked).toEqual(['http://box.test/poster.jpg']);
    expect(canvas.width).toBe(321);
  });
});

describe('the theme', () => {
  it('scales text and line height together', () => {
    const { size, line } = typeOf('body');
    setTheme({ textScale: 1.5 });
    expect(typeOf('body')).toMatchObject({ size: size * 1.5, line: line * 1.5 });
  });

  it('lets wide things grow by less, so that their neighbours stay free', () => {
    expect(focusScale(100)).toBe(1.05);
    expect(focusScale(1152) * 1152 - 1152).toBeLessThanOrEqual(14.1);
  });

  it('holds no text under 18 px', () => {
    for (const style of [
      'hero',
      'title',
      'heading',
      'cardTitle',
      'button',
      'body',
      'small',
      'number',
    ] as const) {
      expect(typeOf(style).size).toBeGreaterThanOrEqual(18);
      expect(typeOf(style).line / typeOf(style).size).toBeGreaterThanOrEqual(1.2);
    }
  });
});
