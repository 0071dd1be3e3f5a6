import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PresenceCheck } from '../../../../../src/tv/pages/player/PresenceCheck.ts';

const rule = { afterMinutes: [12, 18], answerSeconds: 60 };
const minute = 60_000;
let said: string[];
let playing: boolean;

function check(): PresenceCheck {
  return new PresenceCheck(rule, {
    playing: () => playing,
    ask: () => said.push('ask'),
    answered: () => said.push('answered'),
    missed: () => said.push('missed'),
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  said = [];
  playing = true;
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('asks in the middle of the window for a middling chance, and pauses only after a full minute', () => {
  check();
  vi.advanceTimersByTime(15 * minute - 1);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(said).toEqual(['ask']);
  vi.advanceTimersByTime(minute - 1);
  expect(said).toEqual(['ask']);
  vi.advanceTimersByTime(1);
  expect(said).toEqual(['ask', 'missed']);
});

test('any key answers and does nothing else; keys in between put the question off', () => {
  const presence = check();
  vi.advanceTimersByTime(14 * minute);
  expect(presence.key()).toBe(false);
  vi.advanceTimersByTime(14 * minute);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(minute);
  expect(said).toEqual(['ask']);
  expect(presence.key()).toBe(true);
  vi.advanceTimersByTime(14 * minute);
  expect(said).toEqual(['ask', 'answered']);
});

test('nobody is asked during a pause, nor after the page has gone', () => {
  playing = false;
  const presence = check();
  vi.advanceTimersByTime(60 * minute);
  expect(said).toEqual([]);
  playing = true;
  presence.stop();
  vi.advanceTimersByTime(60 * minute);
  expect(said).toEqual([]);
});
