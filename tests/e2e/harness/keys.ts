import type { Page } from 'playwright-core';

/** Key codes of the remote's keys as a browser sends them. */
export const KEY = {
  Left: 37,
  Up: 38,
  Right: 39,
  Down: 40,
  Enter: 13,
  Back: 8,
  PlayPause: 179,
  Stop: 178,
  FastForward: 228,
  Rewind: 227,
} as const;

export interface Remote {
  /** @param keyCode exactly what the page's `event.keyCode` is to be */
  press(keyCode: number): Promise<void>;
  /** Presses twice in one moment, as a worn key does, however slow the machine is between the two. */
  bounce(keyCode: number): Promise<void>;
  down(keyCode: number): Promise<void>;
  up(keyCode: number): Promise<void>;
  /** Holds a key as a remote does: one press, then repeats. @param everyMs between repeats */
  hold(keyCode: number, repeats: number, everyMs: number): Promise<void>;
}

/** A remote control for a page, by raw key events: playwright's own names do not reach codes such as 461. */
export async function createRemote(page: Page): Promise<Remote> {
  const cdp = await page.context().newCDPSession(page);
  const send = (
    type: 'rawKeyDown' | 'keyUp',
    windowsVirtualKeyCode: number,
    more: { autoRepeat?: boolean; timestamp?: number } = {},
  ) => cdp.send('Input.dispatchKeyEvent', { type, windowsVirtualKeyCode, ...more });
  const remote: Remote = {
    async press(keyCode) {
      await remote.down(keyCode);
      await remote.up(keyCode);
    },
    async bounce(keyCode) {
      const timestamp = Date.now() / 1000;
      for (const type of ['rawKeyDown', 'keyUp', 'rawKeyDown', 'keyUp'] as const)
        await send(type, keyCode, { timestamp });
    },
    async down(keyCode) {
      await send('rawKeyDown', keyCode);
    },
    async up(keyCode) {
      await send('keyUp', keyCode);
    },
    async hold(keyCode, repeats, everyMs) {
      await remote.down(keyCode);
      for (let i = 0; i < repeats; i++) {
        await page.waitForTimeout(everyMs);
        await send('rawKeyDown', keyCode, { autoRepeat: true });
      }
      await remote.up(keyCode);
    },
  };
  return remote;
}
