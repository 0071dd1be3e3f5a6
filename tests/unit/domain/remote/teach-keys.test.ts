import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { necessaryKeys } from '../../../../src/domain/remote/key-names.ts';
import { mergeKeyProfiles, type KeyProfile } from '../../../../src/domain/remote/key-profile.ts';
import {
  beginTeaching,
  profileOf,
  taughtKeys,
  teach,
  type TeachEvent,
  type Teaching,
} from '../../../../src/domain/remote/teach-keys.ts';

const given: KeyProfile = { 37: 'Left', 38: 'Up', 39: 'Right', 40: 'Down', 13: 'Enter', 8: 'Back' };
const codes = ['701', '702', '703', '704', '705', '706', '707'];
const pressed = (code: string): TeachEvent => ({ type: 'pressed', code });
const timeUp: TeachEvent = { type: 'time-up' };
const after = (events: readonly TeachEvent[], from = beginTeaching(given, {})): Teaching =>
  events.reduce(teach, from);

describe('a lesson for the remote', () => {
  it('asks for seven keys one after the other, and keeps them by the OK that was taught', () => {
    const asked = taughtKeys.map((_, index) => after(codes.slice(0, index).map(pressed)).waiting[0]);
    expect(asked).toEqual([...taughtKeys]);
    const all = after(codes.map(pressed));
    expect(all.waiting).toEqual([]);
    expect(all.outcome).toBeUndefined();
    const kept = teach(all, pressed('705'));
    expect(kept.outcome).toBe('kept');
    expect(profileOf(kept)).toEqual(Object.fromEntries(codes.map((code, at) => [code, taughtKeys[at]])));
  });

  it('passes over a key that nobody presses', () => {
    const lesson = after([pressed('701'), timeUp]);
    expect(lesson.waiting[0]).toBe('Left');
    expect(profileOf(lesson)).toEqual({ 701: 'Up' });
  });

  it('ends by itself, whatever it waits for', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...codes, '13', '8', '38')), (keys) => {
        const lesson = after(keys.map(pressed));
        expect(
          after(Array<TeachEvent>(2 * taughtKeys.length + 2).fill(timeUp), lesson).outcome,
        ).toBeDefined();
      }),
    );
  });

  it('leaves soon when nobody is there', () => {
    expect(after([timeUp, timeUp]).outcome).toBeUndefined();
    expect(after([timeUp, timeUp, timeUp]).outcome).toBe('left');
  });

  it('tells of a key that is taken, and asks for it anew when it is pressed once more', () => {
    const taken = after([pressed('701'), pressed('702'), pressed('701')]);
    expect(taken.note).toEqual({ type: 'taken', name: 'Up', code: '701' });
    expect(taken.waiting[0]).toBe('Left');
    const again = teach(taken, pressed('701'));
    expect(again.note).toEqual({ type: 'again', name: 'Up' });
    expect(again.waiting.slice(0, 2)).toEqual(['Up', 'Left']);
    expect(profileOf(teach(again, pressed('799')))).toEqual({ 702: 'Down', 799: 'Up' });
  });

  it('does not take two presses of different taken keys for one that is repeated', () => {
    const lesson = after(['701', '702', '701', '702'].map(pressed));
    expect(lesson.note).toMatchObject({ type: 'taken', name: 'Down' });
    expect(profileOf(lesson)).toEqual({ 701: 'Up', 702: 'Down' });
  });

  it('asks for what would be lost, and keeps nothing when it stays lost', () => {
    // The only OK becomes Back, and OK itself is passed over.
    const lesson = after([
      ...Array<TeachEvent>(2).fill(timeUp),
      pressed('37'),
      ...Array<TeachEvent>(2).fill(timeUp),
      pressed('13'),
      timeUp,
    ]);
    expect(lesson).toMatchObject({
      waiting: ['Right', 'Enter'].slice(1),
      note: { type: 'lost', name: 'Enter' },
    });
    expect(teach(lesson, timeUp)).toMatchObject({ outcome: 'left', note: { type: 'lost', name: 'Enter' } });
    expect(after([pressed('799'), pressed('799')], lesson).outcome).toBe('kept');
  });

  it('shows by any other key what it means now, and leaves all by Back', () => {
    const all = after(codes.map(pressed));
    expect(teach(all, pressed('701')).note).toEqual({ type: 'tried', name: 'Up' });
    expect(teach(all, pressed('555')).note).toEqual({ type: 'tried', name: undefined });
    expect(teach(all, pressed('706')).outcome).toBe('left');
    expect(teach(all, timeUp).outcome).toBe('left');
  });

  it('puts what is taught anew in the place of what was taught before, and leaves the rest', () => {
    const lesson = beginTeaching(given, { 601: 'Up', 602: 'Red' });
    expect(profileOf(teach(lesson, pressed('701')))).toEqual({ 602: 'Red', 701: 'Up' });
  });

  it('takes no notice of what has no code', () => {
    const lesson = beginTeaching(given, {});
    expect(teach(lesson, pressed(''))).toBe(lesson);
    expect(teach(lesson, pressed('constructor'))).toBe(lesson);
  });

  it('never keeps a remote that cannot do what is necessary', () => {
    const event = fc.oneof(
      fc.constantFrom(...Object.keys(given), ...codes).map(pressed),
      fc.constant(timeUp),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const lesson = after(events);
        if (lesson.outcome !== 'kept') return;
        const { problems } = mergeKeyProfiles([
          { field: 'given', profile: given },
          { field: 'taught', profile: profileOf(lesson) },
        ]);
        expect(problems).toEqual([]);
        expect(necessaryKeys.length).toBe(6);
      }),
      { numRuns: 500 },
    );
  });
});
