import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOf } from '../../../../src/domain/groups/attendance.ts';
import {
  groupRecord,
  groupRecordSchema,
  recordMistakes,
} from '../../../../src/domain/groups/group-record.ts';
import {
  attendeesOf,
  endRefusal,
  groupSession,
  isHere,
  newGroupSession,
  presentNow,
  reopened,
  type GroupEvent,
  type GroupSession,
} from '../../../../src/domain/groups/group-session.ts';
import { Validator } from '@cfworker/json-schema';
import { after, people, plan, played } from './samples.ts';

const fresh = newGroupSession(plan);
const times = { anchors: [{ seconds: 0, at: '2026-11-20T11:55:00.000Z' }], clock: 'synced' as const };

describe('the roll', () => {
  it('ticks and takes a tick off again before the first lesson', () => {
    const one = after(fresh, [{ type: 'ticked', person: 'p-one', at: 3 }]);
    expect(presentNow(one)).toEqual(['p-one']);
    expect(attendeesOf(after(one, [{ type: 'ticked', person: 'p-one', at: 4 }]))).toEqual([]);
  });

  it('marks all with one event and takes that back with another', () => {
    const some = after(fresh, [{ type: 'ticked', person: 'p-two', at: 3 }]);
    const all = after(some, [{ type: 'all-ticked', at: 5 }]);
    expect(presentNow(all)).toEqual(people);
    expect(all.attendees['p-two']).toEqual({ spans: [{ from: 3, to: null }] });
    const back = after(all, [{ type: 'undone', at: 6 }]);
    expect(back.attendees).toEqual(some.attendees);
    expect(after(back, [{ type: 'undone', at: 7 }]).attendees).toEqual(some.attendees);
  });

  it('does not go on without anybody', () => {
    expect(after(fresh, [{ type: 'roll-called', at: 9 }]).phase).toBe('roll');
  });

  it('takes a check-in by phone from when it was made, once', () => {
    const checked = after(fresh, [
      { type: 'checked-in', person: 'p-one', codeAt: 20, at: 26 },
      { type: 'checked-in', person: 'p-one', codeAt: 60, at: 66 },
    ]);
    expect(checked.attendees['p-one']).toEqual({ spans: [{ from: 20, to: null }], codeAt: 20 });
  });

  it('keeps away whom the host has sent away, until the host ticks them', () => {
    const away = after(fresh, [
      { type: 'checked-in', person: 'p-one', codeAt: 20, at: 26 },
      { type: 'ticked', person: 'p-one', at: 30 },
      { type: 'checked-in', person: 'p-one', codeAt: 20, at: 31 },
    ]);
    expect(attendeesOf(away)).toEqual([]);
    expect(away.dismissed).toEqual(['p-one']);
    const back = after(away, [{ type: 'ticked', person: 'p-one', at: 40 }]);
    expect(isHere(back, 'p-one')).toBe(true);
    expect(back.dismissed).toEqual([]);
  });

  it('counts guests within bounds', () => {
    const count = (guests: number): number => after(fresh, [{ type: 'guests', count: guests, at: 1 }]).guests;
    expect([count(5), count(-3), count(9999)]).toEqual([5, 0, 200]);
  });
});

