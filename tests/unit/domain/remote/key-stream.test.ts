import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newKeyStream, takeKey, type KeyEvent } from '../../../../src/domain/remote/key-stream.ts';

type Told = Partial<KeyEvent> | 'up';

/** What passes of these events, as `code` and whether it counts as a repeat. */
function taken(...events: Told[]): string[] {
  let stream = newKeyStream;
  const passed: string[] = [];
  for (const event of events) {
    if (event === 'up') stream = { ...stream, released: true };
    else {
      const full = { type: 'keydown', code: '13', at: 0, repeat: false, ...event };
      const result = takeKey(stream, full);
      stream = result.stream;
      if (result.pass) passed.push(`${full.code}${result.repeat ? ' again' : ''}`);
    }
  }
  return passed;
}

describe('the stream of keys', () => {
  it('takes the two events of one press for one', () => {
    expect(taken({}, { type: 'keypress', at: 1 })).toEqual(['13']);
    expect(taken({ type: 'irkeypress', code: '340' }, { code: '340', at: 59 })).toEqual(['340']);
  });

  it('takes a press for a press when the other event comes later', () => {
    expect(taken({}, 'up', { type: 'keypress', at: 61 })).toEqual(['13', '13']);
  });

  it('never takes the letter that a keydown typed for a key', () => {
    expect(taken({ code: '57' }, { type: 'keypress', code: '40', at: 1 })).toEqual(['57']);
  });

  it('takes a second press with the same event for a press', () => {
    expect(taken({}, 'up', { at: 50 })).toEqual(['13', '13']);
  });

  it('knows a held key by its coming again, where the box says neither repeat nor up', () => {
    expect(taken({}, { at: 500 }, { at: 625 }, { at: 750 })).toEqual([
      '13',
      '13 again',
      '13 again',
      '13 again',
    ]);
    expect(taken({}, { at: 500 }, { at: 801 })).toEqual(['13', '13 again', '13']);
    expect(taken({}, { at: 601 })).toEqual(['13', '13']);
  });

  it('never drops a key that is not the second of a pair', () => {
    const events = fc.array(
      fc.record({ code: fc.constantFrom('37', '39', '263'), wait: fc.integer({ min: 0, max: 900 }) }),
    );
    fc.assert(
      fc.property(events, fc.constantFrom('keydown', 'keypress'), (presses, type) => {
        let at = 0;
        const passed = taken(...presses.map(({ code, wait }) => ({ type, code, at: (at += wait) })));
        expect(passed).toHaveLength(presses.length);
      }),
    );
  });
});
