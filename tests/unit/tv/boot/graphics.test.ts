import { beforeEach, describe, expect, it } from 'vitest';
import { openGraphics, type Graphics } from '../../../../src/tv/boot/graphics.ts';
import { fitViewport } from '../../../../src/tv/boot/viewport.ts';

const view = fitViewport({ w: 1280, h: 720 });

/** A box whose chip can be lost; `contexts` are the names it knows. */
class Box {
  restarts = 0;
  replaced: string[] = [];
  contexts = ['webgl'];
  lostAlready = false;
  search = '';
  #lose: (() => void)[] = [];
  readonly #kept = new Map<string, string>();
  storage: Storage | undefined = {
    getItem: (name: string) => this.#kept.get(name) ?? null,
    setItem: (name: string, text: string) => void this.#kept.set(name, text),
  } as Storage;

  start(): Graphics {
    this.#lose = [];
    const canvas = {
      getContext: (name: string) =>
        this.contexts.includes(name) ? { isContextLost: () => this.lostAlready } : null,
      addEventListener: (_: string, listener: () => void) => this.#lose.push(listener),
    };
    return openGraphics(view, {
      document: { createElement: () => canvas } as unknown as Document,
      location: {
        ...{ pathname: '/tv/', search: this.search, hash: '#lesson/a' },
        replace: (address: string) => void this.replaced.push(address),
      } as unknown as Location,
      storage: this.storage,
      restart: () => void this.restarts++,
    });
  }

  lose(): void {
    for (const listener of this.#lose) listener();
  }
}

let box: Box;
beforeEach(() => {
  box = new Box();
});

describe('the stage is drawn', () => {
  it('by the chip where there is one, by its old name too', () => {
    expect(box.start()).toHaveProperty('context');
    box.contexts = ['experimental-webgl'];
    expect(box.start()).toHaveProperty('context');
  });

  it('in Canvas 2D where there is none, or a lost one', () => {
    box.lostAlready = true;
    expect(box.start()).toEqual({ canvas2d: true });
    box.contexts = [];
    expect(box.start()).toEqual({ canvas2d: true });
  });

  it('as the address has it', () => {
    box.search = '?profile=ctc&graphics=canvas';
    expect(box.start()).toEqual({ canvas2d: true });
    box.search = '?graphics=webgl';
    for (let times = 0; times < 3; times++) {
      expect(box.start()).toHaveProperty('context');
      box.lose();
    }
  });
});

describe('a chip that is lost', () => {
  it('is tried once more, and then left alone', () => {
    expect(box.start()).toHaveProperty('context');
    box.lose();
    expect(box.start()).toHaveProperty('context');
    box.lose();
    expect(box.start()).toEqual({ canvas2d: true });
    expect(box.restarts).toBe(2);
    expect(box.replaced).toEqual([]);
  });

  it.each([
    ['', '/tv/?graphics=canvas#lesson/a'],
    ['?profile=ctc', '/tv/?profile=ctc&graphics=canvas#lesson/a'],
  ])('is not tried again where nothing can be kept: %s', (search, address) => {
    box.storage = undefined;
    box.search = search;
    box.start();
    box.lose();
    expect(box.replaced).toEqual([address]);
    expect(box.restarts).toBe(0);
  });
});
