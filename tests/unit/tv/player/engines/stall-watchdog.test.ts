import { expect, test } from 'vitest';
import {
  lookForStall,
  newStallWatch,
  restartWait,
  type StallLook,
} from '../../../../../src/tv/player/engines/stall-watchdog.ts';

/** Looks once a second; tells the verdicts that are not `fine`, with their second. */
function looks(seconds: number, at: (second: number) => Partial<StallLook>): string[] {
  let watch = newStallWatch(0, 0);
  const said: string[] = [];
  for (let second = 1; second <= seconds; second++) {
    const seen = lookForStall(watch, {
      at: second,
      position: 0,
      received: 0,
      holeEnd: null,
      atEnd: false,
      ...at(second),
    });
    watch = seen.watch;
    if (seen.verdict.type !== 'fine' && seen.verdict.type !== 'struggling') {
      said.push(`${second} ${seen.verdict.type}`);
    }
  }
  return said;
}

test('a picture that moves needs nothing', () => {
  expect(looks(100, (second) => ({ position: second }))).toEqual([]);
});

test('standing for 20 s starts afresh, three times, then gives up', () => {
  expect(looks(80, () => ({}))).toEqual(['20 rebuild', '40 rebuild', '60 rebuild', '80 give-up']);
});

test('a slow line that still brings bytes is left alone', () => {
  expect(looks(60, (second) => ({ received: second * 100 }))).toEqual([]);
});

test('a part the server does not have is skipped, but not for ever', () => {
  expect(looks(12, () => ({ holeEnd: 16 }))).toEqual([
    '2 skip',
    '4 skip',
    '6 skip',
    '8 give-up',
    '9 give-up',
    '10 give-up',
    '11 give-up',
    '12 give-up',
  ]);
});

test('play in between clears the account', () => {
  const stallsEvery30 = (second: number) => ({
    position: Math.min(second % 30, 8) + 30 * Math.floor(second / 30),
  });
  const said = looks(300, stallsEvery30);
  expect(said.length).toBeGreaterThan(5);
  expect(said.every((verdict) => verdict.endsWith('rebuild'))).toBe(true);
});

test('the end of a playlist without an end mark is the end', () => {
  expect(looks(2, () => ({ atEnd: true }))).toEqual(['2 finished']);
});

test('waiting counts from the last key, not from before a pause', () => {
  const before = newStallWatch(0, 0);
  const look = { at: 101, position: 0, received: 0, holeEnd: null, atEnd: false };
  expect(lookForStall(before, look).verdict.type).toBe('rebuild');
  expect(lookForStall(restartWait(before, 100, 0), look).verdict.type).toBe('fine');
});

test('a stall that lasts is told before anything is done', () => {
  const watch = newStallWatch(0, 0);
  const look = { at: 3, position: 0, received: 0, holeEnd: null, atEnd: false };
  expect(lookForStall(watch, look).verdict.type).toBe('struggling');
});
