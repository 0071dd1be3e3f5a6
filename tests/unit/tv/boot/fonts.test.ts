// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadFallbackFont } from '../../../../src/tv/boot/fonts.ts';
import { installFakeCanvas } from '../../../fakes/canvas.ts';

installFakeCanvas();

const asked: string[] = [];
const added: unknown[] = [];

/** A box that draws Hanzi, or the same empty square for each. @param sizes it tells the size of what it draws */
function boxWith(hanzi: boolean, sizes = true): void {
  let picture = 0;
  const context = {
    measureText: () =>
      sizes ? { actualBoundingBoxAscent: hanzi ? picture++ : 7, actualBoundingBoxDescent: 0 } : { width: 20 },
    clearRect: vi.fn(),
    fillText: vi.fn(),
    getImageData: () => ({ data: new Uint8ClampedArray([hanzi ? picture++ : 7]) }),
  };
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context as never);
}

/** The font's file comes, does not come, or takes for ever. */
function fontThat(load: () => Promise<unknown>): void {
  vi.stubGlobal(
    'FontFace',
    class {
      constructor(family: string) {
        asked.push(family);
      }
      load = load;
    },
  );
}

beforeEach(() => {
  asked.length = added.length = 0;
  vi.useFakeTimers();
  Object.assign(document, { fonts: { add: (face: unknown) => added.push(face) } });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('the stand-in font', () => {
  it.each([true, false])('is not fetched where the box has Hanzi (tells sizes: %s)', async (sizes) => {
    boxWith(true, sizes);
    fontThat(() => Promise.resolve('font'));
    await loadFallbackFont();
    expect(asked).toEqual([]);
  });

  it.each([true, false])('is fetched where the box has none, and used (tells sizes: %s)', async (sizes) => {
    boxWith(false, sizes);
    fontThat(() => Promise.resolve('font'));
    await loadFallbackFont();
    expect(asked).toHaveLength(1);
    expect(added).toEqual(['font']);
  });

  it('that cannot be had does not stop the start', async () => {
    boxWith(false);
    fontThat(() => Promise.reject(new Error('404')));
    await expect(loadFallbackFont()).resolves.toBeUndefined();
    expect(added).toEqual([]);
  });

  it('that takes for ever is not waited for', async () => {
    boxWith(false);
    fontThat(() => new Promise(() => undefined));
    const done = vi.fn();
    const loading = loadFallbackFont().then(done);
    await vi.advanceTimersByTimeAsync(1000);
    expect(done).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(9000);
    await loading;
    expect(done).toHaveBeenCalledOnce();
  });

  it('is done without on engines that know no FontFace', async () => {
    boxWith(false);
    vi.stubGlobal('FontFace', undefined);
    await expect(loadFallbackFont()).resolves.toBeUndefined();
  });
});
