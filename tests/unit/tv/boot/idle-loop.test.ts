// @vitest-environment jsdom
import { Lightning } from '@lightningjs/sdk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { drawOnChange } from '../../../../src/tv/boot/idle-loop.ts';
import { Button } from '../../../../src/tv/ui/Button.ts';
import { label } from '../../../../src/tv/ui/label.ts';
import { part, setText } from '../../../../src/tv/ui/parts.ts';
import { installFakeCanvas } from '../../../fakes/canvas.ts';

installFakeCanvas();

class Screen extends Lightning.Application {
  static override _template(): object {
    return {
      Words: { ...label('body', { text: '田间课堂' }) },
      Box: { rect: true, w: 100, h: 100 },
      Button: { type: Button, words: '播放' },
    };
  }
}

/** The frames that the browser was asked for and has not drawn yet. */
const asked: FrameRequestCallback[] = [];
let drawn = 0;

/** Draws as the browser would, until nobody asks any more. @returns the frames drawn */
function drawAll(): number {
  const before = drawn;
  while (asked.length > 0) {
    if (drawn - before > 500) throw new Error('the loop does not come to rest');
    drawn++;
    asked.shift()!(drawn * 16);
  }
  return drawn - before;
}

// One stage for all tests, as there is one in the app: the loop listens at Lightning's own prototypes.
const application = new Screen({
  // Seconds a frame: a transition of 0.2 s takes ten.
  stage: { w: 1280, h: 720, canvas2d: true, autostart: false, useImageWorker: false, fixedDt: 0.02 },
});
const child = (ref: string): Lightning.Element => part(application, ref);
let wake: () => void;

beforeAll(() => {
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => asked.push(frame));
  wake = drawOnChange(application.stage);
});
afterAll(() => {
  vi.unstubAllGlobals();
});

describe('drawing on change', () => {
  it('draws the first screen and comes to rest', () => {
    expect(asked).toHaveLength(1);
    expect(drawAll()).toBeGreaterThan(0);
    expect(asked).toEqual([]);
  });

  it.each<[what: string, change: () => void]>([
    ['a text', () => setText(child('Words'), '每月农话')],
    ['alpha', () => (child('Box').alpha = 0.5)],
    ['a place', () => (child('Box').x = 40)],
    ['a colour', () => (child('Box').color = 0xff00ff00)],
    ['what is visible', () => (child('Box').visible = false)],
    ['what is visible again', () => (child('Box').visible = true)],
    ['a child', () => application.childList.add(application.stage.c({ rect: true, w: 9, h: 9 }))],
    ['a transition', () => child('Box').setSmooth('x', 300, { duration: 0.2 })],
    ['the focus', () => (child('Button') as Button)._focus()],
  ])('wakes for %s, and rests again', (_, change) => {
    change();
    expect(asked).toHaveLength(1);
    expect(drawAll()).toBeGreaterThan(0);
    expect(asked).toEqual([]);
  });

  it('does not wake for what is as it was', () => {
    setText(child('Words'), child('Words').text!.text);
    child('Box').patch({ alpha: child('Box').alpha, x: child('Box').x });
    expect(asked).toEqual([]);
  });

  it('shows a transition to its end, step by step', () => {
    const box = child('Box');
    box.x = 0;
    drawAll();
    const seen: number[] = [];
    box.transition('x').on('progress', () => seen.push(box.x));
    box.setSmooth('x', 500, { duration: 0.2 });
    expect(drawAll()).toBeGreaterThanOrEqual(10);
    expect(box.x).toBe(500);
    expect(seen.length).toBeGreaterThanOrEqual(9);
    expect([...seen].sort((one, other) => one - other)).toEqual(seen);
  });

  it('draws a new text for real: its texture is there when the loop rests', () => {
    const words = child('Words');
    setText(words, '冬小麦越冬前');
    drawAll();
    expect(words.texture!.isLoaded()).toBe(true);
    expect(words.renderWidth).toBe(6 * 22);
  });

  it('asks for one frame at a time, however much changes', () => {
    for (let x = 1; x < 50; x++) child('Box').x = x;
    wake();
    expect(asked).toHaveLength(1);
    drawAll();
  });

  it('can be woken from outside', () => {
    wake();
    expect(drawAll()).toBeGreaterThan(0);
    expect(asked).toEqual([]);
  });

  it('says so when Lightning has changed inside', () => {
    const other = { root: { core: Object.create({ setHasRenderUpdates: () => undefined }) as object } };
    expect(() => drawOnChange(other as unknown as Lightning.Stage)).toThrow('addUpdateSourceTexture');
  });
});
