import { describe, expect, it } from 'vitest';
import { planStills } from '../../../../src/curator/sample-media/frame-plan.ts';

describe('planStills', () => {
  it('draws every frame of a movement and one picture for the rest after it', () => {
    expect(planStills(10, 10, [[0.2, 0.5]])).toEqual([
      { time: 0, frames: 2 },
      { time: 0.2, frames: 1 },
      { time: 0.3, frames: 1 },
      { time: 0.4, frames: 1 },
      { time: 0.5, frames: 5 },
    ]);
  });

  it('covers exactly the wanted frames, movements overlapping or reaching past the end', () => {
    const stills = planStills(31, 15, [
      [0, 0.6],
      [0.3, 0.9],
      [1.9, 5],
    ]);
    expect(stills.reduce((sum, { frames }) => sum + frames, 0)).toBe(31);
  });

  it('needs one picture when nothing moves', () => {
    expect(planStills(40, 15, [])).toEqual([{ time: 0, frames: 40 }]);
  });
});
