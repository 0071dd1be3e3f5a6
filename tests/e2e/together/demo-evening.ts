import type { Browser } from 'playwright-core';
import { checkInCode, formatTicket, stepAt } from '../../../src/domain/groups/check-in-code.ts';
import { openPhone } from '../harness/phone.ts';
import type { Tv } from '../harness/tv.ts';
import type { Album } from './album.ts';
import { openEvening, roomId, type RoomWorld } from './room.ts';

/** What the box told the service of its evening; a phone has it from the QR on the screen. */
interface Told {
  secret: string;
  seconds: number;
  at: number;
}

/** The evening in the room, from the set-up to the minutes on a phone. @returns its id, and what the TV complained of */
export async function demoEvening(
  browser: Browser,
  world: RoomWorld,
  album: Album,
  pin: string,
): Promise<{ session: string; troubles: string[] }> {
  const tv = await world.openRoomTv(browser);
  const told = listen(tv);
  await tv.restart('#together');
  await tv.heard('开始点名');
  await album.take(tv.page, 'tv-set-up', 'The room, the host and the lessons are chosen beforehand');
  await openEvening(tv, '新手上路');

  await tv.press('Enter');
  await tv.heard(/赵○○ 到了/);
  await tv.press('Right', 'Enter');
  await tv.heard(/孙○○ 到了/);
  await album.take(tv.page, 'tv-roll', 'Names are called with the remote; the QR is for phones');
  const session = await checkInByPhone(browser, world, album, told, pin);
  // The box asks every five seconds.
  await tv.press('Up', 'Left', 'Left');
  await tv.press('Right');
  for (let tries = 0; !(await tv.saying()).includes('王○○ 到了'); tries++) {
    if (tries > 20) throw new Error(`The check-in by phone does not arrive; now: ${await tv.saying()}`);
    await tv.page.waitForTimeout(500);
    await tv.press('Left', 'Right');
  }
  await album.take(tv.page, 'tv-roll-phone-came-in', 'Whoever checked in by phone is ticked');

  for (let i = 0; i < 6; i++) await tv.press('Down');
  await tv.hears('开始学习');
  await tv.press('Enter');
  await tv.heard('谁家的遥控器是新的');
  await album.take(tv.page, 'tv-cue-card', 'A card for the host to read out');
  await tv.press('Enter');
  await tv.plays();
  await tv.page.waitForTimeout(5000);
  await album.take(tv.page, 'tv-lesson', 'The lesson before the whole room');

  await tv.unplug();
  await tv.plugIn('#together');
  await tv.heard('刚才断过电');
  await album.take(tv.page, 'tv-after-a-power-cut', 'A power cut: everything is where it was');
  await tv.press('Enter');
  await tv.plays();
  await tv.press('Enter');
  await tv.page.waitForTimeout(300);
  await album.take(tv.page, 'tv-controls', 'The host stops the picture');
  await tv.press('Right', 'Right', 'Enter');
  await tv.heard(/到了|没到/);
  await album.take(tv.page, 'tv-people-in-the-lesson', 'Somebody comes late: the names over the picture');
  await tv.press('Back', 'Left', 'Left', 'Enter');

  await tv.heard('大家说一说');
  await album.take(tv.page, 'tv-discussion', 'The lesson waits while the room talks');
  await tv.press('Enter');
  await tv.heard('下一课');
  await tv.press('Right', 'Enter');
  await tv.heard('课都看完了');
  await tv.press('Up', 'Enter');
  await tv.heard('选上了');
  await album.take(tv.page, 'tv-note', 'What was asked, and one line of note');
  await tv.press('Down', 'Down', 'Enter');
  await tv.heard('结束今天的学习');
  await album.take(tv.page, 'tv-end-sure', 'The end is asked for');
  const link = tv.page
    .waitForResponse((response) => /minutes-link$/.test(response.url()) && response.ok())
    .then((response) => response.json() as Promise<{ url: string }>);
  await tv.press('Enter');
  await tv.heard('记录已经上传');
  const { url } = await link;
  await album.take(tv.page, 'tv-closing', 'Told to the service; the minutes by QR');
  const phone = await openPhone(browser, url);
  await phone.says('应到 16 人');
  await album.take(phone.page, 'phone-minutes', 'The minutes on a phone, to be read and printed');
  await phone.close();
  const { troubles } = tv;
  await tv.close();
  return { session, troubles };
}

async function checkInByPhone(
  browser: Browser,
  world: RoomWorld,
  album: Album,
  told: Map<string, Told>,
  pin: string,
): Promise<string> {
  const [session, { secret, seconds, at }] = [...told].pop()!;
  const step = stepAt(seconds + (performance.now() - at) / 1000);
  const ticket = formatTicket({ sessionId: session, step, code: checkInCode(secret, step) });
  const phone = await openPhone(browser, `${world.service.url}/phone/check-in#${ticket}`);
  await phone.says('您是哪一位？');
  await album.take(phone.page, 'phone-check-in', 'A phone has scanned the QR and finds its name');
  await phone.press('王○○');
  await phone.fill('您的密码', pin);
  await album.take(phone.page, 'phone-check-in-pin', 'Who has a PIN gives it');
  await phone.press('对，签到');
  await phone.says('签到好了');
  await album.take(phone.page, 'phone-checked-in', 'Checked in');
  await phone.close();
  return session;
}

/** By session. */
function listen(tv: Tv): Map<string, Told> {
  const told = new Map<string, Told>();
  tv.context.on('request', (request) => {
    const id = /\/api\/v1\/groups\/sessions\/([0-9a-f-]{36})$/.exec(request.url())?.[1];
    if (!id || request.method() !== 'PUT') return;
    const { room, secret, seconds } = request.postDataJSON() as Omit<Told, 'at'> & { room: string };
    if (room === roomId) told.set(id, { secret, seconds, at: performance.now() });
  });
  return told;
}
