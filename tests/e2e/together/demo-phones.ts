import type { Browser } from 'playwright-core';
import { openPhone, type Phone } from '../harness/phone.ts';
import type { Album } from './album.ts';
import type { RoomWorld } from './room.ts';

/** What a secretary and a member do on their phones afterwards. @param pins by person */
export async function demoPhones(
  browser: Browser,
  { service }: RoomWorld,
  album: Album,
  pins: Readonly<Record<'100101' | '100102', string>>,
): Promise<void> {
  const signedIn = async (page: string, person: keyof typeof pins): Promise<Phone> => {
    const phone = await openPhone(browser, `${service.url}/phone/${page}`);
    await phone.fill('您的编号', person);
    await phone.fill('您的密码', pins[person]);
    await phone.press('登录');
    return phone;
  };

  const paper = await signedIn('paper', '100101');
  await paper.says('签到表的名称');
  await album.take(paper.page, 'phone-paper-sheet', 'A signed sheet of paper is entered afterwards');
  await paper.close();

  const branch = await signedIn('branch', '100101');
  await branch.says('可以去看看的人');
  await album.take(branch.page, 'phone-branch', 'The branch: who may like a visit, no ranking');
  await branch.close();

  const record = await signedIn('my-record', '100102');
  await record.says('年学习记录');
  await album.take(record.page, 'phone-my-record', 'My record, with the source of every minute');
  await record.close();
}
