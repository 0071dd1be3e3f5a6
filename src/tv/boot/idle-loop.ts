import type { Lightning } from '@lightningjs/sdk';

/** Frames without a change after which drawing stops. */
const quietFrames = 6;

/** What of the stage the loop needs; Lightning's types leave these inner parts out. */
interface StageInside {
  currentTime: number;
  updateFrame(): void;
  renderFrame(): boolean;
  transitions: { active: Set<unknown>; addActive(transition: unknown): void };
  animations: { active: Set<unknown> };
  textureThrottler: { add(texture: unknown): void; _sources: unknown[] };
  addUpdateSourceTexture(texture: unknown): void;
  _updateSourceTextures: Set<unknown>;
  root: { core: object };
}

/**
 * Draws frames only while something changes, and none while the screen rests. Lightning's own loop costs a
 * resting page 36 ms of main thread a second, its `pauseRafLoopOnIdle` 12. Needs `autostart: false`.
 *
 * A change shows itself in one of four ways: an element wants to be rendered, a text or texture wants new
 * content, a loaded picture waits for upload, a transition starts. Each wakes the loop.
 *
 * @returns a function that wakes the loop, for changes from outside.
 */
export function drawOnChange(stage: Lightning.Stage): () => void {
  const inside = stage as unknown as StageInside;
  let running = false;
  let quiet = 0;

  const busy = (): boolean =>
    inside.transitions.active.size > 0 ||
    inside.animations.active.size > 0 ||
    inside.textureThrottler._sources.length > 0 ||
    inside._updateSourceTextures.size > 0;

  const frame = (): void => {
    inside.updateFrame();
    const changed = inside.renderFrame();
    quiet = changed || busy() ? 0 : quiet + 1;
    if (quiet > quietFrames) running = false;
    else requestAnimationFrame(frame);
  };

  const wake = (): void => {
    quiet = 0;
    if (running) return;
    running = true;
    // Else the first step would be as long as the rest was, and every transition would jump to its end.
    inside.currentTime = 0;
    requestAnimationFrame(frame);
  };

  wakeOn(Object.getPrototypeOf(inside.root.core) as object, 'setHasRenderUpdates', wake);
  wakeOn(inside, 'addUpdateSourceTexture', wake);
  wakeOn(inside.textureThrottler, 'add', wake);
  // Not on the set itself: Lightning makes a new one whenever a transition ends.
  wakeOn(inside.transitions, 'addActive', wake);
  wake();
  return wake;
}

/** Calls `wake` after every call of a method. */
function wakeOn(owner: object, name: string, wake: () => void): void {
  const methods = owner as Record<string, (...args: unknown[]) => unknown>;
  const method = methods[name];
  if (!method) throw new Error(`Lightning has no ${name} any more: the idle loop must be revised`);
  methods[name] = function (this: unknown, ...args: unknown[]): unknown {
    const result = method.apply(this, args);
    wake();
    return result;
  };
}
