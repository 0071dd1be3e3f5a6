import { expect, test } from 'vitest';
import { aimFurther, withinLength, type SeekAim } from '../../../../src/tv/player/seek-steps.ts';

function hold(directions: (-1 | 1)[], from: number, duration: number): number[] {
  let aim: SeekAim | null = null;
  return directions.map((direction) => {
    aim = aimFurther(aim, direction, from, duration);
    return aim.target;
  });
}

test('a held key goes 10, 10, 10, 30, 30, 30, 60, 300 and stays at 300', () => {
  const targets = hold(Array<1>(10).fill(1), 100, 0);
  expect(targets.map((target, i) => target - (targets[i - 1] ?? 100))).toEqual([
    10, 10, 10, 30, 30, 30, 60, 300, 300, 300,
  ]);
});

test('turning round starts the steps again from where the aim is', () => {
  expect(hold([1, 1, 1, 1, -1, -1], 0, 0)).toEqual([10, 20, 30, 60, 50, 40]);
});

test('the aim stays inside the lesson', () => {
  expect(hold([-1, 1], 4, 60)).toEqual([0, 10]);
  expect(hold([1, 1, -1], 45, 60)).toEqual([55, 60, 50]);
  expect(withinLength(70, 60)).toBe(60);
  expect(withinLength(70, 0)).toBe(70);
});
