import { cpSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { boxClock } from '../counting/box-clock.ts';
import { sampleFolder } from '../harness/county.ts';
import { startServiceProcess, type ServiceProcess } from '../harness/service.ts';
import type { Tv } from '../harness/tv.ts';
import { pause } from '../harness/wait.ts';
import { createWitness, type Witness } from '../harness/witness.ts';
import { Client, homePage, temporaryFolder, writeJson } from '../service-kit.ts';
import { filesOf, startFront, type Front } from './front.ts';
import type { ModelLesson } from './model.ts';
import { openBoundTv } from './room.ts';
import { wrongClock } from './script.ts';

const surnames = [...'赵王孙李张刘陈周马'];
/** Seconds of a lesson: two segments of the sample's. */
const LENGTH = 8;

export const peopleInRoom = surnames.length;

/** A room with its TV. */
export interface Room {
  id: string;
  tv: Tv;
  witness: Witness;
  people: { id: string; words: string }[];
}

/** A county with some rooms, whose service goes away and comes back. */
export interface EveningWorld {
  service: ServiceProcess;
  front: Front;
  /** Asks the service itself. */
  county: Client;
  rooms: Room[];
  lessons: Map<string, ModelLesson>;
  /** Says that a room's script wants the service away, or back. It is away while any does. */
  away(room: string, away: boolean): Promise<void>;
  /** Does something with the service unless it is away, and keeps it there meanwhile. */
  whileThere<Result>(work: () => Promise<Result>): Promise<Result | undefined>;
  close(): Promise<void>;
}

export const titleOf = (evening: number, part: 'a' | 'b'): string => `第${evening + 1}晚${part}`;
export const lessonOf = (evening: number, part: 'a' | 'b'): string => `evening-${evening}-${part}`;

/** @param evenings that every room has */
export async function startEveningWorld(
  browser: Browser,
  rooms: number,
  evenings: number,
): Promise<EveningWorld> {
  const data = temporaryFolder();
  const manifests = join(data.path, 'manifests');
  const lessons = writeCounty(manifests, evenings);
  const roster = join(data.path, 'roster.csv');
  writeFileSync(roster, rosterOf(rooms));
  const service = await startServiceProcess({ manifests, roster });
  const app = resolve(process.env.BUILD ?? 'build', 'tv');
  const media = filesOf(join(manifests, 'media')).map((file) => `media/${file}`);
  const front = await startFront(service.url, app, ['catalogue.json', ...media]);
  const county = new Client(service.url, service.authorization);
  const office = new Client(front.url, service.authorization);
  const wanting = new Set<string>();
  let busy = 0;
  let up = true;
  let change: Promise<void> = Promise.resolve();

  const settle = async (): Promise<void> => {
    while (busy > 0) await pause(0.02);
    const wanted = wanting.size === 0;
    if (up === wanted) return;
    up = wanted;
    await (up ? service.start() : service.kill());
  };

  const opened = await Promise.all(Array.from({ length: rooms }, (_, room) => openRoom(room)));

  async function openRoom(room: number): Promise<Room> {
    const witness = createWitness();
    const id = `room-${room}`;
    const tv = await openBoundTv(
      browser,
      office,
      { room: id },
      {
        size: { width: 640, height: 360 },
        prepare: async (context) => {
          await witness.watch(context);
          await context.addInitScript(boxClock, wrongClock(room, Date.now()));
        },
      },
    );
    const people = surnames.map((surname, who) => ({ id: personOf(room, who), words: `${surname}○` }));
    return { id, tv, witness, people };
  }

  return {
    service,
    front,
    county,
    rooms: opened,
    lessons,
    away(room, away) {
      const before = wanting.size > 0;
      if (away) wanting.add(room);
      else wanting.delete(room);
      if (before !== wanting.size > 0) change = change.then(settle);
      return change;
    },
    async whileThere(work) {
      await change;
      if (wanting.size > 0) return undefined;
      busy += 1;
      try {
        return await work();
      } finally {
        busy -= 1;
      }
    },
    async close() {
      for (const { tv } of opened) await tv.close();
      await front.close();
      await service.remove();
      data.remove();
    },
  };
}

const personOf = (room: number, who: number): string => `${room + 1}001${String(who + 1).padStart(2, '0')}`;

function rosterOf(rooms: number): string {
  const lines = ['类别,编号,名称,村,支部,户,身份'];
  for (let room = 0; room < rooms; room++) {
    lines.push(`村,village-${room},第${room}村,,,,`, `支部,branch-${room},第${room}支部,village-${room},,,`);
    lines.push(`活动室,room-${room},第${room}活动室,village-${room},branch-${room},,`);
    surnames.forEach((surname, who) =>
      lines.push(`人,${personOf(room, who)},${surname}明,,branch-${room},,党员`),
    );
  }
  return lines.join('\r\n');
}

/** For every evening a playlist of two lessons of its own: a lesson counts only once a year. */
function writeCounty(folder: string, evenings: number): Map<string, ModelLesson> {
  const lessons = new Map<string, ModelLesson>();
  const sample = join(sampleFolder, 'media/remote-basics');
  const media = join(folder, 'media/short');
  cpSync(join(sample, '360p'), media, { recursive: true });
  writeFileSync(join(media, 'index.m3u8'), shortened(LENGTH / 4));
  writeFileSync(
    join(media, 'master.m3u8'),
    '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=120763,CODECS="avc1.42C01E,mp4a.40.2",RESOLUTION=640x360\nindex.m3u8\n',
  );
  const ids = Array.from({ length: evenings }, (_, evening) => evening);
  for (const evening of ids) {
    for (const part of ['a', 'b'] as const) {
      const id = lessonOf(evening, part);
      lessons.set(id, { length: LENGTH, threshold: 0.5 });
      writeJson(folder, `lessons/${id}.json`, {
        ...{ id, title: { 'zh-CN': titleOf(evening, part) }, length: LENGTH, threshold: 0.5 },
        media: { hls: 'media/short/master.m3u8' },
        ...(part === 'a'
          ? {
              cueCards: [{ 'zh-CN': '谁家种了？' }],
              discussion: [{ at: 2.5, question: { 'zh-CN': '大家怎么看？' } }],
            }
          : {}),
      });
    }
    writeJson(folder, `playlists/evening-${evening}.json`, {
      ...{ id: `evening-${evening}`, title: { 'zh-CN': `第${evening + 1}晚` } },
      lessons: [lessonOf(evening, 'a'), lessonOf(evening, 'b')],
    });
  }
  writeJson(folder, 'county.json', {
    ...{ id: 'evenings', name: '样例县', homePage },
    playlists: ids.map((evening) => `evening-${evening}`),
  });
  return lessons;
}

function shortened(segments: number): string {
  return [
    ...['#EXTM3U', '#EXT-X-VERSION:6', '#EXT-X-TARGETDURATION:4', '#EXT-X-MEDIA-SEQUENCE:0'],
    ...['#EXT-X-PLAYLIST-TYPE:VOD', '#EXT-X-INDEPENDENT-SEGMENTS'],
    ...Array.from({ length: segments }, (_, at) => `#EXTINF:4.000000,\nseg_00${at}.ts`),
    '#EXT-X-ENDLIST\n',
  ].join('\n');
}
