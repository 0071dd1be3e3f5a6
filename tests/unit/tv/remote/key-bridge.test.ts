// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeyMeaning } from '../../../../src/domain/remote/key-profile.ts';
import {
  installKeyBridge,
  lightningKeys,
  type KeyBridge,
  type ReceivedKey,
} from '../../../../src/tv/remote/key-bridge.ts';

const keys: Record<string, KeyMeaning> = {
  8: 'Back',
  13: 'Enter',
  39: 'Right',
  263: 'PlayPause',
  768: '$event',
  ColorF0Red: 'Red',
};
const lightning = lightningKeys(keys);

let bridge: KeyBridge;
let heard: string[];
/** Stands for Lightning, which hears keydown and keyup of the window. */
const onLightning = (event: KeyboardEvent): void => {
  const name = lightning[event.keyCode] ?? event.keyCode;
  heard.push(`${event.type === 'keyup' ? '-' : ''}${name}${event.repeat ? ' again' : ''}`);
};

/** A box's event; the page hears what comes of it. @returns true when the browser would act on it */
function send(type: string, fields: object): boolean {
  const event = new Event(type, { bubbles: true, cancelable: true });
  for (const [name, value] of Object.entries(fields)) Object.defineProperty(event, name, { value });
  return document.body.dispatchEvent(event);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  heard = [];
  bridge = installKeyBridge(window, keys, lightning);
  window.addEventListener('keydown', onLightning);
  window.addEventListener('keyup', onLightning);
});
afterEach(() => {
  bridge.stop();
  window.removeEventListener('keydown', onLightning);
  window.removeEventListener('keyup', onLightning);
  vi.useRealTimers();
});

describe('the key bridge', () => {
  it('lets what is right go by, and what nobody knows', () => {
    send('keydown', { keyCode: 39, timeStamp: 1 });
    send('keyup', { keyCode: 39, timeStamp: 90 });
    expect(send('keydown', { keyCode: 123, timeStamp: 200 })).toBe(true);
    expect(heard).toEqual(['Right', '-Right', '123']);
  });

  it.each(['keypress', 'irkeypress', 'systemevent'])('makes a key of a box that sends only %s', (type) => {
    expect(send(type, { which: 263, timeStamp: 1 })).toBe(false);
    expect(heard).toEqual(['PlayPause']);
  });

  it('hears a box that calls the handlers of the document by their properties', () => {
    const handlers = document as unknown as Record<'onirkeypress', (event: Event) => void>;
    const event = Object.defineProperty(new Event('irkeypress'), 'which', { value: 13 });
    handlers.onirkeypress(event);
    expect(heard).toEqual(['Enter']);
  });

  it('drops the second event of a press, and neither scrolls by it nor goes back', () => {
    send('keydown', { keyCode: 8, timeStamp: 1 });
    expect(send('keypress', { keyCode: 8, timeStamp: 2 })).toBe(false);
    expect(heard).toEqual(['Back']);
  });

  it('takes the name where there is no code', () => {
    send('keydown', { keyCode: 0, key: 'ColorF0Red', timeStamp: 1 });
    expect(heard).toEqual(['Red']);
  });

  it('takes the keys that the Android wrapper hands over', () => {
    window.__nativeKey!(8);
    expect(heard).toEqual(['Back']);
  });

  it('takes two quick presses of the wrapper’s as two when it says that the key went up', () => {
    window.__nativeKey!(8);
    window.__nativeKey!(8);
    window.__nativeKey!(8, true);
    window.__nativeKey!(8);
    expect(heard).toEqual(['Back', 'Back again', '-Back', 'Back']);
  });

  it('never lets the player’s news through as a key', () => {
    const news = vi.fn();
    bridge.onPlayerNews(news);
    expect(send('keypress', { keyCode: 768, timeStamp: 1 })).toBe(false);
    send('keydown', { keyCode: 768, timeStamp: 500 });
    expect(news).toHaveBeenCalledTimes(2);
    expect(heard).toEqual([]);
  });

  it('takes a key as gone up when a box that never says so sends it no more', () => {
    send('keydown', { keyCode: 39, timeStamp: 1 });
    vi.advanceTimersByTime(500);
    send('keydown', { keyCode: 39, timeStamp: 501 });
    vi.advanceTimersByTime(299);
    expect(heard).toEqual(['Right', 'Right again']);
    vi.advanceTimersByTime(1);
    expect(heard).toEqual(['Right', 'Right again', '-Right']);
  });

  it('guesses nothing on a box that says when a key goes up', () => {
    send('keyup', { keyCode: 39, timeStamp: 1 });
    send('keydown', { keyCode: 39, timeStamp: 100 });
    vi.advanceTimersByTime(5000);
    expect(heard).toEqual(['-Right', 'Right']);
  });

  it('sends what is used from now on by codes of its own', () => {
    bridge.use({ ...keys, 39: 'Back', 999: 'Enter' });
    send('keydown', { keyCode: 39, timeStamp: 1 });
    send('keyup', { keyCode: 39, timeStamp: 50 });
    send('keydown', { keyCode: 999, timeStamp: 100 });
    expect(heard).toEqual(['Back', '-Back', 'Enter']);
  });

  it('shows every key to one who listens, the dropped ones too, and keeps from the app what he keeps', () => {
    const seen: ReceivedKey[] = [];
    const leave = bridge.onKey((key) => seen.push(key) > 0);
    send('keydown', { keyCode: 39, key: 'ArrowRight', timeStamp: 1 });
    send('keypress', { keyCode: 39, timeStamp: 2 });
    send('keydown', { keyCode: 555, timeStamp: 300 });
    expect(heard).toEqual([]);
    expect(seen).toEqual([
      { type: 'keydown', code: '39', key: 'ArrowRight', meaning: 'Right', second: false, repeat: false },
      { type: 'keypress', code: '39', key: '', meaning: 'Right', second: true, repeat: false },
      { type: 'keydown', code: '555', key: '', meaning: undefined, second: false, repeat: false },
    ]);
    leave();
    send('keydown', { keyCode: 39, timeStamp: 900 });
    expect(heard).toEqual(['Right']);
  });
});
