/** Plays an evening of studying together and takes a picture of every screen; begun by `npm run demo:together`. */
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../harness/browser.ts';
import { openAlbum, type Album } from './album.ts';
import { demoEvening } from './demo-evening.ts';
import { demoHome } from './demo-home.ts';
import { demoPhones } from './demo-phones.ts';
import { startRoomWorld, type RoomWorld } from './room.ts';

/** Invented people of the sample roster: the secretary, and whose phone and home are shown. */
const pins = { '100101': '4711', '100102': '1357' };

async function play(browser: Browser, world: RoomWorld, album: Album): Promise<string> {
  for (const [person, pin] of Object.entries(pins))
    await world.county.call('PUT', `/api/v1/people/${person}/pin`, { pin });
  const { session, troubles } = await demoEvening(browser, world, album, pins['100102']);
  await demoPhones(browser, world, album, pins);
  await demoHome(browser, world, album, pins['100102']);

  const { body: minutes } = await world.county.get<{ attendees: { id: string; minutes: number }[] }>(
    `/api/v1/groups/sessions/${session}/minutes`,
  );
  const entries = await world.county.ledger();
  const wrong = minutes.attendees.filter(({ id, minutes: printed }) => {
    const own = entries.filter(({ person }) => person === id);
    const seconds = own.reduce((sum, { creditedSeconds }) => sum + creditedSeconds, 0);
    // The minutes are printed with one decimal.
    return own.length !== 1 || Math.abs(seconds - printed * 60) > 3;
  });
  if (wrong.length > 0 || minutes.attendees.length === 0 || entries.length !== minutes.attendees.length)
    throw new Error(
      `The minutes say ${JSON.stringify(minutes.attendees)}, the ledger ${entries.length} lines`,
    );
  if (troubles.length > 0) throw new Error(`The TV complained: ${troubles.join('; ')}`);
  const seconds = entries.map(({ creditedSeconds }) => Math.round(creditedSeconds));
  return `${entries.length} people were there, each credited once (${seconds.join(', ')} s), the minutes agree`;
}

const { values, positionals } = parseArgs({
  options: { visible: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const folder = positionals[0] ?? 'demo-together';
const begun = performance.now();
const [world, browser] = await Promise.all([startRoomWorld(), launchBrowser({ visible: values.visible })]);
try {
  const album = openAlbum(folder);
  const verdict = await play(browser, world, album);
  const seconds = Math.round((performance.now() - begun) / 1000);
  console.log(`✓ ${verdict}: ${album.count()} pictures in ${folder}, ${seconds} s`);
} catch (error) {
  console.error('✗ The evening did not go as it should:', error);
  process.exitCode = 1;
} finally {
  await browser.close();
  await world.close();
}
