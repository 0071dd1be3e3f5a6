/**
 * What the Android wrapper and the page say to each other; the wrapper keeps to this file.
 *
 * Both objects are put into the page with `addJavascriptInterface` before it loads. Their methods run on a
 * thread of their own: the wrapper posts to its UI thread and answers at once. Arguments are strings, numbers
 * and booleans; answers are strings or nothing. Numbers come back as decimal text ("1500"), an unknown one as "".
 *
 * The wrapper speaks first by `evaluateJavascript` on two functions of `window`, which the page may not have
 * yet or any more (`window.__nativePlayerEvent && __nativePlayerEvent(…)`):
 *
 * - `__nativePlayerEvent(text)`: `text` is a {@link NativePlayerEvent} as JSON.
 * - `__nativeKey(code, up)`: a key that not every WebView delivers, each time it goes down or repeats, and with
 *   `true` when it goes up: Back 166, Menu 18, Info 457, channels 427 and 428, Red 403, Green 404, Yellow 405,
 *   Blue 406, PlayPause 179, Play 415, Pause 19, Stop 178, Next 176, Previous 177, Rewind 227, FastForward 228. The
 *   wrapper closes by itself only at a Back that finds no such function.
 */
export interface NativePlayerBridge {
  /**
   * Prepares an address in the surface under the WebView, and lets go of what was there before. It does not
   * play before `play()`.
   * @param id comes back in every event, so that a late one of another lesson is known
   * @param kind `hls` or `file`
   * @param startAtMs milliseconds from the beginning
   */
  load(id: number, url: string, kind: string, startAtMs: number): void;
  play(): void;
  pause(): void;
  /** Answered by a `seeked` event. */
  seek(positionMs: number): void;
  /** 0.75 to 1.5; only asked for where `capabilities` says so. */
  setRate(rate: number): void;
  /** In units of a 1280×720 screen. */
  setRect(x: number, y: number, width: number, height: number): void;
  /** Milliseconds as text. */
  position(): string;
  /** Milliseconds as text, "" while not known. */
  duration(): string;
  /** JSON `{"rate":true,"rect":true}`. */
  capabilities(): string;
  /** Stops, empties the surface and frees the decoder. Calls after it do nothing until the next `load`. */
  release(): void;
}

/** Sent as JSON text. `id` is that of `load`; the times of `position()` and `duration()` are good from `ready` on. */
export type NativePlayerEvent =
  | { id: number; type: 'ready' | 'playing' | 'paused' | 'buffering' | 'seeked' | 'ended' }
  /** `status` is the HTTP status where there was one, 0 for no answer. `fatal` false: it goes on trying. */
  | {
      id: number;
      type: 'error';
      code: 'network' | 'decode' | 'unsupported';
      status?: number;
      detail: string;
      fatal: boolean;
    };

/** The box itself. */
export interface NativeHostBridge {
  /** Leaves the app for the launcher. */
  exit(): void;
  /** `true` while a lesson plays: the box does not fall asleep. */
  keepScreenOn(on: boolean): void;
  /** JSON `{"model":"B860AV2.1","maker":"ZTE","android":"9","version":"1.0.0"}`; model is `Build.MODEL`. */
  info(): string;
}

declare global {
  interface Window {
    NativePlayer?: NativePlayerBridge;
    NativeHost?: NativeHostBridge;
    __nativePlayerEvent?: ((text: string) => void) | undefined;
    __nativeKey?: ((code: number, up?: boolean) => void) | undefined;
  }
}
