import { Lightning } from '@lightningjs/sdk';
import type { KeyName } from '../../domain/remote/key-names.ts';
import { css, drawn, roundedBox, roundedPath } from './drawn.ts';
import { label } from './label.ts';
import { part } from './parts.ts';
import { body, directions, pad, standsFor, straightKeys, type DrawnKey } from './remote-keys.ts';
import { color, type Type } from './theme.ts';

/** How a key looks: not needed; enough for everything; taught on this box; the one to be pressed now. */
export type KeyLook = 'plain' | 'needed' | 'learned' | 'asked';

/** What is written on keys that have words; digits and signs need none. */
export type KeyWords = Readonly<Record<'Enter' | 'Back' | 'Home' | 'Info', string>>;

const paints: Record<KeyLook, number> = {
  plain: color.track,
  needed: color.focus,
  learned: color.done,
  asked: color.focus,
};
/** Triangles to the left or right and bars, from left to right. */
const signs: Partial<Record<KeyName, string>> = { Rewind: '<<', PlayPause: '>||', FastForward: '>>' };
/** Seconds a pressed key stays white. */
const glow = 0.5;

/** A remote control as most boxes have it; its keys take colours and light up when they are pressed. */
export class RemoteDrawing extends Lightning.Component {
  #looks: Partial<Record<KeyName, KeyLook>> = {};
  #pressed: KeyName | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  static override _template(): object {
    return { w: body.w, h: body.h, Body: bodyPicture(), Keys: {} };
  }

  set words(words: KeyWords) {
    const written = (name: KeyName): string => words[name as keyof KeyWords] ?? name.replace('Digit', '');
    part(this, 'Keys').children = [
      ...Object.entries(directions).map(([name, turn]) => arrowKey(name, turn)),
      okKey(words.Enter),
      ...straightKeys.map((key) => straightKey(key, written(key.name))),
    ];
    this.#paint();
  }

  /** Keys that are not named are plain. */
  set looks(looks: Partial<Record<KeyName, KeyLook>>) {
    this.#looks = looks;
    this.#paint();
  }

  /** Lights a key for a moment. */
  press(name: KeyName): void {
    clearTimeout(this.#timer);
    this.#pressed = standsFor[name] ?? name;
    this.#timer = setTimeout(() => {
      this.#pressed = undefined;
      this.#paint();
    }, glow * 1000);
    this.#paint();
  }

  override _detach(): void {
    clearTimeout(this.#timer);
  }

  #paint(): void {
    for (const key of part(this, 'Keys').children) {
      const name = key.ref as KeyName;
      const look = this.#looks[name] ?? 'plain';
      const pressed = name === this.#pressed;
      part(key, 'Face').color = pressed ? color.white : paints[look];
      part(key, 'Sign').color = pressed || look !== 'plain' ? color.ink : color.text;
    }
  }
}

function bodyPicture(): object {
  return drawn('remote-body', body.w, body.h, (context) => {
    roundedPath(context, 2, 2, body.w - 4, body.h - 4, body.radius);
    context.fillStyle = css(color.groundRaised);
    context.fill();
    context.lineWidth = 3;
    context.strokeStyle = css(color.track);
    context.stroke();
  });
}

/** A quarter of the ring around OK, with an arrow. */
function arrowKey(ref: string, turn: number): object {
  const size = pad.outer * 2;
  const middle = (turn * Math.PI) / 2;
  const half = Math.PI / 4 - 0.03;
  const face = drawn(`remote-pad:${turn}`, size, size, (context) => {
    context.beginPath();
    context.arc(pad.outer, pad.outer, pad.outer, middle - half, middle + half);
    context.arc(pad.outer, pad.outer, pad.inner + 6, middle + half, middle - half, true);
    context.closePath();
    context.fillStyle = css(color.white);
    context.fill();
  });
  const sign = drawn(`remote-arrow:${turn}`, 26, 26, (context) => {
    context.translate(13, 13);
    context.rotate(middle);
    context.beginPath();
    context.moveTo(9, 0);
    context.lineTo(-7, 12);
    context.lineTo(-7, -12);
    context.closePath();
    context.fillStyle = css(color.white);
    context.fill();
  });
  const out = (pad.outer + pad.inner + 6) / 2;
  return {
    ref,
    x: pad.x - pad.outer,
    y: pad.y - pad.outer,
    Face: face,
    Sign: {
      ...sign,
      x: pad.outer + Math.cos(middle) * out,
      y: pad.outer + Math.sin(middle) * out,
      mount: 0.5,
    },
  };
}

function okKey(words: string): object {
  const size = pad.inner * 2;
  return {
    ref: 'Enter',
    x: pad.x - pad.inner,
    y: pad.y - pad.inner,
    Face: roundedBox(size, size, pad.inner),
    Sign: sign(words, size, size, 26),
  };
}

function straightKey({ name, x, y, w, h }: DrawnKey, words: string): object {
  const shape = signs[name];
  return {
    ref: name,
    x,
    y,
    Face: roundedBox(w, h, Math.min(18, h / 2)),
    Sign: shape ? mediaSign(shape, w, h) : sign(words, w, h, name.startsWith('Digit') ? 19 : 20),
  };
}

function mediaSign(shape: string, w: number, h: number): object {
  const [unit, high] = [11, 14];
  const picture = drawn(`remote-sign:${shape}`, shape.length * unit, high, (context) => {
    context.fillStyle = css(color.white);
    [...shape].forEach((one, index) => {
      const left = index * unit;
      if (one === '|') return context.fillRect(left + 2, 0, 5, high);
      const [from, to] = one === '<' ? [left + unit, left] : [left, left + unit];
      context.beginPath();
      context.moveTo(from, 0);
      context.lineTo(to, high / 2);
      context.lineTo(from, high);
      context.fill();
    });
  });
  return { ...picture, x: w / 2, y: h / 2, mount: 0.5 };
}

function sign(words: string, w: number, h: number, size: number): object {
  const type: Type = { size, line: Math.round(size * 1.4), weight: 'bold' };
  return { ...label(type, { text: words }), x: w / 2, y: Math.round((h - type.line) / 2), mountX: 0.5 };
}
