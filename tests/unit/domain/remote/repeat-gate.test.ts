import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passKey, REPEAT_GAP, type RepeatGate } from '../../../../src/domain/remote/repeat-gate.ts';

/** Which of the presses pass. */
function passed(presses: readonly { key: string; at: number }[]): { key: string; at: number }[] {
  let gate: RepeatGate | undefined;
  return presses.filter(({ key, at }) => {
    const result = passKey(gate, key, at);
    gate = result.gate;
    return result.pass;
  });
}

describe('the repeat gate', () => {
  it('lets the first key through', () => {
    expect(passKey(undefined, 'Right', 0).pass).toBe(true);
  });

  it('lets a key held at 30 repeats a second through about ten times', () => {
    const held = Array.from({ length: 31 }, (_, index) => ({ key: 'Right', at: index / 30 }));
    const count = passed(held).length;
    expect(count).toBeGreaterThanOrEqual(8);
    expect(count).toBeLessThanOrEqual(11);
  });

  it('counts the gap from the last key that passed, so that a held key is not shut out for ever', () => {
    expect(
      passed([0, 0.06, 0.12, 0.18, 0.24].map((at) => ({ key: 'Down', at }))).map(({ at }) => at),
    ).toEqual([0, 0.12, 0.24]);
  });

  it('never holds another key back, and never two of the same closer than the gap', () => {
    const press = fc.record({
      key: fc.constantFrom('Left', 'Right', 'Enter'),
      wait: fc.double({ min: 0, max: 0.3, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(press, { maxLength: 40 }), (waits) => {
        let at = 0;
        const presses = waits.map(({ key, wait }) => ({ key, at: (at += wait) }));
        const through = passed(presses);
        presses.forEach((one, index) => {
          if (presses[index - 1]?.key !== one.key) expect(through).toContain(one);
        });
        through.forEach((one, index) => {
          const before = through[index - 1];
          if (before?.key === one.key) expect(one.at - before.at).toBeGreaterThanOrEqual(REPEAT_GAP);
        });
      }),
    );
  });
});
