import { describe, expect, it } from 'vitest';
import { createClock, type Clock, type Stamp } from '../../../../src/tv/study/clock.ts';

const noon = Date.UTC(2026, 10, 20, 4);

function started({ box = 0, lastContact }: { box?: number; lastContact?: number }) {
  let mono = 0;
  const synced: number[] = [];
  const clock: Clock = createClock({
    bootId: 'now',
    mono: () => mono,
    boxNow: () => box + mono * 1000,
    lastContact,
    onSynced: (ms) => synced.push(ms),
  });
  return { clock, synced, pass: (seconds: number) => (mono += seconds) };
}

describe('the clock', () => {
  it('tells no time before a contact, whatever the box believes', () => {
    const { clock } = started({ box: noon });
    expect(clock.tell(clock.stamp(), 0)).toBeUndefined();
    expect(clock.synced()).toBe(false);
  });

  it('tells by the server what happened before the first contact of the same start', () => {
    const { clock, pass, synced } = started({ box: 0 });
    pass(10);
    const stamp = clock.stamp();
    pass(50);
    clock.contact(noon, 10);
    pass(100);
    expect(clock.tell(stamp, 10)).toEqual({ ms: noon - 50_000, clock: 'synced' });
    expect(clock.tell(clock.stamp(20), 20)).toEqual({ ms: noon - 40_000, clock: 'synced' });
    expect(synced).toEqual([noon]);
  });

  it('keeps what was known at the moment itself when the monotonic clock stood still afterwards', () => {
    const { clock, pass } = started({});
    clock.contact(noon, 10);
    pass(5);
    const stamp = clock.stamp();
    clock.contact(noon + 3_600_000, 10);
    expect(clock.tell(stamp, 5)).toEqual({ ms: noon + 5000, clock: 'synced' });
  });

  it('follows a finer or a moved server clock, not every wobble', () => {
    const { clock, synced } = started({});
    clock.contact(noon + 700, 1000);
    clock.contact(noon + 100, 20);
    clock.contact(noon + 900, 1000);
    expect(clock.guess()).toEqual({ ms: noon + 100, clock: 'synced' });
    clock.contact(noon + 60_000, 1000);
    expect(clock.guess().ms).toBe(noon + 60_000);
    expect(synced).toEqual([noon + 700, noon + 60_000]);
  });

  it('does not believe a server that is not set itself', () => {
    const { clock } = started({});
    clock.contact(86_400_000, 10);
    expect(clock.synced()).toBe(false);
  });

  describe('about an earlier start', () => {
    const old = (stamp: Partial<Stamp>): Stamp => ({ bootId: 'before', mono: 60, box: 0, ...stamp });
    function now(): Clock {
      const { clock } = started({});
      clock.contact(noon, 10);
      return clock;
    }

    it('repeats the time that was known then', () => {
      expect(now().tell(old({ server: noon - 5000 }), 60)).toEqual({ ms: noon - 5000, clock: 'synced' });
    });

    it('puts a moment of a box in 1970 after the last contact before it', () => {
      const stamp = old({ after: noon - 86_400_000 });
      expect(now().tell(stamp, 60)).toEqual({ ms: noon - 86_400_000 + 60_000, clock: 'bounded' });
    });

    it('believes a set box clock only between the last contact and this one', () => {
      const after = noon - 7_200_000;
      expect(now().tell(old({ after, box: noon - 3_600_000 }), 60)?.ms).toBe(noon - 3_600_000);
      expect(now().tell(old({ after, box: noon - 86_400_000 }), 60)?.ms).toBe(after + 60_000);
      expect(now().tell(old({ after, box: noon + 86_400_000 }), 60)?.ms).toBe(noon);
    });

    it('keeps moments apart by what happened after them, and never later than now', () => {
      expect(now().tell(old({}), 100)).toEqual({ ms: noon - 40_000, clock: 'bounded' });
      expect(now().tell(old({ after: noon }), 60)?.ms).toBe(noon);
    });
  });

  it('guesses, for order only: the box clock if it can be right, else since the last contact', () => {
    expect(started({ box: noon }).clock.guess()).toEqual({ ms: noon, clock: 'estimated' });
    const stale = started({ box: 1000, lastContact: noon });
    stale.pass(7);
    expect(stale.clock.guess()).toEqual({ ms: noon + 7000, clock: 'unknown' });
    expect(started({ box: noon - 1, lastContact: noon }).clock.guess().clock).toBe('unknown');
    expect(new Date(started({}).clock.guess().ms).getUTCFullYear()).toBe(2026);
  });
});
