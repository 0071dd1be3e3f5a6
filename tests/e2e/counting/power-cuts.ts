import { expect } from 'vitest';
import { KEY } from '../harness/keys.ts';
import type { Viewer } from '../harness/viewer.ts';
import { boxClock } from './box-clock.ts';
import type { Stage } from './stage.ts';
import { MINUTE, pathOf, type Viewing } from './viewing.ts';

/** A resumed lesson begins so much before what was kept, in seconds. */
const PRE_ROLL = 5;
/** Seconds within which a player hits the position it was told; nearer it does not jump at all. */
const AIM = 0.6;

/**
 * The plug is pulled and put back: checks what the service then knows, then the lesson is opened again
 * where the box thinks that it was left.
 */
async function cutAndGoOn(stage: Stage, { session = 1, name = '  up to the cut' } = {}): Promise<Viewer> {
  const seen = stage.witness.position(stage.lesson.id) ?? 0;
  const tv = await stage.powerCut();
  await tv.uploadNow();
  const account = await stage.account(session);
  stage.note(name, account, { afterCut: true });
  const kept = stage.believed(account);
  const keptTo = kept[kept.length - 1]?.end ?? 0;
  await tv.open();
  const begun = stage.witness.begunAt(stage.lesson.id)!;
  // After a jump back the place that was kept last may be on either side of it.
  expect(begun).toBeGreaterThanOrEqual(Math.min(keptTo, seen) - PRE_ROLL - AIM);
  expect(begun).toBeLessThanOrEqual(Math.max(keptTo, seen));
  return tv;
}

/** SIGKILL to every process of the browser, then a new start with the same profile. */
export const powerCuts: Viewing[] = [
  {
    name: 'power cut at 35 s, then to the end',
    like: MINUTE,
    unpluggable: true,
    sessions: 2,
    async play(tv, stage) {
      await tv.open();
      await tv.watchTo(35);
      const again = await cutAndGoOn(stage);
      expect(stage.witness.begunAt(stage.lesson.id)).toBeGreaterThan(20);
      await again.watchToEnd();
    },
  },
  {
    name: 'power cut at 29 s, just before the first checkpoint',
    variation: true,
    like: MINUTE,
    unpluggable: true,
    credited: false,
    mayLose: true,
    async play(tv, stage) {
      await tv.open();
      await tv.watchTo(29);
      const again = await stage.powerCut();
      await again.uploadNow();
    },
  },
  {
    name: 'power cut at 9 s, then to the end',
    variation: true,
    unpluggable: true,
    sessions: 2,
    async play(tv, stage) {
      await tv.open();
      await tv.watchTo(9);
      const again = await cutAndGoOn(stage);
      await again.watchToEnd();
    },
  },
  {
    name: 'two power cuts',
    variation: true,
    unpluggable: true,
    sessions: 3,
    async play(tv, stage) {
      await tv.open();
      await tv.watchTo(6);
      const again = await cutAndGoOn(stage, { name: '  up to the first cut' });
      await again.watchTo(8);
      const third = await cutAndGoOn(stage, { session: 2, name: '  up to the second cut' });
      await third.watchToEnd();
    },
  },
  {
    name: 'power cut while paused, then to the end',
    variation: true,
    unpluggable: true,
    sessions: 2,
    async play(tv, stage) {
      await tv.open();
      await tv.watchTo(9);
      await tv.rest(0.5);
      await tv.watchTo(12);
      await tv.press(KEY.PlayPause);
      await tv.hears(/已暂停/);
      const again = await cutAndGoOn(stage);
      expect(stage.witness.begunAt(stage.lesson.id)).toBeGreaterThan(6);
      await again.watchToEnd();
    },
  },
  {
    name: 'power cut after going back, then to the end',
    variation: true,
    unpluggable: true,
    sessions: 2,
    async play(tv, stage) {
      await tv.open();
      await tv.watchTo(13);
      await tv.seek(KEY.Left);
      await tv.watchTo(5);
      const again = await cutAndGoOn(stage);
      await again.watchToEnd();
    },
  },
  {
    name: 'power cut at 1.5 times, after a checkpoint',
    variation: true,
    like: MINUTE,
    unpluggable: true,
    sessions: 2,
    async play(tv, stage) {
      await tv.open();
      await tv.choose(/^速度/, 2);
      await tv.watchTo(52);
      const again = await cutAndGoOn(stage);
      await again.watchToEnd();
    },
  },
  {
    name: 'power cut at the very end',
    variation: true,
    unpluggable: true,
    mayLose: true,
    async play(tv, stage) {
      await tv.open();
      await tv.watchToEnd();
      const again = await stage.powerCut();
      await again.uploadNow();
    },
  },
  {
    name: 'power cut in the whole village: box, service, and the box wakes in 1970',
    media: { from: 'sample', path: pathOf('remote-basics') },
    unpluggable: true,
    ownService: true,
    sessions: 2,
    prepare: (context) => context.addInitScript(boxClock, 0),
    async play(tv, stage) {
      await tv.open();
      await tv.watchTo(8);
      await stage.service.kill();
      await tv.watchTo(10);
      const again = await stage.powerCut(() => stage.service.start());
      await again.uploadNow();
      stage.note('  up to the cut', await stage.account(1), { afterCut: true });
      await again.open();
      await again.watchToEnd();
    },
  },
];
