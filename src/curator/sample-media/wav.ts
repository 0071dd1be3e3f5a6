/** Mono 16-bit sound. */
export interface Sound {
  /** Samples per second. */
  rate: number;
  samples: Int16Array;
}

/**
 * Reads a mono 16-bit PCM WAV file; tolerates the wrong sizes that programs writing to a pipe leave in the
 * header.
 *
 * @throws Error when it is something else
 */
export function parseWav(file: Buffer): Sound {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE')
    throw new Error('not a WAV file');
  let rate = 0;
  for (let at = 12; at + 8 <= file.length;) {
    const name = file.toString('latin1', at, at + 4);
    const size = file.readUInt32LE(at + 4);
    const body = at + 8;
    if (name === 'fmt ') {
      if (file.readUInt16LE(body + 2) !== 1 || file.readUInt16LE(body + 14) !== 16)
        throw new Error('not mono 16-bit PCM');
      rate = file.readUInt32LE(body + 4);
    }
    if (name === 'data') {
      const end = Math.min(body + size, file.length);
      const samples = new Int16Array((end - body) >> 1);
      for (let n = 0; n < samples.length; n++) samples[n] = file.readInt16LE(body + 2 * n);
      return { rate, samples };
    }
    at = body + size + (size % 2);
  }
  throw new Error('no sound in the WAV file');
}

/** The sound without the near-silence at its beginning and end. */
export function trimSilence({ rate, samples }: Sound, threshold = 150): Sound {
  let from = 0;
  let to = samples.length;
  while (from < to && Math.abs(samples[from]!) < threshold) from++;
  while (to > from && Math.abs(samples[to - 1]!) < threshold) to--;
  return { rate, samples: samples.slice(from, to) };
}

/**
 * Mixes sounds of one rate onto silence and returns it as a WAV file.
 *
 * @param seconds length of the whole
 * @param parts each with its start in seconds; parts do not overlap
 */
export function wavOf(
  rate: number,
  seconds: number,
  parts: readonly { start: number; sound: Sound }[],
): Buffer {
  const count = Math.round(seconds * rate);
  const file = Buffer.alloc(44 + 2 * count);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + 2 * count, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(2 * rate, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(2 * count, 40);
  for (const { start, sound } of parts) {
    if (sound.rate !== rate) throw new Error(`a sound of ${sound.rate} Hz among sounds of ${rate} Hz`);
    const offset = Math.round(start * rate);
    sound.samples.forEach((sample, n) => {
      if (offset + n < count) file.writeInt16LE(sample, 44 + 2 * (offset + n));
    });
  }
  return file;
}
