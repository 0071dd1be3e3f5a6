import { expect } from 'vitest';
import { KEY } from '../harness/keys.ts';
import { secondsWithin } from '../harness/spans.ts';
import { pause, until } from '../harness/wait.ts';
import { boxClock } from './box-clock.ts';
import { MINUTE, pathOf, type Viewing } from './viewing.ts';

const DAY = 86_400_000;
const sample = { from: 'sample', path: pathOf('remote-basics') } as const;
/** Seconds of the odd streams that nobody can have seen: they are rubbish, or not there. */
const hole = { start: 12.1, end: 15.9 };

/** Clocks, weak lines, services that are away. */
export const trouble: Viewing[] = [
  {
    name: 'the box thinks it is 1970',
    variation: true,
    prepare: (context) => context.addInitScript(boxClock, 0),
    async play(tv) {
      await tv.open();
      await tv.watchToEnd();
    },
  },
  {
    name: 'the clock jumps a day ahead on the way',
    variation: true,
    prepare: (context) => context.addInitScript(boxClock, null),
    async play(tv) {
      await tv.open();
      await tv.watchTo(8);
      await tv.page.evaluate((day) => (window.boxClock.shift += day), DAY);
      await tv.watchToEnd();
    },
  },
  {
    name: 'the clock falls back to 1970 on the way',
    prepare: (context) => context.addInitScript(boxClock, null),
    async play(tv) {
      await tv.open();
      await tv.watchTo(8);
      await tv.page.evaluate(() => (window.boxClock.shift = -Date.now()));
      await tv.watchToEnd();
    },
  },
  {
    name: 'the page hidden for 4 s',
    variation: true,
    async play(tv) {
      const show = (hidden: boolean): Promise<void> =>
        tv.page.evaluate((value) => {
          Object.defineProperty(document, 'hidden', { configurable: true, value });
          Object.defineProperty(document, 'visibilityState', {
            configurable: true,
            value: value ? 'hidden' : 'visible',
          });
          document.dispatchEvent(new Event('visibilitychange'));
        }, hidden);
      await tv.open();
      await tv.watchTo(7);
      await show(true);
      await pause(4);
      await show(false);
      await tv.press(KEY.PlayPause);
      await tv.watchToEnd();
    },
  },
  {
    name: 'a line too slow for the picture',
    media: sample,
    async play(tv, { media }) {
      media.throttle = 14_000;
      await tv.open();
      await tv.watchToEnd();
    },
  },
  {
    name: 'a media server that does not answer for a while',
    variation: true,
    media: sample,
    async play(tv, { media, witness, lesson }) {
      media.fault = (path) => (path.includes('seg_002') ? { kind: 'hang' } : null);
      await tv.open();
      await tv.watchTo(7);
      await pause(3);
      expect(witness.position(lesson.id)).toBeLessThan(8.5);
      media.fault = () => null;
      await tv.watchToEnd();
    },
  },
  {
    name: 'a media server that refuses for a while',
    variation: true,
    media: sample,
    async play(tv, { media }) {
      media.fault = (path) => (path.includes('seg_003') ? { kind: 'status', status: 503 } : null);
      await tv.open();
      await tv.watchTo(11);
      await pause(4);
      media.fault = () => null;
      await tv.watchToEnd();
    },
  },
  {
    name: 'a lesson with 4 s of rubbish in it',
    media: { from: 'odd-streams', path: 'derived-corrupt-segment/index.m3u8' },
    lesson: { length: 30 },
    credited: false,
    async play(tv, stage) {
      await tv.open();
      const seen = await stage.account(1);
      expect(secondsWithin(stage.believed(seen), hole.start, hole.end)).toBeLessThan(0.3);
    },
  },
  {
    name: 'a lesson with 4 s missing',
    variation: true,
    media: { from: 'odd-streams', path: 'derived-missing-segment/index.m3u8' },
    lesson: { length: 30 },
    credited: false,
    async play(tv, stage) {
      await tv.open();
      const seen = await stage.account(1);
      expect(secondsWithin(stage.believed(seen), hole.start, hole.end)).toBeLessThan(0.3);
    },
  },
  {
    name: 'no line at all after the pictures came',
    variation: true,
    async play(tv, { context, lesson }) {
      await tv.open();
      // The whole lesson fits into the buffer.
      await tv.page.waitForFunction(
        (length) => {
          const { buffered } = document.querySelector('video')!;
          return buffered.length > 0 && buffered.end(buffered.length - 1) > length - 0.5;
        },
        lesson.length,
        { polling: 100 },
      );
      await context.setOffline(true);
      await tv.watchToEnd();
      await context.setOffline(false);
      await tv.leave();
      await tv.uploadNow();
    },
  },
  {
    name: 'pictures come, the study service does not answer',
    variation: true,
    async play(tv, { context }) {
      const calls = /\/(api|xapi)\//;
      await context.route(calls, (route) => route.abort());
      await tv.open();
      await tv.watchToEnd();
      await context.unroute(calls);
      await tv.leave();
      await tv.uploadNow();
    },
  },
  {
    name: 'the service down for the whole viewing',
    media: sample,
    ownService: true,
    async play(tv, { service }) {
      await tv.goTo('#home');
      await tv.warmedUp();
      await service.stop();
      await tv.open();
      await tv.watchToEnd();
      await tv.leave();
      await service.start();
      await tv.uploadNow();
    },
  },
  {
    name: 'the service killed on the way, back at once',
    variation: true,
    like: MINUTE,
    media: { from: 'sample', path: pathOf(MINUTE) },
    ownService: true,
    async play(tv, { service }) {
      await tv.open();
      await tv.watchTo(31);
      await service.kill();
      await service.start();
      await tv.watchToEnd();
      await tv.leave();
      await tv.uploadNow();
    },
  },
  {
    name: 'the service killed on the way, back after the end',
    media: sample,
    ownService: true,
    async play(tv, { service }) {
      await tv.open();
      await tv.watchTo(8);
      await service.kill();
      await tv.watchToEnd();
      await tv.leave();
      await service.start();
      await tv.uploadNow();
      await until('the upload', async () => !(await tv.saying()).includes('等待上传'));
    },
  },
];
