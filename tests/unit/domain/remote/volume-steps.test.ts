import { describe, expect, it } from 'vitest';
import { turnVolume } from '../../../../src/domain/remote/volume-steps.ts';

describe('the volume keys', () => {
  it.each([
    ['VolumeUp', 50, 55],
    ['VolumeDown', 50, 45],
    ['VolumeUp', 98, 100],
    ['VolumeDown', 3, 0],
  ] as const)('%s turns %i to %i, and is heard', (key, level, turned) => {
    expect(turnVolume({ level, muted: true }, key)).toEqual({ level: turned, muted: false });
  });

  it('silence and sound again leave the level', () => {
    const silent = turnVolume({ level: 40, muted: false }, 'Mute');
    expect(silent).toEqual({ level: 40, muted: true });
    expect(turnVolume(silent, 'Mute')).toEqual({ level: 40, muted: false });
  });
});
