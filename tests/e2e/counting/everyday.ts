import { expect } from 'vitest';
import en from '../../../src/tv/locales/en.json' with { type: 'json' };
import zh from '../../../src/tv/locales/zh-CN.json' with { type: 'json' };
import { KEY } from '../harness/keys.ts';
import type { Viewer } from '../harness/viewer.ts';
import { MINUTE, type Viewing } from './viewing.ts';

const chapters = [0, 6, 13].map((start, index) => ({ start, title: `第${index + 1}段` }));
const rateButton = /^速度/;
/** Presses on the speed button that lead from normal speed to each rate. */
const presses = { 1.25: 1, 1.5: 2, 0.75: 3 };

async function watchAt(tv: Viewer, rate: keyof typeof presses): Promise<void> {
  await tv.open();
  await tv.choose(rateButton, presses[rate]);
  await tv.watchToEnd();
}

/** What people do with a remote. */
export const everyday: Viewing[] = [
  {
    name: 'straight through',
    variation: true,
    async play(tv) {
      await tv.open();
      await tv.watchToEnd();
    },
  },
  {
    name: 'four short pauses',
    variation: true,
    async play(tv) {
      await tv.open();
      for (const position of [3, 7, 11, 15]) {
        await tv.watchTo(position);
        await tv.rest(0.7);
      }
      await tv.watchToEnd();
    },
  },
  {
    name: 'one pause of 15 s',
    variation: true,
    async play(tv) {
      await tv.open();
      await tv.watchTo(8);
      await tv.rest(15);
      await tv.watchToEnd();
    },
  },
  {
    name: 'left while paused',
    variation: true,
    credited: false,
    async play(tv) {
      await tv.open();
      await tv.watchTo(6);
      await tv.press(KEY.PlayPause);
      await tv.hears(new RegExp(zh.player.paused));
      await tv.leave();
    },
  },
  {
    name: 'forward 10 s, then to the end',
    credited: false,
    async play(tv) {
      await tv.open();
      await tv.watchTo(4);
      await tv.seek(KEY.Right);
      await tv.watchToEnd();
    },
  },
  {
    name: 'back 10 s, then to the end',
    variation: true,
    async play(tv) {
      await tv.open();
      await tv.watchTo(12);
      await tv.seek(KEY.Left);
      await tv.watchToEnd();
    },
  },
  {
    name: 'forward while paused, then to the end',
    variation: true,
    credited: false,
    async play(tv) {
      await tv.open();
      await tv.watchTo(3);
      await tv.press(KEY.PlayPause);
      await tv.press(KEY.Up);
      await tv.seek(KEY.Right);
      await tv.press(KEY.PlayPause);
      await tv.watchToEnd();
    },
  },
  {
    name: 'the same 7 s four times, then left',
    credited: false,
    async play(tv) {
      await tv.open();
      for (let round = 0; round < 3; round++) {
        await tv.watchTo(7);
        await tv.seek(KEY.Left);
      }
      await tv.watchTo(7);
      await tv.leave();
    },
  },
  {
    name: 'to the end at once',
    credited: false,
    async play(tv) {
      await tv.open();
      await tv.seek(KEY.Right, 3);
      await tv.watchToEnd();
    },
  },
  {
    name: 'Right held down, then on',
    like: MINUTE,
    credited: false,
    async play(tv) {
      await tv.open();
      await tv.watchTo(2);
      await tv.holdSeek(KEY.Right, 2);
      await tv.watchTo(40);
      await tv.leave();
    },
  },
  {
    name: 'there and back: Right held, Left held',
    variation: true,
    like: MINUTE,
    credited: false,
    async play(tv) {
      await tv.open();
      await tv.watchTo(4);
      await tv.holdSeek(KEY.Right, 2);
      await tv.watchTo(36);
      await tv.holdSeek(KEY.Left, 2);
      await tv.watchTo(12);
      await tv.leave();
    },
  },
  {
    name: 'skipping through: ten seconds forward, three times',
    variation: true,
    like: MINUTE,
    credited: false,
    async play(tv) {
      await tv.open();
      for (const position of [2, 14, 27]) {
        await tv.watchTo(position);
        await tv.seek(KEY.Right);
      }
      await tv.watchTo(39);
      await tv.leave();
    },
  },
  {
    name: 'say it again',
    variation: true,
    async play(tv) {
      await tv.open();
      await tv.watchTo(9);
      await tv.jump(() => tv.choose(new RegExp(`^${zh.player.again}`)));
      await tv.watchToEnd();
    },
  },
  {
    name: 'a chapter from the list, left',
    variation: true,
    lesson: { chapters },
    credited: false,
    async play(tv) {
      await tv.open();
      await tv.watchTo(3);
      await tv.choose(new RegExp(`^${zh.player.chapters}`));
      await tv.press(KEY.Down, 2);
      await tv.jump(() => tv.press(KEY.Enter));
      await tv.watchToEnd();
    },
  },
  {
    name: 'chapters by number: 3, 1, then all',
    variation: true,
    lesson: { chapters },
    async play(tv) {
      await tv.open();
      await tv.watchTo(2);
      await tv.digit(3);
      await tv.watchTo(16);
      await tv.digit(1);
      await tv.watchToEnd();
    },
  },
  {
    name: 'at 1.25 times',
    variation: true,
    async play(tv) {
      await watchAt(tv, 1.25);
    },
  },
  {
    name: 'at 1.5 times',
    variation: true,
    async play(tv) {
      await watchAt(tv, 1.5);
    },
  },
  {
    name: 'at 0.75 times',
    variation: true,
    async play(tv) {
      await watchAt(tv, 0.75);
    },
  },
  {
    name: 'speed changed four times on the way',
    async play(tv) {
      await tv.open();
      for (const position of [3, 7, 11, 15]) {
        await tv.watchTo(position);
        await tv.choose(rateButton);
      }
      await tv.watchToEnd();
    },
  },
  {
    name: 'a duty lesson',
    lesson: { kind: 'duty' },
    async play(tv) {
      await tv.open();
      await tv.watchToEnd();
    },
  },
  {
    name: 'left by Back, gone on with later',
    variation: true,
    sessions: 2,
    async play(tv, { witness, lesson }) {
      await tv.open();
      await tv.watchTo(11);
      await tv.leave();
      await tv.open();
      expect(witness.begunAt(lesson.id)).toBeLessThan(11.5);
      await tv.watchToEnd();
    },
  },
  {
    name: 'watched twice',
    variation: true,
    sessions: 2,
    async play(tv) {
      await tv.open();
      await tv.watchToEnd();
      await tv.leave();
      await tv.open();
      await tv.watchToEnd();
    },
  },
  {
    name: 'the end in one session, the beginning in another',
    variation: true,
    lesson: { chapters },
    sessions: 2,
    async play(tv) {
      await tv.open();
      await tv.digit(2);
      await tv.watchToEnd();
      await tv.leave();
      await tv.open();
      await tv.watchTo(8);
      await tv.leave();
    },
  },
  {
    name: 'page loaded anew on the way',
    sessions: 2,
    async play(tv) {
      await tv.open();
      await tv.watchTo(9);
      await tv.page.reload();
      await tv.watchToEnd();
      await tv.leave();
      await tv.uploadNow();
    },
  },
  {
    name: 'in English',
    variation: true,
    async play(tv) {
      await tv.goTo('#settings');
      await tv.press(KEY.Enter);
      await tv.hears(/English/);
      await tv.open();
      await tv.watchTo(5);
      await tv.press(KEY.PlayPause);
      await tv.hears(new RegExp(en.player.paused));
      await tv.press(KEY.PlayPause);
      await tv.watchToEnd();
    },
  },
  {
    name: 'everything sent twice',
    async play(tv, stage) {
      const sent: { url: string; body: string; headers: Record<string, string> }[] = [];
      tv.page.on('request', (request) => {
        const body = request.postData();
        if (body !== null && /statements|checkpoints/.test(request.url()))
          void request.allHeaders().then((headers) => sent.push({ url: request.url(), body, headers }));
      });
      await tv.open();
      await tv.watchToEnd();
      const before = await stage.account(1);
      expect(sent.length).toBeGreaterThan(1);
      for (const { url, body, headers } of sent) {
        const again = await fetch(url, {
          method: 'POST',
          body,
          headers: {
            authorization: headers.authorization ?? '',
            'content-type': 'application/json',
            'x-experience-api-version': '1.0.3',
          },
        });
        expect(again.status).toBe(200);
      }
      expect(await stage.account(1)).toEqual(before);
    },
  },
];
