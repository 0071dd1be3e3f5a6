import { keyNames, type KeyName } from '../../domain/remote/key-names.ts';
import { playerNews, type KeyMeaning, type MergedKeys } from '../../domain/remote/key-profile.ts';
import { newKeyStream, patience, takeKey, type KeyEvent } from '../../domain/remote/key-stream.ts';
import type {} from '../player/engines/bridge-contract.ts';

/** A key as it came, for the technician's eyes. */
export interface ReceivedKey {
  type: string;
  /** The key code as text, or the key's name where it has no code. */
  code: string;
  key: string;
  meaning: KeyMeaning | undefined;
  /** It was the second event of a press, and dropped. */
  second: boolean;
  /** It is held, and has come before. */
  repeat: boolean;
}

export interface KeyBridge {
  /** Hears every key; one who returns true keeps it from the app. */
  onKey(listener: (key: ReceivedKey) => boolean): () => void;
  /** Hears when the box says that its player has news. */
  onPlayerNews(listener: () => void): () => void;
  /** From now on these keys hold. */
  use(keys: MergedKeys['keys']): void;
  stop(): void;
}

/** Events by which boxes tell of keys; the last two are IPTV browsers' own. */
const kinds = ['keydown', 'keypress', 'irkeypress', 'systemevent'] as const;
/** Codes that no remote has, one for each key the app knows: what has no code of its own gets there by them. */
const firstOwnCode = 70_000;

/** Key codes for Lightning: the box's, and the bridge's own. */
export function lightningKeys(keys: MergedKeys['keys']): Record<string, KeyName> {
  const known: Record<string, KeyName> = {};
  for (const [code, meaning] of Object.entries(keys))
    if (meaning !== playerNews && /^[0-9]+$/.test(code)) known[code] = meaning;
  keyNames.forEach((name, index) => (known[firstOwnCode + index] = name));
  return known;
}

/**
 * Makes one clean stream of keys out of what boxes send: keydown, keypress or events of their own, some of them
 * twice, some without keyup. Lightning hears `keydown` and `keyup` of the window, so what is right already goes
 * by untouched and the rest is sent again in that form. Install it before Lightning starts to listen.
 *
 * @param lightning the codes given to Lightning, which stay as they are for the run
 */
export function installKeyBridge(
  target: Window,
  firstKeys: MergedKeys['keys'],
  lightning: Readonly<Record<string, KeyName>>,
): KeyBridge {
  let keys = firstKeys;
  let stream = newKeyStream;
  /** The box tells of keys that go up; then nothing needs to be guessed. */
  let tellsUp = false;
  let upTimer: ReturnType<typeof setTimeout> | undefined;
  const mine = new WeakSet<Event>();
  const listeners = new Set<(key: ReceivedKey) => boolean>();
  const newsListeners = new Set<() => void>();

  function onEvent(event: Event): void {
    if (mine.has(event)) return;
    mine.add(event);
    const key = keyOf(event);
    if (take(key, event)) stop(event);
  }

  /** @returns true when the event is not to go on as it is */
  function take(key: Omit<KeyEvent, 'type'> & { type: string; name: string }, event?: Event): boolean {
    const meaning = keys[key.code] ?? keys[key.name];
    if (meaning === playerNews) {
      newsListeners.forEach((listener) => listener());
      return true;
    }
    const taken = takeKey(stream, key);
    stream = taken.stream;
    const received = {
      type: key.type,
      code: key.code,
      key: key.name,
      meaning,
      second: !taken.pass,
      repeat: taken.repeat,
    };
    const kept = [...listeners].map((listener) => listener(received)).some(Boolean);
    if (!taken.pass) return meaning !== undefined || key.type === 'keypress';
    if (kept) return true;
    if (!meaning) return false;
    expectUp(meaning);
    if (
      event &&
      key.type === 'keydown' &&
      lightning[key.code] === meaning &&
      isRepeat(event) === taken.repeat
    )
      return false;
    send('keydown', meaning, taken.repeat);
    return true;
  }

  function onUp(event: Event): void {
    if (mine.has(event)) return;
    const { code, name } = keyOf(event);
    const meaning = goneUp(code, name);
    if (!meaning || lightning[code] === meaning) return;
    stop(event);
    send('keyup', meaning, false);
  }

  function goneUp(code: string, name: string): KeyName | undefined {
    tellsUp = true;
    clearTimeout(upTimer);
    stream = { ...stream, released: true };
    const meaning = keys[code] ?? keys[name];
    return meaning === playerNews ? undefined : meaning;
  }

  function onNative(code: number, up = false): void {
    const text = String(code);
    if (!up) return void take({ type: 'native', code: text, name: '', at: performance.now(), repeat: false });
    const meaning = goneUp(text, '');
    if (meaning) send('keyup', meaning, false);
  }

  function expectUp(name: KeyName): void {
    clearTimeout(upTimer);
    if (tellsUp) return;
    upTimer = setTimeout(() => {
      stream = { ...stream, released: true };
      send('keyup', name, false);
    }, patience(stream));
  }

  function send(type: 'keydown' | 'keyup', name: KeyName, repeat: boolean): void {
    // The constructor of Event is younger than the oldest boxes.
    const event = target.document.createEvent('Event');
    event.initEvent(type, true, true);
    const keyCode = firstOwnCode + keyNames.indexOf(name);
    for (const [property, value] of Object.entries({ keyCode, which: keyCode, key: name, repeat }))
      Object.defineProperty(event, property, { value });
    mine.add(event);
    target.dispatchEvent(event);
  }

  for (const kind of kinds) target.addEventListener(kind, onEvent, true);
  target.addEventListener('keyup', onUp, true);
  // Old IPTV browsers call these by their property alone.
  Object.assign(target.document, { onirkeypress: onEvent, onsystemevent: onEvent });
  target.__nativeKey = onNative;

  return {
    onKey: (listener) => subscribe(listeners, listener),
    onPlayerNews: (listener) => subscribe(newsListeners, listener),
    use: (next) => (keys = next),
    stop() {
      clearTimeout(upTimer);
      for (const kind of kinds) target.removeEventListener(kind, onEvent, true);
      target.removeEventListener('keyup', onUp, true);
      Object.assign(target.document, { onirkeypress: null, onsystemevent: null });
      target.__nativeKey = undefined;
    },
  };
}

function keyOf(event: Event): KeyEvent & { name: string } {
  const { which, keyCode, key } = event as Partial<KeyboardEvent>;
  const name = key && key !== 'Unidentified' ? key : '';
  const code = which || keyCode;
  return {
    type: event.type,
    code: code ? String(code) : name,
    name,
    at: event.timeStamp || performance.now(),
    repeat: isRepeat(event),
  };
}

function isRepeat(event: Event): boolean {
  return (event as Partial<KeyboardEvent>).repeat === true;
}

/** Nobody hears it any more, and the browser does not scroll or go back by it. */
function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function subscribe<T>(all: Set<T>, one: T): () => void {
  all.add(one);
  return () => all.delete(one);
}