describe('a session', () => {
  const called: GroupEvent[] = [
    { type: 'ticked', person: 'p-one', at: 2 },
    { type: 'ticked', person: 'p-two', at: 3 },
    { type: 'roll-called', at: 10 },
    { type: 'cued', at: 20 },
  ];

  it('announces each lesson, stops for the room to talk and goes on when told', () => {
    const steps = [...called, ...played(0, 40, 30)];
    let session = fresh;
    const effects: string[] = [];
    for (const event of steps) {
      const step = groupSession(session, event);
      session = step.session;
      effects.push(...step.effects.map(({ type }) => type));
    }
    expect(session.phase).toBe('discussion');
    expect(effects).toEqual(['pause']);
    expect(session.asked).toEqual([{ lessonId: 'one', discussion: 0, at: 70, until: null }]);
    const on = groupSession(session, { type: 'talked', at: 190 });
    expect(on.effects).toEqual([{ type: 'play' }]);
    expect(on.session.asked[0]!.until).toBe(190);
    const two = after(on.session, [...played(40, 100, 190), { type: 'shown', at: 251 }]);
    expect(two.phase).toBe('cue');
    expect(two.lesson).toBe(1);
    const done = after(two, [{ type: 'cued', at: 260 }, ...played(0, 100, 260), { type: 'shown', at: 361 }]);
    expect(done.phase).toBe('after');
    const ended = groupSession(done, { type: 'ended', at: 400 });
    expect(ended.effects).toEqual([{ type: 'record' }]);
    const record = groupRecord(ended.session, times);
    expect(record.lessons.map(({ plays }) => plays.map(({ start, end, at }) => [start, end, at]))).toEqual([
      [
        [0, 40, 30],
        [40, 100, 190],
      ],
      [[0, 100, 260]],
    ]);
    expect(record.attendees.map(({ person, spans }) => [person, spans])).toEqual([
      ['p-one', [{ from: 2, to: 400 }]],
      ['p-two', [{ from: 3, to: 400 }]],
    ]);
    expect(recordMistakes(record)).toEqual([]);
  });

  it('asks the same question once, also after a power cut that goes back before it', () => {
    const talked = after(fresh, [...called, ...played(0, 40, 30), { type: 'talked', at: 100 }]);
    const again = after(reopened(talked), played(35, 60, 110));
    expect(again.phase).toBe('lesson');
    expect(again.asked).toHaveLength(1);
  });

  it('lets people come late, leave and come back while the picture runs', () => {
    const session = after(fresh, [
      ...called,
      ...played(0, 15, 30),
      { type: 'ticked', person: 'p-three', at: 50 },
      { type: 'ticked', person: 'p-one', at: 60 },
      { type: 'ticked', person: 'p-one', at: 80 },
    ]);
    expect(session.attendees['p-three']!.spans).toEqual([{ from: 50, to: null }]);
    expect(session.attendees['p-one']!.spans).toEqual([
      { from: 2, to: 60 },
      { from: 80, to: null },
    ]);
  });

  it('takes a tick that is taken off before anything more was shown for a mistake', () => {
    const shown = [...called, ...played(0, 15, 30)];
    const mistaken = after(fresh, [
      ...shown,
      { type: 'ticked', person: 'p-three', at: 50 },
      { type: 'ticked', person: 'p-three', at: 52 },
    ]);
    expect(attendeesOf(mistaken)).toEqual(['p-one', 'p-two']);
    const again = after(fresh, [
      ...shown,
      { type: 'ticked', person: 'p-one', at: 50 },
      { type: 'ticked', person: 'p-one', at: 52 },
      { type: 'ticked', person: 'p-one', at: 54 },
    ]);
    expect(again.attendees['p-one']!.spans).toEqual([{ from: 2, to: 50 }]);
    const brief = after(fresh, [
      ...shown,
      { type: 'ticked', person: 'p-three', at: 50 },
      ...played(15, 20, 50),
      { type: 'ticked', person: 'p-three', at: 55 },
    ]);
    expect(brief.attendees['p-three']!.spans).toEqual([{ from: 50, to: 55 }]);
  });

  it('takes a late check-in from when the picture stopped, if its code is from before that', () => {
    const late = after(fresh, [
      ...called,
      ...played(0, 40, 30),
      { type: 'checked-in', person: 'p-three', codeAt: 60, at: 85 },
    ]);
    expect(late.attendees['p-three']).toEqual({ spans: [{ from: 70, to: null }], codeAt: 60 });
    const later = after(late, [{ type: 'checked-in', person: 'p-four', codeAt: 80, at: 95 }]);
    expect(later.attendees['p-four']).toEqual({ spans: [{ from: 80, to: null }], codeAt: 80 });
  });

  it('does not end without anybody, nor without anything shown', () => {
    expect(endRefusal(fresh)).toBe('nobody');
    const idle = after(fresh, [...called, { type: 'skipped', at: 30 }, { type: 'skipped', at: 40 }]);
    expect(idle.phase).toBe('after');
    expect(endRefusal(idle)).toBe('nothing-shown');
    expect(groupSession(idle, { type: 'ended', at: 50 }).effects).toEqual([]);
  });

  it('goes on a little before where a power cut came, with everybody where they were', () => {
    const cut = after(fresh, [...called, ...played(0, 30, 30)]);
    const back = reopened(JSON.parse(JSON.stringify(cut)) as GroupSession);
    expect(back.position).toBe(25);
    expect(back.attendees).toEqual(cut.attendees);
    expect(back.phase).toBe('lesson');
  });
});

