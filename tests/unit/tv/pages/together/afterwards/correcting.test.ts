import { describe, expect, it } from 'vitest';
import {
  correcting,
  type Correcting,
  type CorrectingEvent,
} from '../../../../../../src/tv/pages/together/afterwards/correcting.ts';

const begin: Correcting = { stage: 'who', way: 'add', chosen: [] };
const after = (...events: CorrectingEvent[]): Correcting | undefined =>
  events.reduce<Correcting | undefined>((state, event) => state && correcting(state, event), begin);
const tick = (person: string): CorrectingEvent => ({ type: 'ticked', person });
const chosen: CorrectingEvent = { type: 'chosen' };
const reason: CorrectingEvent = { type: 'reason', reason: 'forgotten' };
const confirmed: CorrectingEvent = { type: 'confirmed' };
const back: CorrectingEvent = { type: 'back' };

describe('putting a record right', () => {
  it('goes from who to why to sure to sent', () => {
    expect(after(tick('a'), chosen)?.stage).toBe('why');
    expect(after(tick('a'), chosen, reason)).toMatchObject({ stage: 'sure', reason: 'forgotten' });
    expect(after(tick('a'), tick('b'), chosen, reason, confirmed)).toEqual({
      stage: 'sent',
      way: 'add',
      chosen: ['a', 'b'],
      reason: 'forgotten',
    });
  });

  it('takes a tick back, and goes nowhere with nobody chosen', () => {
    expect(after(tick('a'), tick('b'), tick('a'))?.chosen).toEqual(['b']);
    expect(after(tick('a'), tick('a'), chosen)?.stage).toBe('who');
  });

  it('is not confirmed before it was asked, nor twice', () => {
    expect(after(tick('a'), confirmed)?.stage).toBe('who');
    const sent = after(tick('a'), chosen, reason, confirmed)!;
    expect(correcting(sent, confirmed)).toEqual(sent);
  });

  it('goes back one step at a time and keeps what was chosen; from the first and the last step it is left', () => {
    expect(after(tick('a'), chosen, reason, back)).toMatchObject({ stage: 'why', chosen: ['a'] });
    expect(after(tick('a'), chosen, reason, back, back)).toMatchObject({ stage: 'who', chosen: ['a'] });
    expect(after(back)).toBeUndefined();
    expect(after(tick('a'), chosen, reason, confirmed, back)).toBeUndefined();
  });
});
