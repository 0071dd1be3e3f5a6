import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitViewport } from '../../../../src/tv/boot/viewport.ts';

describe('the stage', () => {
  it.each([
    ['a 720p box', { w: 1280, h: 720 }, { w: 1280, h: 720, precision: 1, left: 0, top: 0 }],
    ['a 1080p box', { w: 1920, h: 1080 }, { w: 1920, h: 1080, precision: 1.5, left: 0, top: 0 }],
    ['a 4K box, drawn at 1080p', { w: 3840, h: 2160 }, { w: 1920, h: 1080, precision: 1.5, cssW: 3840 }],
    ['a 4:3 screen, with bars above and below', { w: 1024, h: 768 }, { w: 1024, h: 576, left: 0, top: 96 }],
    ['a very wide screen, with bars beside', { w: 2560, h: 1080 }, { w: 1920, left: 320, top: 0 }],
    ['a laptop of 1366×768', { w: 1366, h: 768 }, { cssW: 1365, cssH: 768, top: 0 }],
  ])('fits %s', (_, inner, expected) => {
    expect(fitViewport(inner)).toMatchObject(expected);
  });

  it('is there even while the window has no size yet', () => {
    const { w, h, precision } = fitViewport({ w: 0, h: 0 });
    expect({ w, h, precision }).toEqual({ w: 1280, h: 720, precision: 1 });
  });

  it('is always 16:9, inside the window, in its middle, and never wider than 1080p', () => {
    const side = fc.integer({ min: 200, max: 5000 });
    fc.assert(
      fc.property(side, side, (w, h) => {
        const view = fitViewport({ w, h });
        expect(Math.abs(view.cssW / view.cssH - 16 / 9)).toBeLessThan(0.02);
        expect(view.cssW).toBeLessThanOrEqual(w);
        expect(view.cssH).toBeLessThanOrEqual(h + 1);
        expect(Math.abs(view.left * 2 + view.cssW - w)).toBeLessThanOrEqual(1);
        expect(Math.abs(view.top * 2 + view.cssH - h)).toBeLessThanOrEqual(1);
        expect(view.w).toBeLessThanOrEqual(1920);
        expect(view.precision * 1280).toBeCloseTo(view.w);
      }),
    );
  });
});
