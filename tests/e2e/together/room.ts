import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { startService, type Service } from '../../../src/service/service.ts';
import { openTv, type Key, type Tv, type TvOptions } from '../harness/tv.ts';
import { Client, integration, temporaryFolder } from '../service-kit.ts';

const build = resolve(process.env.BUILD ?? 'build');

export const roomId = 'zaoyuan-room';

/** A county's service with the sample roster, and the TVs of its activity rooms. */
export interface RoomWorld {
  service: Service;
  county: Client;
  /** A TV that a card has just bound to the room. */
  openRoomTv(browser: Browser, options?: TvOptions): Promise<Tv>;
  close(): Promise<void>;
}

export async function startRoomWorld(): Promise<RoomWorld> {
  const data = temporaryFolder();
  const service = await startService({
    port: 0,
    host: '127.0.0.1',
    data: data.path,
    manifests: 'media-manifests',
    app: resolve(build, 'tv'),
    phone: resolve(build, 'phone'),
    sampleRoster: 'samples/roster.csv',
    integration,
    logLevel: 'error',
  });
  const county = new Client(service.url);
  return {
    service,
    county,
    openRoomTv: (browser, options) => openBoundTv(browser, county, { room: roomId }, options),
    async close() {
      await service.close();
      data.remove();
    },
  };
}

/** Switches a TV on and binds it to a room or home with a card of the branch secretary. */
export async function openBoundTv(
  browser: Browser,
  county: Client,
  place: { room: string } | { home: string },
  options: TvOptions = {},
): Promise<Tv> {
  const { body } = await county.post<{ number: string }>('/api/v1/binding-cards', place);
  const tv = await openTv(browser, county.url, { ...options, hash: '#binding' });
  await tv.heard('用手机连接');
  await tv.press('Right', 'Enter');
  await tv.heard('用数字键填卡片上的 12 个数字');
  await tv.press(...[...body.number.replace(/-/g, '')].map((digit): Key => Number(digit)));
  await tv.heard('填了 12 个');
  await tv.press('Enter');
  await tv.heard('已连接：');
  return tv;
}

/** From the first page: chooses the playlist whose name this is, then calls the roll. */
export async function openEvening(tv: Tv, playlist: string): Promise<void> {
  await tv.heard('开始点名');
  await tv.press('Up', 'Down');
  for (let tries = 0; !(await tv.saying()).includes(playlist); tries++) {
    if (tries > 9) throw new Error(`No playlist ${playlist}; now: ${await tv.saying()}`);
    await tv.press('Right');
    await tv.page.waitForTimeout(150);
  }
  await tv.press('Down', 'Down', 'Enter');
  await tv.heard('点名：看到名字按确认键');
}