const person = fc.constantFrom(...people, 'p-stranger');
const anyEvent: fc.Arbitrary<{ gap: number; make: (at: number) => GroupEvent[] }> = fc.record({
  gap: fc.integer({ min: 0, max: 120 }),
  make: fc.oneof(
    person.map((who) => (at: number): GroupEvent[] => [{ type: 'ticked', person: who, at }]),
    person.map((who) => (at: number): GroupEvent[] => [{ type: 'dismissed', person: who, at }]),
    person.map((who) => (at: number): GroupEvent[] => [
      { type: 'checked-in', person: who, codeAt: Math.max(0, at - 20), at },
    ]),
    fc.nat(250).map((count) => (at: number): GroupEvent[] => [{ type: 'guests', count, at }]),
    fc
      .constantFrom('all-ticked', 'undone', 'roll-called', 'cued', 'shown', 'talked', 'skipped')
      .map((type) => (at: number): GroupEvent[] => [{ type, at }]),
    fc.tuple(fc.nat(80), fc.integer({ min: 1, max: 60 })).map(
      ([from, seconds]) =>
        (at: number): GroupEvent[] =>
          played(from, Math.min(100, from + seconds), at),
    ),
  ),
});

describe('any evening', () => {
  const evening = fc.array(anyEvent, { minLength: 1, maxLength: 25 });

  const live = (some: readonly { gap: number; make: (at: number) => GroupEvent[] }[], cut: boolean) => {
    let session = fresh;
    for (const { gap, make } of some) {
      for (const event of make(session.seconds + gap)) session = groupSession(session, event).session;
      if (cut) session = reopened(JSON.parse(JSON.stringify(session)) as GroupSession);
    }
    return groupSession(session, { type: 'ended', at: session.seconds + 5 }).session;
  };

  it('ends in a record that the service takes, or is refused in words', () => {
    const validator = new Validator(groupRecordSchema as object, '2020-12', false);
    fc.assert(
      fc.property(evening, fc.boolean(), (some, cut) => {
        const session = live(some, cut);
        if (session.phase !== 'ended') {
          expect(endRefusal(session) ?? 'just-came').toMatch(/nobody|nothing-shown|just-came/);
          return;
        }
        const record = groupRecord(session, times);
        expect(recordMistakes(record)).toEqual([]);
        expect(validator.validate(record).errors).toEqual([]);
        for (const { plays } of session.showings)
          for (const play of plays) expect(endOf(play)).toBeLessThanOrEqual(session.seconds + 1e-6);
      }),
      { numRuns: 300 },
    );
  });

  it('has the same people whether or not the power fails after every step', () => {
    fc.assert(
      fc.property(evening, (some) => {
        const [whole, cut] = [live(some, false), live(some, true)];
        expect(cut.attendees).toEqual(whole.attendees);
        expect(cut.guests).toBe(whole.guests);
      }),
    );
  });
});
