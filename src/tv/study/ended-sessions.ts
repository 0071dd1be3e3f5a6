import type { Box } from './box.ts';
import type { OpenSession } from './open-session.ts';

/** Seconds for which a page that is being left may still seem to be there. */
const LEAVING = 2;
const LOOK_EVERY = 0.1;

/**
 * The kept sessions that no running tab goes on with. A tab holds a lock by its start's name as long as it
 * lives; without locks every earlier session is taken to have ended, as on a box with its one tab.
 *
 * @param read the kept sessions; asked after each look, so that the last words of a tab just gone are there.
 */
export async function endedSessions(
  { locks, later }: Pick<Box, 'locks' | 'later'>,
  bootId: string,
  read: () => Promise<readonly OpenSession[]>,
): Promise<readonly OpenSession[]> {
  if (!locks) return read();
  const name = (boot: string): string => `field-classroom-start:${boot}`;
  locks.request(name(bootId), () => new Promise(() => undefined)).catch(() => undefined);
  for (let waited = 0; ; waited += LOOK_EVERY) {
    const { held = [] } = await locks.query();
    const alive = new Set(held.map((lock) => lock.name));
    const open = await read();
    const ended = open.filter(({ begun }) => !alive.has(name(begun.bootId)));
    if (ended.length === open.length || waited >= LEAVING) return ended;
    await new Promise<void>((done) => later(done, LOOK_EVERY));
  }
}
