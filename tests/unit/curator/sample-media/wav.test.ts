import { describe, expect, it } from 'vitest';
import { parseWav, trimSilence, wavOf } from '../../../../src/curator/sample-media/wav.ts';

const sound = (...samples: number[]): { rate: number; samples: Int16Array } => ({
  rate: 100,
  samples: Int16Array.from(samples),
});

describe('WAV', () => {
  it('puts sounds at their times on silence and reads back the same', () => {
    const file = wavOf(100, 0.1, [
      { start: 0.02, sound: sound(5, -6) },
      { start: 0.09, sound: sound(7, 8) },
    ]);
    expect(parseWav(file)).toEqual(sound(0, 0, 5, -6, 0, 0, 0, 0, 0, 7));
  });

  it('reads a file whose header does not know its length, as programs write them to a pipe', () => {
    const file = wavOf(100, 0.03, [{ start: 0, sound: sound(1, 2, 3) }]);
    file.writeUInt32LE(0x7ffff000, 40);
    expect(parseWav(file).samples).toEqual(Int16Array.from([1, 2, 3]));
  });

  it('refuses what is no mono 16-bit sound, and sounds of another rate', () => {
    expect(() => parseWav(Buffer.from('<html>'))).toThrow('not a WAV file');
    const stereo = wavOf(100, 0.01, []);
    stereo.writeUInt16LE(2, 22);
    expect(() => parseWav(stereo)).toThrow('mono');
    expect(() => wavOf(200, 1, [{ start: 0, sound: sound(1) }])).toThrow('100 Hz');
  });

  it('trims near-silence at both ends only', () => {
    expect(trimSilence(sound(3, -2, 900, 0, -800, 10), 150)).toEqual(sound(900, 0, -800));
    expect(trimSilence(sound(1, 2), 150).samples).toHaveLength(0);
  });
});
