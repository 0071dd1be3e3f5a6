import type { Browser } from 'playwright-core';
import type { Key } from '../harness/tv.ts';
import type { Album } from './album.ts';
import { openBoundTv, type RoomWorld } from './room.ts';

/** From the last digit to the button under the pad. */
const done: Key[] = ['Down', 'Down', 'Down', 'Right', 'Right', 'Enter'];

/** At home on the sofa: who is watching, and the year of who says their PIN. */
export async function demoHome(
  browser: Browser,
  { county }: RoomWorld,
  album: Album,
  pin: string,
): Promise<void> {
  const tv = await openBoundTv(browser, county, { home: 'h102' });
  await tv.restart('#who');
  await tv.hears('王○○ 我在看');
  await album.take(tv.page, 'tv-who-is-watching', 'At home: who is watching');
  await tv.press('Enter');
  await tv.hears('王○○：填密码');
  await tv.press('Enter');
  await tv.press(...[...pin].map((digit): Key => Number(digit)));
  await album.take(tv.page, 'tv-pin', 'A name is shown only after its PIN');
  await tv.press(...done);
  await tv.hears('王桂兰');
  await tv.page.evaluate(() => (location.hash = '#my-study'));
  await tv.hears('怎么用遥控器');
  await album.take(tv.page, 'tv-my-study', 'My study: the evening is in it');
  await tv.close();
}
