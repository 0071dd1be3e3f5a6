import { describe, expect, it } from 'vitest';
import { registrationId } from '../../../../src/domain/watching/registration.ts';
import { createClock, type Clock, type Stamp } from '../../../../src/tv/study/clock.ts';
import type { OutboxRow } from '../../../../src/tv/study/rows.ts';
import { seal } from '../../../../src/tv/study/seal.ts';

const newYear = Date.UTC(2026, 11, 31, 16); // midnight in Shanghai

function clock(now: number | undefined): Clock {
  const made = createClock({
    bootId: 'now',
    mono: () => 100,
    boxNow: () => 0,
    lastContact: undefined,
    onSynced: () => undefined,
  });
  if (now !== undefined) made.contact(now, 1);
  return made;
}

const stamp = (mono: number, bootId = 'now'): Stamp => ({ bootId, mono, box: 0 });

function checkpoint(begun: Stamp, at: Stamp): OutboxRow {
  return {
    id: 's:1',
    order: 1,
    kind: 'checkpoint',
    begun,
    stamp: at,
    draft: {
      sessionId: 's',
      person: 'v-1',
      lessonId: 'rice',
      seq: 1,
      bootId: at.bootId,
      mono: at.mono,
      segments: '0[.]30',
      rate: 1,
    },
  };
}

describe('sealing', () => {
  it('needs the time', () => {
    expect(seal([checkpoint(stamp(0), stamp(30))], clock(undefined), 'Asia/Shanghai')).toEqual([]);
  });

  it('gives a row its text once', () => {
    const [sealed] = seal([checkpoint(stamp(0), stamp(30))], clock(newYear), 'Asia/Shanghai');
    expect(JSON.parse(sealed!.sealed!)).toEqual({
      sessionId: 's',
      registration: registrationId('v-1', 'rice', '2026'),
      person: 'v-1',
      lessonId: 'rice',
      seq: 1,
      bootId: 'now',
      mono: 30,
      segments: '0[.]30',
      rate: 1,
    });
    expect(sealed).toMatchObject({ at: newYear - 70_000, bytes: sealed!.sealed!.length });
    expect(seal([sealed!], clock(newYear + 5000), 'Asia/Shanghai')).toEqual([]);
  });

  it('puts a viewing over midnight of New Year into the period in which it began', () => {
    const period = (begun: number, zone: string): string => {
      const [row] = seal([checkpoint(stamp(begun), stamp(99))], clock(newYear + 10_000), zone);
      return (JSON.parse(row!.sealed!) as { registration: string }).registration;
    };
    expect(period(89, 'Asia/Shanghai')).toBe(registrationId('v-1', 'rice', '2026'));
    expect(period(91, 'Asia/Shanghai')).toBe(registrationId('v-1', 'rice', '2027'));
    expect(period(91, 'UTC')).toBe(registrationId('v-1', 'rice', '2026'));
  });

  it('keeps rows of an earlier start apart in time', () => {
    const rows = [10, 40, 70].map((mono) => ({
      ...checkpoint(stamp(0, 'before'), stamp(mono, 'before')),
      id: `s:${mono}`,
    }));
    expect(seal(rows, clock(newYear), 'UTC').map(({ at }) => newYear - at!)).toEqual([60_000, 30_000, 0]);
  });
});
